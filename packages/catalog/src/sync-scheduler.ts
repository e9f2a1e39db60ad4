import type { CallOptions, Provider } from '@imrs/core'
import { ImrsError } from '@imrs/core'

import type { Connections } from './connections.ts'
import type { SyncReport } from './providers-contract.ts'
import { SharedRun } from './shared-run.ts'
import { syncProvider } from './sync.ts'
import type { SyncContext } from './sync.ts'

export interface SyncSchedulerOptions extends SyncContext {
  readonly connections: Connections
  /** How old a list may grow before it is read again, milliseconds. */
  readonly listTtlMs: number
}

/** A reading that failed. */
export interface SyncFailure {
  readonly atMs: number
  /** For people; redacted. */
  readonly message: string
}

/** Reads lists, each provider's one at a time: calls that overlap share one run. */
export class SyncScheduler {
  readonly #options: SyncSchedulerOptions
  readonly #running = new Map<string, SharedRun<SyncReport>>()
  /** When a list was last tried, so that a provider that is down is not asked on every request. */
  readonly #triedAtMs = new Map<string, number>()
  /** Why the last reading failed; gone with the next one that works. */
  readonly #failures = new Map<string, SyncFailure>()
  readonly #closing = new AbortController()

  constructor(options: SyncSchedulerOptions) {
    this.#options = options
  }

  /** Joins the run that is under way or starts one. It ends when all who waited for it have aborted. */
  async sync(provider: Provider, options?: CallOptions): Promise<SyncReport> {
    options?.signal?.throwIfAborted()
    const known = this.#running.get(provider.id)
    const run = known === undefined || known.isAbandoned ? this.#start(provider) : known
    return run.join(options?.signal)
  }

  /** Why the models of a provider are older than they should be; `undefined` when they are not. */
  failureOf(providerId: string): SyncFailure | undefined {
    return this.#failures.get(providerId)
  }

  isStale(provider: Provider): boolean {
    return this.ageOf(provider) >= this.#options.listTtlMs
  }

  /** How long ago the list was read by any process, or tried by this one, milliseconds. */
  ageOf(provider: Provider): number {
    const tried = this.#triedAtMs.get(provider.id) ?? 0
    return this.#options.runtime.now() - Math.max(provider.lastSyncedAtMs ?? 0, tried)
  }

  /** Starts what is stale and does not wait; failures show in events and health. */
  refreshStale(providers: readonly Provider[]): void {
    for (const provider of providers) {
      if (provider.isActive && this.isStale(provider)) this.sync(provider).catch(() => undefined)
    }
  }

  /** Ends the runs under way and waits for that. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('The catalogue is closed'))
    await Promise.all([...this.#running.values()].map((run) => run.settled))
  }

  #start(provider: Provider): SharedRun<SyncReport> {
    this.#triedAtMs.set(provider.id, this.#options.runtime.now())
    const run = new SharedRun((signal) => this.#run(provider, signal), this.#closing.signal)
    this.#running.set(provider.id, run)
    void run.settled.then(() => {
      // One that was abandoned may have been followed by another already.
      if (this.#running.get(provider.id) === run) this.#running.delete(provider.id)
    })
    return run
  }

  async #run(provider: Provider, signal: AbortSignal): Promise<SyncReport> {
    // Not in the same turn as whoever asks: the run must be known before it can end.
    await Promise.resolve()
    try {
      const { adapter } = await this.#options.connections.connect(provider, { signal })
      const report = await syncProvider(this.#options, { provider, adapter }, { signal })
      this.#failures.delete(provider.id)
      return report
    } catch (error) {
      if (!signal.aborted && ImrsError.is(error)) {
        const atMs = this.#options.runtime.now()
        this.#failures.set(provider.id, { atMs, message: error.message })
      }
      throw error
    }
  }
}
