import type { SinkFailureKind } from '../../errors/sink-error.ts'
import type { CallOptions } from '../call-options.ts'
import type { LearningRecord } from '../learning-sink.ts'

/** Names an entry within its sink. */
export interface OutboxKey {
  readonly tenantId: string
  readonly seq: number
}

/** A record that waits for a sink. */
export interface OutboxEntry extends OutboxKey {
  readonly record: LearningRecord
  /** How often it was tried in vain. */
  readonly attemptCount: number
  readonly createdAtMs: number
}

/** An entry that the sink refused for good. */
export interface SetAsideEntry extends OutboxEntry {
  readonly setAsideAtMs: number
  /** What the sink said of it. Holds no secret. */
  readonly reason: string
}

export interface OutboxClaimRequest {
  readonly sink: string
  /** Who asks: one worker of one process. */
  readonly holder: string
  readonly atMs: number
  /** How long the sink is the holder's from `atMs` on, unless it claims again. */
  readonly leaseMs: number
  /** At most so many entries, 1 to 1,000. */
  readonly limit: number
  /** Whether records carry the stored text of their answers. Default: `false`. */
  readonly withText?: boolean | undefined
}

/** What a worker may do now. */
export type OutboxClaim =
  | {
      readonly kind: 'claimed'
      /** At most one of each answer. */
      readonly entries: readonly OutboxEntry[]
      /** How often in a row the sink was found down; 0 when it works. */
      readonly failureCount: number
    }
  /** Nothing is due; the next entry is at `nextAtMs`, where there is one. */
  | { readonly kind: 'idle'; readonly nextAtMs?: number | undefined }
  /** Another holder has the sink. */
  | { readonly kind: 'held'; readonly untilMs: number }
  /** The sink is left alone. */
  | { readonly kind: 'paused'; readonly untilMs: number }

/** How the sink itself was found. */
export type SinkCondition =
  | { readonly kind: 'working' }
  | {
      readonly kind: 'paused'
      /** How often in a row it was found down, this time included. */
      readonly failureCount: number
      readonly failure: SinkFailureKind
      readonly untilMs: number
    }

export interface OutboxSettlement {
  readonly sink: string
  /** Taken by the sink; they are deleted. */
  readonly delivered: readonly OutboxKey[]
  /** To be tried again; one more attempt is counted. */
  readonly failed: readonly (OutboxKey & {
    readonly reason: string
    readonly retryAtMs: number
  })[]
  /** Refused for good; they are set aside. */
  readonly refused: readonly (OutboxKey & { readonly reason: string; readonly atMs: number })[]
  /** Default: as it was. */
  readonly condition?: SinkCondition | undefined
}

/** How much waits for one sink. */
export interface OutboxStatus {
  readonly sink: string
  /** Entries to be delivered; those behind a set-aside one of their answer are among them. */
  readonly pending: number
  /** When the oldest of them was made. */
  readonly oldestAtMs?: number | undefined
  readonly setAside: number
  /** How often in a row the sink was found down; 0 when it works. */
  readonly failureCount: number
  /** Why, when it is down or asked to be left alone. */
  readonly failure?: SinkFailureKind | undefined
  readonly pausedUntilMs?: number | undefined
}

export interface SetAsideQuery {
  readonly sink: string
  readonly tenantId?: string | undefined
  /** Only entries with a larger `seq`: the last one seen. */
  readonly afterSeq?: number | undefined
  /** 1 to 1,000. Default: 100. */
  readonly limit?: number | undefined
}

/** Set-aside entries of a sink: the ones named, or all, of one tenant or of every one. */
export interface SetAsideChoice {
  readonly sink: string
  readonly tenantId?: string | undefined
  readonly seqs?: readonly number[] | undefined
}

/**
 * Records that wait for sinks. Entries come into it with the signal itself, in its transaction
 * ({@link FeedbackRepository.record}, `sinks`), and leave it when they were delivered.
 *
 * Of the entries of one answer for one sink, none is handed out before all earlier ones are delivered
 * or discarded: one that is set aside keeps the later ones of its answer back, and nobody else's.
 */
export interface OutboxRepository {
  /**
   * Takes or keeps the sink for the holder, and gives the entries that are due, longest due first.
   * One holder has a sink at a time; one that does not claim again before its lease ends has lost it.
   * A holder that gets nothing has the sink no longer. Atomic; nothing is written when nothing is due.
   */
  claim(request: OutboxClaimRequest, options?: CallOptions): Promise<OutboxClaim>
  /**
   * Writes down what became of entries, and how the sink was found, in one transaction. Entries that
   * are gone are passed over, so it may be called again.
   */
  settle(settlement: OutboxSettlement, options?: CallOptions): Promise<void>
  /** Gives the sink up, when the holder has it. Idempotent. */
  release(
    lease: { readonly sink: string; readonly holder: string },
    options?: CallOptions,
  ): Promise<void>
  /** Every sink that something waits for or that was paused, and those named; by name. */
  status(sinks: readonly string[], options?: CallOptions): Promise<readonly OutboxStatus[]>
  /** In `seq` order. */
  listSetAside(query: SetAsideQuery, options?: CallOptions): Promise<readonly SetAsideEntry[]>
  /** Makes them due at `atMs`, as if never tried; gives how many. Idempotent. */
  retrySetAside(
    choice: SetAsideChoice & { readonly atMs: number },
    options?: CallOptions,
  ): Promise<number>
  /** Deletes them for ever, so that later entries of their answers go on; gives how many. */
  discardSetAside(choice: SetAsideChoice, options?: CallOptions): Promise<number>
  /** Ends the pause of a sink, and makes all that waits for it due at `atMs`. Idempotent. */
  resume(
    request: { readonly sink: string; readonly atMs: number },
    options?: CallOptions,
  ): Promise<void>
}
