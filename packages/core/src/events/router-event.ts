import type { RetentionReport } from '../contracts/store/maintenance-repository.ts'
import type { DecisionSource } from '../domain/decision.ts'
import type { FeedbackType } from '../domain/feedback.ts'
import type { AttemptOutcome } from '../domain/ledger.ts'
import type { ModelPricing } from '../domain/pricing.ts'
import type { HealthStatus } from '../domain/provider.ts'
import type { ErrorCode } from '../errors/error-codes.ts'
import type { SinkFailureKind } from '../errors/sink-error.ts'
import type { FailureKind } from '../failure/failure-kinds.ts'
import type { NanoUsd } from '../money/nano-usd.ts'
import type { AlertName, AlertSubject } from './alert-names.ts'
import type { CacheName, PickerMeasure } from './metric-names.ts'

interface Timed {
  readonly atMs: number
}

export interface DecisionMadeEvent extends Timed {
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

export interface AttemptEndedEvent extends Timed {
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
export interface AnswerEndedEvent extends Timed {
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
export interface RequestRefusedEvent extends Timed {
  readonly type: 'request-refused'
  readonly code: ErrorCode
}

export interface FeedbackRecordedEvent extends Timed {
  readonly type: 'feedback-recorded'
  readonly messageId: string
  readonly tenantId: string
  readonly agentId: string
  readonly modelId: string
  readonly taskType: string
  /** Absent when nothing counts any more. */
  readonly feedbackType?: FeedbackType | undefined
  /** The rating that counts now, 0 to 1; absent when it was taken back and nothing is left. */
  readonly rating?: number | undefined
}

/** No user id: who changed it is nobody's business. */
export interface SelectionChangedEvent extends Timed {
  readonly type: 'selection-changed'
  readonly tenantId: string
  readonly modelId: string
  /**
   * Tells whether two changes are of one user, and not of whom: a keyed hash (HMAC-SHA256) of tenant
   * and user. Absent unless the host gave a key.
   */
  readonly userHash?: string | undefined
}

/** A provider's list was read to its end, or could not be: the time includes every page, not the writing. */
export interface ModelListReadEvent extends Timed {
  readonly type: 'model-list-read'
  readonly providerId: string
  readonly outcome: 'ok' | 'failed'
  readonly failureKind?: FailureKind | undefined
  readonly durationMs: number
}

/** A provider was asked how it is. */
export interface HealthCheckedEvent extends Timed {
  readonly type: 'health-checked'
  readonly providerId: string
  readonly outcome: 'ok' | 'failed'
  readonly failureKind?: FailureKind | undefined
  readonly durationMs: number
}

/** Something was looked up in a cache. */
export interface CacheReadEvent extends Timed {
  readonly type: 'cache-read'
  readonly cache: CacheName
  readonly result: 'hit' | 'miss'
}

/** A browser told how long its model picker took. What browsers tell is not checked. */
export interface PickerMeasuredEvent extends Timed {
  readonly type: 'picker-measured'
  readonly measure: PickerMeasure
  readonly durationMs: number
}

/** Something is wrong for long enough that a person should know. */
export interface AlertRaisedEvent extends Timed {
  readonly type: 'alert-raised'
  readonly alert: AlertName
  readonly subject: AlertSubject
  /** What was measured, and what it is held against; the unit is the alert's. */
  readonly value: number
  readonly threshold: number
  /** One sentence for people. */
  readonly message: string
}

/** What an alert was raised for is over, and has been for a while. */
export interface AlertClearedEvent extends Timed {
  readonly type: 'alert-cleared'
  readonly alert: AlertName
  readonly subject: AlertSubject
  /** When it was raised, epoch milliseconds. */
  readonly raisedAtMs: number
  readonly message: string
}

/** A provider was made, changed or switched on or off at run time. */
export interface ProviderChangedEvent extends Timed {
  readonly type: 'provider-changed'
  readonly providerId: string
  readonly change: 'created' | 'updated' | 'activated' | 'deactivated'
}

/** A list is being read. */
export interface ProviderSyncProgressEvent extends Timed {
  readonly type: 'provider-sync-progress'
  readonly providerId: string
  readonly rowsRead: number
  /** How many there are in all, where the provider says so. */
  readonly rowsTotal?: number | undefined
}

export interface ProviderSyncedEvent extends Timed {
  readonly type: 'provider-synced'
  readonly providerId: string
  readonly discovered: number
  /** Rows that could not be understood. */
  readonly unreadable: number
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly removed: number
}

export interface ProviderSyncFailedEvent extends Timed {
  readonly type: 'provider-sync-failed'
  readonly providerId: string
  readonly failureKind: FailureKind
  readonly message: string
}

export interface ModelAddedEvent extends Timed {
  readonly type: 'model-added'
  readonly providerId: string
  readonly modelId: string
}

export interface ModelRemovedEvent extends Timed {
  readonly type: 'model-removed'
  readonly providerId: string
  readonly modelId: string
}

/** A model got an end date or a successor. */
export interface ModelDeprecatedEvent extends Timed {
  readonly type: 'model-deprecated'
  readonly providerId: string
  readonly modelId: string
  readonly expiresAtMs?: number | undefined
  readonly successorId?: string | undefined
}

/** A model costs something else than at the sync before. */
export interface PriceChangedEvent extends Timed {
  readonly type: 'price-changed'
  readonly providerId: string
  readonly modelId: string
  readonly from: ModelPricing
  readonly to: ModelPricing
}

/** A person added, edited or retired a model. */
export interface ModelEditedEvent extends Timed {
  readonly type: 'model-edited'
  readonly modelId: string
  readonly change: 'created' | 'updated' | 'retired'
}

export interface ProviderHealthChangedEvent extends Timed {
  readonly type: 'provider-health-changed'
  readonly providerId: string
  readonly from: HealthStatus
  readonly to: HealthStatus
  readonly error?: string | undefined
}

/** Something of our own failed without breaking a request. */
export interface InternalFailedEvent extends Timed {
  readonly type: 'internal-failed'
  readonly part:
    | 'ledger'
    | 'spool'
    | 'budgets'
    | 'preferences'
    | 'snapshot'
    | 'detector'
    | 'decision'
    | 'sinks'
    | 'listener'
    | 'maintenance'
    | 'changes'
    | 'hints'
    | 'pace'
    | 'alerts'
  readonly error: Error
}

/** A breaker opened, closed, or lets one call through to see. */
export interface BreakerChangedEvent extends Timed {
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

/** A call was not made, since a budget has too little left, or since nobody knows what it would cost. */
export interface BudgetRefusedEvent extends Timed {
  readonly type: 'budget-refused'
  readonly tenantId: string
  readonly ruleId: string
  readonly modelId: string
  /** When the budget's window ends, epoch milliseconds. */
  readonly resetsAtMs: number
}

/** Records wait on the disk since the store is down, or were all written. */
export interface SpoolChangedEvent extends Timed {
  readonly type: 'spool-changed'
  /** Answers that wait. */
  readonly waiting: number
  /** Answers that were refused since the spool is full, since the start. */
  readonly refused: number
}

/** A model does its work so much worse than before that its older ratings count for little from now on. */
export interface DriftDetectedEvent extends Timed {
  readonly type: 'drift-detected'
  readonly tenantId: string
  readonly agentId: string
  readonly modelId: string
  /** The task type whose rating raised the alarm. */
  readonly taskType: string
  /** The epoch that begins. */
  readonly epoch: number
  /** By how much ratings fell on average, as a negative number: `-0.3` is from 0.8 to 0.5. */
  readonly shift: number
}

/** Records that are no longer kept were dropped. */
export interface RecordsDroppedEvent extends Timed {
  readonly type: 'records-dropped'
  readonly report: RetentionReport
}

/** A sink took nothing several times in a row, or asked to be left alone; what is for it waits. */
export interface SinkDownEvent extends Timed {
  readonly type: 'sink-down'
  readonly sink: string
  readonly failure: SinkFailureKind
  /** When it is tried again, epoch milliseconds. */
  readonly retryAtMs: number
}

/** A sink that was down took a record. */
export interface SinkRecoveredEvent extends Timed {
  readonly type: 'sink-recovered'
  readonly sink: string
}

/** A sink refused a record for good; it waits for a person, and so do later ones of its answer. */
export interface DeliverySetAsideEvent extends Timed {
  readonly type: 'delivery-set-aside'
  readonly sink: string
  readonly tenantId: string
  readonly messageId: string
  readonly eventId: string
  readonly reason: string
}

/** Everything the router tells. No event holds a prompt, an answer or a secret. */
export type RouterEvent =
  | DecisionMadeEvent
  | AttemptEndedEvent
  | AnswerEndedEvent
  | RequestRefusedEvent
  | FeedbackRecordedEvent
  | SelectionChangedEvent
  | ModelListReadEvent
  | HealthCheckedEvent
  | CacheReadEvent
  | PickerMeasuredEvent
  | AlertRaisedEvent
  | AlertClearedEvent
  | ProviderChangedEvent
  | ProviderSyncProgressEvent
  | ProviderSyncedEvent
  | ProviderSyncFailedEvent
  | ModelAddedEvent
  | ModelRemovedEvent
  | ModelDeprecatedEvent
  | PriceChangedEvent
  | ModelEditedEvent
  | ProviderHealthChangedEvent
  | BreakerChangedEvent
  | BudgetRefusedEvent
  | SpoolChangedEvent
  | DriftDetectedEvent
  | SinkDownEvent
  | SinkRecoveredEvent
  | DeliverySetAsideEvent
  | RecordsDroppedEvent
  | InternalFailedEvent

export type RouterEventType = RouterEvent['type']

export type RouterEventOf<Type extends RouterEventType> = Extract<RouterEvent, { type: Type }>

export type RouterListener<Type extends RouterEventType = RouterEventType> = (
  event: RouterEventOf<Type>,
) => void
