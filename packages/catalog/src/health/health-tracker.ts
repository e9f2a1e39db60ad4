import type { FailureKind, ProviderHealth, RouterEvent, Runtime, Store } from '@imrs/core'
import { FAILURE_RULES } from '@imrs/core'

import { DEFAULT_HEALTH_LIMITS, initialProviderState, nextProviderState } from './provider-state.ts'
import type { HealthObservation, ProviderState } from './provider-state.ts'

export interface HealthTrackerOptions {
  readonly store: Store
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
}

/** How a call or a list reading went. */
export interface ObservedFailure {
  readonly kind: FailureKind
  readonly message: string
  readonly retryAfterMs?: number | undefined
}

/** How long a provider that gave no time counts as rate-limited. */
const DEFAULT_LIMITED_MS = 10_000

/**
 * What this process believes of each provider. A change of status is stored, so that other processes
 * and the next start know it; a store that is down loses that hint and nothing else.
 */
export class HealthTracker {
  readonly #options: HealthTrackerOptions
  readonly #states = new Map<string, ProviderState>()
  #writes: Promise<void> = Promise.resolve()

  constructor(options: HealthTrackerOptions) {
    this.#options = options
  }

  /** Takes over what an earlier process stored. */
  restore(rows: readonly ProviderHealth[]): void {
    for (const row of rows) {
      this.#states.set(row.providerId, {
        ...initialProviderState(row.checkedAtMs),
        status: row.status,
        error: row.error,
      })
    }
  }

  succeeded(providerId: string): void {
    this.#observe(providerId, { type: 'success', atMs: this.#options.runtime.now() })
  }

  /** Ignores kinds that say nothing about the provider, such as a request that is too long. */
  failed(providerId: string, failure: ObservedFailure): void {
    const atMs = this.#options.runtime.now()
    if (failure.kind === 'rate-limited') {
      const untilMs = atMs + (failure.retryAfterMs ?? DEFAULT_LIMITED_MS)
      this.#observe(providerId, { type: 'rate-limited', atMs, untilMs })
    } else if (FAILURE_RULES[failure.kind].countsAgainstHealth) {
      this.#observe(providerId, { type: 'failure', atMs, error: failure.message })
    }
  }

  /** `undefined` when nothing was observed yet. */
  stateOf(providerId: string): ProviderState | undefined {
    return this.#states.get(providerId)
  }

  /** A provider of which nothing was observed yet counts as healthy since now. */
  healthOf(providerId: string): ProviderHealth {
    const state = this.#states.get(providerId)
    return toHealth(providerId, state ?? initialProviderState(this.#options.runtime.now()))
  }

  list(): readonly ProviderHealth[] {
    return [...this.#states].map(([providerId, state]) => toHealth(providerId, state))
  }

  /**
   * Resolves when every change of status so far is stored, or was given up; rejects with the signal's
   * reason if that aborts first, which ends no write.
   */
  async settled(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const left = Promise.withResolvers<never>()
    const leave = (): void => left.reject(signal?.reason)
    signal?.addEventListener('abort', leave, { once: true })
    try {
      await Promise.race([this.#writes, left.promise])
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  #observe(providerId: string, observation: HealthObservation): void {
    const before = this.#states.get(providerId) ?? initialProviderState(observation.atMs)
    const after = nextProviderState(before, observation, DEFAULT_HEALTH_LIMITS)
    this.#states.set(providerId, after)
    if (after.status === before.status) return
    this.#options.emit({
      type: 'provider-health-changed',
      atMs: observation.atMs,
      providerId,
      from: before.status,
      to: after.status,
      error: after.error,
    })
    this.#writes = this.#writes.then(() => this.#save(providerId, after))
  }

  async #save(providerId: string, state: ProviderState): Promise<void> {
    try {
      await this.#options.store.providers.putHealth(toHealth(providerId, state))
    } catch {
      // Health is a hint that is learnt again; a store that is down shows in the writes that matter.
    }
  }
}

function toHealth(providerId: string, state: ProviderState): ProviderHealth {
  return {
    providerId,
    status: state.status,
    checkedAtMs: state.checkedAtMs,
    ...(state.error === undefined ? {} : { error: state.error }),
  }
}
