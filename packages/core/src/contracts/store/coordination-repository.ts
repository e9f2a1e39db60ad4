import type { PaceOutcome, PaceRequest } from '../../domain/pace.ts'
import type { FailureKind } from '../../failure/failure-kinds.ts'
import type { CallOptions } from '../call-options.ts'

/** The most hints that are given at once; of more, those that hold longest. */
export const MAX_HEALTH_HINTS = 1_000

/** What a name of a lock looks like. */
export const LOCK_NAME: RegExp = /^[a-z][a-z0-9-]{0,40}$/

/** A process's word, from a failure it saw, that a model or a key is out of use for now. */
export interface HealthHint {
  readonly providerId: string
  /** A hash of the key, never the key. */
  readonly credentialId: string
  /** Catalogue id; `*`: every model that is called with the key. */
  readonly modelId: string
  readonly failureKind: FailureKind
  /** How often in a row it was found out of use, at least 1. */
  readonly openings: number
  /** When it is worth trying again, epoch milliseconds. */
  readonly openUntilMs: number
}

/** A name that this process holds. */
export interface HeldLock {
  /** Aborted once the lock is given back or lost: what was done under it has to stop. */
  readonly signal: AbortSignal
  /** Gives it back. Idempotent; never rejects. */
  release(): Promise<void>
}

/** What processes on one store need, to work as one. */
export interface CoordinationRepository {
  /**
   * Takes a name that nobody holds, in any process or store; `undefined` when somebody does. The
   * database itself frees it when its holder dies or can no longer be reached.
   *
   * A holder that was cut off is told by the signal, and may be late to hear of it: what is written
   * under a lock has to be harmless when another holder has gone ahead.
   *
   * @throws ImrsError `invalid-request` for a name that does not fit {@link LOCK_NAME}.
   */
  tryLock(name: string, options?: CallOptions): Promise<HeldLock | undefined>
  /**
   * Tells hints to all processes; the key is (provider, credential, model), and of two the one that
   * ends later counts. Forgets those that are over by `atMs`, and raises the topic of hints.
   */
  putHints(
    given: { readonly hints: readonly HealthHint[]; readonly atMs: number },
    options?: CallOptions,
  ): Promise<void>
  /** Hints that are not over by `atMs`, those that end last first, {@link MAX_HEALTH_HINTS} at most. */
  listHints(given: { readonly atMs: number }, options?: CallOptions): Promise<readonly HealthHint[]>
  /**
   * Takes places in a provider's pace, in one transaction: of processes that come together, exactly as
   * many places are given as there are. The key is the provider; limits are those the request names.
   */
  takePace(request: PaceRequest, options?: CallOptions): Promise<PaceOutcome>
}
