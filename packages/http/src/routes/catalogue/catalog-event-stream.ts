import type { CatalogEvent, ProviderHealthChangedEvent } from '@imrs/core'
import type { Router } from '@imrs/router'

import { jsonFrame } from '../../answers/event-stream.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { isoOf } from '../../wire/values.ts'
import { toCatalogueEventWire } from './catalogue-event-wire.ts'

/** How often changes made by other processes are looked for. */
const LOOK_EVERY_MS = 2_000
const PAGE = 200

export interface CatalogStreamRequest {
  /** The last event the client knows; `undefined`: only what comes from now on. */
  readonly sinceSeq: number | undefined
  readonly signal: AbortSignal
}

/**
 * What changes in the catalogue from now on, or since an event, as frames: every event of a sync once
 * and in order, with its number as the id; and how providers are, which has no number. Ends with the
 * signal.
 */
export async function* catalogFrames(
  { router, runtime }: Pick<ResolvedHttpOptions, 'router' | 'runtime'>,
  { sinceSeq, signal }: CatalogStreamRequest,
): AsyncGenerator<string> {
  const news = new News(router)
  try {
    let seen = sinceSeq ?? (await lastSeq(router, signal))
    yield 'retry: 2000\n\n'
    while (!signal.aborted) {
      yield* news.take().map(healthFrame)
      const events = await router.models.events({ sinceSeq: seen, limit: PAGE }, { signal })
      for (const event of events) yield catalogFrame(event)
      seen = events.at(-1)?.seq ?? seen
      if (events.length < PAGE) await news.orAfter(runtime.sleep, signal)
    }
  } catch (error) {
    // What was being read when it ended is no failure.
    if (!signal.aborted) throw error
  } finally {
    news.stop()
  }
}

async function lastSeq(router: Router, signal: AbortSignal): Promise<number> {
  const [last] = await router.models.events({ direction: 'desc', limit: 1 }, { signal })
  return last?.seq ?? 0
}

function catalogFrame(catalogEvent: CatalogEvent): string {
  const { seq, type: event, ...change } = toCatalogueEventWire(catalogEvent)
  return jsonFrame({ type: event, ...change }, { id: String(seq), event })
}

function healthFrame({ type, atMs, ...change }: ProviderHealthChangedEvent): string {
  return jsonFrame({ type, at: isoOf(atMs), ...change }, { event: type })
}

/** Health changes at most this many back: who reads slower learns the newest. */
const MOST_NEWS = 100

/** What this process tells while nobody reads. */
class News {
  readonly #stops: readonly (() => void)[]
  #health: ProviderHealthChangedEvent[] = []
  #wake = Promise.withResolvers<void>()

  constructor(router: Router) {
    this.#stops = [
      router.on('provider-synced', () => this.#wake.resolve()),
      router.on('provider-health-changed', (event) => {
        this.#health = [...this.#health, event].slice(-MOST_NEWS)
        this.#wake.resolve()
      }),
    ]
  }

  take(): readonly ProviderHealthChangedEvent[] {
    const taken = this.#health
    this.#health = []
    this.#wake = Promise.withResolvers()
    return taken
  }

  /** Resolves when something was told, and after a while in any case. */
  async orAfter(
    sleep: ResolvedHttpOptions['runtime']['sleep'],
    signal: AbortSignal,
  ): Promise<void> {
    const waited = new AbortController()
    const pause = sleep(LOOK_EVERY_MS, AbortSignal.any([signal, waited.signal])).catch(() => {})
    await Promise.race([this.#wake.promise, pause])
    waited.abort()
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }
}
