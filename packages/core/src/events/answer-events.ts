import type { DecisionSource } from '../domain/decision.ts'
import type { AttemptOutcome } from '../domain/ledger.ts'
import type { ErrorCode } from '../errors/error-codes.ts'
import type { FailureKind } from '../failure/failure-kinds.ts'
import type { NanoUsd } from '../money/nano-usd.ts'
import type { TimedEvent } from './timed-event.ts'

/** It was decided which model is asked first. */
export interface DecisionMadeEvent extends TimedEvent {
  readonly type: 'decision-made'
  readonly decisionId: string
  readonly messageId: string
  readonly tenantId: string
  readonly agentId: string
  readonly modelId: string
  readonly taskType: string
  readonly source: DecisionSource
  readonly strategy: string
  /** The preset that was asked for; absent when none was. */
  readonly preset?: string | undefined
}

/** A call to a model is over. */
export interface AttemptEndedEvent extends TimedEvent {
  readonly type: 'attempt-ended'
  readonly messageId: string
  readonly tenantId: string
  readonly providerId: string
  readonly modelId: string
  readonly outcome: AttemptOutcome
  readonly failureKind?: FailureKind | undefined
  readonly totalMs: number
  /** From the start to the first visible part; absent when there was none. */
  readonly firstPartMs?: number | undefined
  /** As the ledger has them, estimates included; absent when nothing is known of them. */
  readonly inputTokens?: number | undefined
  readonly outputTokens?: number | undefined
  readonly costNanoUsd?: NanoUsd | undefined
}

/** An answer is over and recorded; comes after `attempt-ended` of all its calls. */
export interface AnswerEndedEvent extends TimedEvent {
  readonly type: 'answer-ended'
  readonly messageId: string
  readonly tenantId: string
  readonly agentId: string
  /** Who answered, or was asked last. */
  readonly modelId: string
  /** `aborted`: by whoever read it, or since the router was closed. */
  readonly outcome: 'finished' | 'failed' | 'aborted'
  /** What the last call failed of, when the answer failed. */
  readonly failureKind?: FailureKind | undefined
  /** Calls that were made. */
  readonly attempts: number
  readonly totalMs: number
}

/** A request was refused before any model was called. */
export interface RequestRefusedEvent extends TimedEvent {
  readonly type: 'request-refused'
  readonly code: ErrorCode
}

/** A call was not made, since a budget has too little left, or since nobody knows what it would cost. */
export interface BudgetRefusedEvent extends TimedEvent {
  readonly type: 'budget-refused'
  readonly tenantId: string
  readonly ruleId: string
  readonly modelId: string
  /** When the budget's window ends, epoch milliseconds. */
  readonly resetsAtMs: number
}

/** A breaker opened, closed, or lets one call through to see. */
export interface BreakerChangedEvent extends TimedEvent {
  readonly type: 'breaker-changed'
  readonly providerId: string
  readonly modelId: string
  readonly from: 'closed' | 'open' | 'half-open'
  readonly to: 'closed' | 'open' | 'half-open'
  /** Until when it is open, epoch milliseconds. */
  readonly openUntilMs?: number | undefined
  /** What it opened for. */
  readonly failureKind?: FailureKind | undefined
}
