import type { FeedbackEvent } from '../domain/feedback.ts'
import type { TaskType } from '../domain/task.ts'
import type { CallOptions } from './call-options.ts'

/** One rating with what it was given for. Text is there only when the host stores it. */
export interface LearningRecord {
  readonly event: FeedbackEvent
  readonly agentId: string
  readonly modelId: string
  readonly taskType: TaskType
}

/** Another system that learns from feedback. */
export interface LearningSink {
  readonly specVersion: 'v1'
  readonly name: string
  /**
   * Takes records in order. Called again with the same records after a rejection: delivery is at
   * least once, and `event.id` tells repeats.
   */
  deliver(records: readonly LearningRecord[], options?: CallOptions): Promise<void>
  close(): Promise<void>
}
