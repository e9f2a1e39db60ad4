import type { AlertClearedEvent, AlertRaisedEvent } from '../events/operation-events.ts'
import type { CallOptions } from './call-options.ts'
import type { SecretReference } from './secret-store.ts'

/** An alert on its way: the same for every try, so that its id tells repeats. */
export interface AlertNotice {
  readonly id: string
  readonly event: AlertRaisedEvent | AlertClearedEvent
}

export interface AlertDeliveryOptions extends CallOptions {
  /** What {@link AlertSink.secret} names; read anew for each delivery, and not to be kept. */
  readonly secret?: string | undefined
}

/** Another system that is told of alerts. */
export interface AlertSink {
  readonly specVersion: 'v1'
  readonly name: string
  /** Where its credential lies; without it none is read. Default: none. */
  readonly secret?: SecretReference | undefined
  /**
   * Delivers one notice; resolves when the other system took it. Called for one notice after the other,
   * and again after a rejection.
   *
   * @throws SinkError that says whether to try again; what else it throws is tried again too.
   */
  deliver(notice: AlertNotice, options?: AlertDeliveryOptions): Promise<void>
  /** Idempotent. */
  close(): Promise<void>
}
