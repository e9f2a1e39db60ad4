export interface SleepOptions {
  /** Whether the process may end while nothing else is left to do. Default: `false`. */
  readonly isBackground?: boolean | undefined
}

/** A duration in milliseconds is waited for through this; every wait in the project can be aborted. */
export type Sleep = (delayMs: number, signal?: AbortSignal, options?: SleepOptions) => Promise<void>

/**
 * Everything the outside world lends to a package: time, chance, waiting, the network, ids and the
 * environment. Code below the composition root reads none of these in any other way, so a test that
 * passes its own runtime decides all of them.
 */
export interface Runtime {
  /** Wall clock, epoch milliseconds. For what is stored. */
  readonly now: () => number
  /** Monotonic clock, milliseconds from an arbitrary start. For durations; never goes back. */
  readonly monotonic: () => number
  /** Uniform in [0, 1). Seeds of decisions are drawn from it; decisions themselves never read it. */
  readonly random: () => number
  /** Resolves after the delay, however long it is. Rejects with the signal's reason on abort, also when already aborted. */
  readonly sleep: Sleep
  readonly fetch: typeof globalThis.fetch
  /** A new UUIDv7: sorts by the time it was made, to the millisecond. */
  readonly newId: () => string
  /** The value of an environment variable; empty counts as absent. */
  readonly environment: (name: string) => string | undefined
}
