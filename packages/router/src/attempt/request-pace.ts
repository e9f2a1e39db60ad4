import type { Provider } from '@imrs/core'
import { providerPolicyOf } from '@imrs/core'

/** How long until the next request may go; 0 for one that was let through. */
export type WaitMs = number

/**
 * Requests per minute of each provider, in this process. The generic cell rate algorithm (ITU-T
 * I.371): one number for each provider, the time at which its allowance is full again.
 */
export class RequestPace {
  readonly #fullAtMs = new Map<string, number>()

  /** Takes a request's place, or says how long there is none. A provider without a limit always has one. */
  take(provider: Provider, nowMs: number): WaitMs {
    const { id, rateLimitRpm } = provider
    if (rateLimitRpm === undefined) return 0
    const spacingMs = 60_000 / rateLimitRpm
    const allowanceMs = spacingMs * providerPolicyOf(provider).rateLimitBurst
    const fullAtMs = Math.max(this.#fullAtMs.get(id) ?? 0, nowMs) + spacingMs
    const waitMs = fullAtMs - nowMs - allowanceMs
    // A hair of rounding must not hold a request back.
    if (waitMs > 1e-6) return Math.ceil(waitMs)
    this.#fullAtMs.set(id, fullAtMs)
    return 0
  }
}
