import type { ChatMessage } from '../chat/chat-message.ts'
import type { ToolDefinition } from '../chat/chat-request.ts'
import type { DetectedTask } from '../domain/task.ts'
import type { CallOptions } from './call-options.ts'

/** What a detector may look at. */
export interface TaskEvidence {
  readonly messages: readonly ChatMessage[]
  readonly tools: readonly ToolDefinition[]
}

/**
 * Guesses the category of a request. Several may be plugged in; confidence decides between them, then
 * the number of matches, then the order they were given in. One that throws is passed over.
 */
export interface TaskDetector {
  readonly specVersion: 'v1'
  readonly name: string
  /** Guesses, best first; empty when it sees no evidence. */
  detect(
    evidence: TaskEvidence,
    options?: CallOptions,
  ): readonly DetectedTask[] | Promise<readonly DetectedTask[]>
}
