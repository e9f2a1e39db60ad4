import type { TokenUsage } from '../chat/token-usage.ts'
import type { FailureKind } from '../failure/failure-kinds.ts'
import type { JsonObject } from '../json.ts'
import type { NanoUsd } from '../money/nano-usd.ts'
import type { RatingMilli } from '../rating.ts'
import type { FeedbackType } from './feedback.ts'
import type { TaskType } from './task.ts'

export const ATTEMPT_OUTCOMES = ['completed', 'failed', 'aborted'] as const
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number]

/** One call to one model: a row of `attempts`, the cost ledger. */
export interface Attempt {
  readonly id: string
  readonly messageId: string
  readonly decisionId: string
  readonly tenantId: string
  readonly agentId: string
  readonly userId?: string | undefined
  /** 1 for the first call made for a message. */
  readonly position: number
  readonly providerId: string
  readonly modelId: string
  readonly outcome: AttemptOutcome
  readonly failureKind?: FailureKind | undefined
  readonly startedAtMs: number
  /** From the start to the first visible part. */
  readonly firstPartMs?: number | undefined
  readonly totalMs: number
  /** `undefined` when the provider did not say. */
  readonly usage?: TokenUsage | undefined
  /** Computed from the catalogue's prices; `undefined` is unknown, never zero. */
  readonly costNanoUsd?: NanoUsd | undefined
  /** What the provider itself said the call cost. */
  readonly reportedCostNanoUsd?: NanoUsd | undefined
  readonly priceSource?: string | undefined
}

/** An answer: a row of `messages`. */
export interface MessageRecord {
  readonly id: string
  readonly tenantId: string
  readonly agentId: string
  /** Who may give feedback on it. */
  readonly userId?: string | undefined
  readonly conversationId?: string | undefined
  readonly role: 'assistant'
  /** Only when the host asked for it to be stored. */
  readonly content?: string | undefined
  /** The catalogue id of the model that answered. */
  readonly model: string
  readonly latencyMs?: number | undefined
  /** Prompt and answer together. */
  readonly tokenCount?: number | undefined
  readonly metadata: JsonObject
  readonly createdAtMs: number
  /** What kind of task it was, as far as is known now: the tools seen in the answer count. */
  readonly taskType: TaskType
  /** What kind of task the model was chosen for; ratings count as experience of this one. */
  readonly creditedTaskType: TaskType
  readonly toolsUsed: readonly string[]
  readonly ratingMilli?: RatingMilli | undefined
  readonly feedbackType?: FeedbackType | undefined
  readonly feedbackAtMs?: number | undefined
}
