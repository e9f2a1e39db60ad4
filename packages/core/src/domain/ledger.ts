import type { TokenUsage } from '../chat/token-usage.ts'
import type { FailureKind } from '../failure/failure-kinds.ts'
import type { JsonObject } from '../json.ts'
import type { NanoUsd } from '../money/nano-usd.ts'
import type { RatingMilli } from '../rating.ts'
import type { FeedbackType } from './feedback.ts'
import type { PriceSet } from './pricing.ts'
import type { TaskType } from './task.ts'

export const ATTEMPT_OUTCOMES = ['completed', 'failed', 'aborted'] as const
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number]

/** Why a call was made. `hedge`: because another one was slow to begin. */
export const ATTEMPT_CAUSES = ['first', 'retry', 'failover', 'hedge'] as const
export type AttemptCause = (typeof ATTEMPT_CAUSES)[number]

/**
 * Where the tokens of a call come from: the provider said so, or they were estimated from what was
 * sent and received, since the call ended before it could.
 */
export const USAGE_SOURCES = ['provider', 'estimate'] as const
export type UsageSource = (typeof USAGE_SOURCES)[number]

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
  readonly cause: AttemptCause
  readonly providerId: string
  readonly modelId: string
  readonly outcome: AttemptOutcome
  readonly failureKind?: FailureKind | undefined
  readonly startedAtMs: number
  /** From the start to the head of the provider's answer, milliseconds. */
  readonly headersMs?: number | undefined
  /** From the start to the first visible part. */
  readonly firstPartMs?: number | undefined
  readonly totalMs: number
  /** `undefined` when nothing is known of them. */
  readonly usage?: TokenUsage | undefined
  readonly usageSource?: UsageSource | undefined
  /** The prices that held for this call, the tier of its prompt included. */
  readonly price?: PriceSet | undefined
  /** Computed from {@link price}; `undefined` is unknown, never zero. */
  readonly costNanoUsd?: NanoUsd | undefined
  /** What the provider itself said the call cost. */
  readonly reportedCostNanoUsd?: NanoUsd | undefined
  readonly priceSource?: string | undefined
  /** When the catalogue learnt the price, epoch milliseconds. */
  readonly priceAsOfMs?: number | undefined
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
