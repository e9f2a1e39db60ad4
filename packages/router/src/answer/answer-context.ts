import type { AttemptContext } from '../attempt/attempt-context.ts'
import type { PreferenceCache } from '../preferences/preference-cache.ts'
import type { ConversationMemory } from '../prepare/conversation-memory.ts'
import type { Recorder } from '../record/recorder.ts'
import type { TaskDetection } from '../task/index.ts'

/** What making an answer needs of the router. */
export interface AnswerContext extends AttemptContext {
  readonly recorder: Recorder
  readonly preferences: PreferenceCache
  readonly storeContent: boolean
  readonly tasks: TaskDetection
  readonly conversations: ConversationMemory
}
