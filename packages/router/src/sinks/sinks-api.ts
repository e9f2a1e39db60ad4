import type {
  CallOptions,
  SetAsideChoice,
  SetAsideEntry,
  SetAsideQuery,
  SinkFailureKind,
} from '@imrs/core'

/** How it stands with one sink. */
export interface SinkStatus {
  readonly name: string
  /** `false`: no sink of this router has the name; what waits for it stays. */
  readonly isConfigured: boolean
  /** Records to be delivered. */
  readonly pending: number
  /** How long the oldest of them waits, milliseconds. */
  readonly oldestAgeMs?: number | undefined
  /** Records that the sink refused for good. */
  readonly setAside: number
  readonly isDown: boolean
  /** What it is down for. */
  readonly failure?: SinkFailureKind | undefined
  /** When it is tried again, epoch milliseconds. */
  readonly retryAtMs?: number | undefined
}

/** What waits for the sinks. */
export interface SinksApi {
  /** Every sink of this router, and every other one that something waits for, by name. */
  status(options?: CallOptions): Promise<readonly SinkStatus[]>
  /** Records that a sink refused for good, each with its reason. */
  listSetAside(query: SetAsideQuery, options?: CallOptions): Promise<readonly SetAsideEntry[]>
  /**
   * Tries what was set aside again, and a sink that is down now instead of later; gives how many
   * records come back. Records of one answer keep their order. Idempotent.
   */
  retry(choice: SetAsideChoice, options?: CallOptions): Promise<number>
  /** Deletes what was set aside for ever, so that later records of its answers go on; gives how many. */
  discard(choice: SetAsideChoice, options?: CallOptions): Promise<number>
}
