import type { CallOptions, Provider, RouterEvent, Runtime, Store } from '@imrs/core'
import { ImrsError, providerPolicyOf } from '@imrs/core'

import { LEASE_MS, ProviderPlaces } from './provider-places.ts'
import { RequestPace } from './request-pace.ts'
import type { WaitMs } from './request-pace.ts'

export interface SharedPaceOptions {
  readonly store: Pick<Store, 'coordination'>
  readonly runtime: Pick<Runtime, 'now' | 'monotonic'>
  readonly emit: (event: RouterEvent) => void
}

/** A provider that has a limit. */
type LimitedProvider = Provider & { readonly rateLimitRpm: number }

const MINUTE_MS = 60_000
/** Places that came too late to be used, before the store is taken for one that cannot be asked. */
const MOST_LATE = 2

/**
 * Requests per minute of each provider, in all processes of the store together: in any minute no more
 * than the limit and its burst. Places are taken from a row of the store, for all requests that wait
 * and for about as many as followed the last time, so that a busy provider costs few writes.
 *
 * A place may be used up to half a second after it was given; the pace of giving is slower by as much
 * (in 120), which keeps the bound exact.
 *
 * While the store cannot be asked, this process keeps to the limit by itself.
 */
export class SharedPace {
  readonly #options: SharedPaceOptions
  readonly #own = new RequestPace()
  readonly #places = new Map<string, ProviderPlaces>()

  constructor(options: SharedPaceOptions) {
    this.#options = options
  }

  /**
   * Takes a request's place, or says how long there is none. Without a limit, without any I/O.
   *
   * @throws the signal's reason when it is aborted; a place that comes then is for the next request.
   */
  async take(provider: Provider, options?: CallOptions): Promise<WaitMs> {
    if (!isLimited(provider)) return 0
    const { runtime } = this.#options
    const places = this.#placesOf(provider.id)
    for (let late = 0; late <= MOST_LATE; late += 1) {
      const now = runtime.monotonic()
      if (places.useOne(now)) {
        // Only counted: the store has decided.
        this.#own.take(provider, now)
        return 0
      }
      const waitMs = places.noneFor(now)
      if (waitMs > 0) return waitMs
      const isAsked = await this.#ask(provider, places)
      options?.signal?.throwIfAborted()
      if (!isAsked) break
    }
    return this.#own.take(provider, runtime.monotonic())
  }

  /** `false` when the store could not be asked. */
  async #ask(provider: LimitedProvider, places: ProviderPlaces): Promise<boolean> {
    try {
      await places.ask(() => this.#takeSome(provider, places))
      return true
    } catch (error) {
      if (!ImrsError.is(error)) throw error
      return false
    }
  }

  async #takeSome(provider: LimitedProvider, places: ProviderPlaces): Promise<void> {
    const { store, runtime } = this.#options
    // Those that come in the same turn are served together.
    await Promise.resolve()
    const spacingMs = (MINUTE_MS + LEASE_MS) / provider.rateLimitRpm
    const allowanceMs = spacingMs * providerPolicyOf(provider).rateLimitBurst
    const count = places.countToAsk(Math.floor(LEASE_MS / spacingMs))
    const askedAtMs = runtime.monotonic()
    const request = { providerId: provider.id, count, spacingMs, allowanceMs, atMs: runtime.now() }
    try {
      const { granted, waitMs } = await store.coordination.takePace(request)
      if (granted > 0) places.came(granted, askedAtMs)
      else places.refused(runtime.monotonic() + waitMs)
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause))
      this.#options.emit({ type: 'internal-failed', atMs: runtime.now(), part: 'pace', error })
      throw error
    }
  }

  #placesOf(providerId: string): ProviderPlaces {
    const known = this.#places.get(providerId)
    if (known !== undefined) return known
    const places = new ProviderPlaces()
    this.#places.set(providerId, places)
    return places
  }
}

function isLimited(provider: Provider): provider is LimitedProvider {
  return provider.rateLimitRpm !== undefined
}
