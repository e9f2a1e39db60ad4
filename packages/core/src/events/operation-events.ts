import type { RetentionReport } from '../contracts/store/maintenance-repository.ts'
import type { SinkFailureKind } from '../errors/sink-error.ts'
import type { AlertName, AlertSubject } from './alert-names.ts'
import type { CacheName } from './metric-names.ts'
import type { TimedEvent } from './timed-event.ts'

/** Something is wrong for long enough that a person should know. */
export interface AlertRaisedEvent extends TimedEvent {
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
export interface AlertClearedEvent extends TimedEvent {
  readonly type: 'alert-cleared'
  readonly alert: AlertName
  readonly subject: AlertSubject
  /** When it was raised, epoch milliseconds. */
  readonly raisedAtMs: number
  readonly message: string
}

/** A sink took nothing several times in a row, or asked to be left alone; what is for it waits. */
export interface SinkDownEvent extends TimedEvent {
  readonly type: 'sink-down'
  readonly sink: string
  readonly failure: SinkFailureKind
  /** When it is tried again, epoch milliseconds. */
  readonly retryAtMs: number
}

/** A sink that was down took a record. */
export interface SinkRecoveredEvent extends TimedEvent {
  readonly type: 'sink-recovered'
  readonly sink: string
}

/** A sink refused a record for good; it waits for a person, and so do later ones of its answer. */
export interface DeliverySetAsideEvent extends TimedEvent {
  readonly type: 'delivery-set-aside'
  readonly sink: string
  readonly tenantId: string
  readonly messageId: string
  readonly eventId: string
  readonly reason: string
}

/** Records wait on the disk since the store is down, or were all written. */
export interface SpoolChangedEvent extends TimedEvent {
  readonly type: 'spool-changed'
  /** Answers that wait. */
  readonly waiting: number
  /** Answers that were refused since the spool is full, since the start. */
  readonly refused: number
}

/** Something was looked up in a cache. */
export interface CacheReadEvent extends TimedEvent {
  readonly type: 'cache-read'
  readonly cache: CacheName
  readonly result: 'hit' | 'miss'
}

/** Records that are no longer kept were dropped. */
export interface RecordsDroppedEvent extends TimedEvent {
  readonly type: 'records-dropped'
  readonly report: RetentionReport
}

/** Something of our own failed without breaking a request. */
export interface InternalFailedEvent extends TimedEvent {
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
