import type { CatalogEvent, ProviderHealthChangedEvent } from '@imrs/core'

import type { ClientContext } from '../client/imrs-client.ts'
import { createStore } from '../client/store.ts'
import type { Store } from '../client/store.ts'
import { backoffMs } from '../http/client-http.ts'
import { readEvents } from '../http/event-parser.ts'
import type { ServerEvent } from '../http/event-parser.ts'

type Travelled<Event> = Event extends unknown
  ? Omit<Event, 'seq' | 'atMs'> & {
      /** ISO 8601. */
      readonly at: string
    }
  : never

/** What changed in the catalogue, or how a provider is, as `GET /api/models/events` tells it. */
export type CatalogNews = Travelled<CatalogEvent> | Travelled<ProviderHealthChangedEvent>

export interface CatalogEventsState {
  /** The newest first, at most 100, since somebody began to watch. */
  readonly events: readonly CatalogNews[]
  /** `off`: nobody watches. `waiting`: the connection was lost and is made again. */
  readonly status: 'off' | 'connecting' | 'open' | 'waiting'
}

/** {@link catalogEvents}. */
export interface CatalogEvents extends Store<CatalogEventsState> {
  /** Calls back with what came together, while the store is watched. Returns the function that ends it. */
  readonly listen: (listener: (news: readonly CatalogNews[]) => void) => () => void
}

const MOST_EVENTS = 100

/**
 * The server's catalogue events, over `fetch`, so that headers go along. Connected while it is
 * watched; after a loss it connects again and says which event was the last, so that none is missed.
 */
export function catalogEvents(context: ClientContext): CatalogEvents {
  const listeners = new Set<(news: readonly CatalogNews[]) => void>()
  const store = createStore<CatalogEventsState>({ events: [], status: 'off' }, () => {
    const leave = new AbortController()
    // Nothing it could reject with is left: it goes on until the abort.
    void follow(context, {
      signal: leave.signal,
      setStatus: (status) => store.update({ status }),
      tell: (news) => {
        const events = [...news.toReversed(), ...store.getSnapshot().events]
        store.update({ events: events.slice(0, MOST_EVENTS) })
        for (const listener of listeners) listener(news)
      },
    })
    return () => {
      leave.abort()
      store.update({ status: 'off' })
    }
  })
  return {
    ...store,
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

interface Follower {
  readonly signal: AbortSignal
  readonly setStatus: (status: CatalogEventsState['status']) => void
  readonly tell: (news: readonly CatalogNews[]) => void
}

async function follow({ http, runtime }: ClientContext, follower: Follower): Promise<void> {
  const { signal, setStatus, tell } = follower
  let lastId: string | undefined
  let failures = 0
  let retryMs: number | undefined
  while (!signal.aborted) {
    try {
      setStatus('connecting')
      const headers = {
        accept: 'text/event-stream',
        ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
      }
      const { body } = await http.send('/api/models/events', { headers, signal })
      setStatus('open')
      for await (const events of readEvents(body ?? new ReadableStream())) {
        failures = 0
        lastId = events.at(-1)?.id ?? lastId
        retryMs = events.at(-1)?.retryMs ?? retryMs
        tell(events.flatMap(toNews))
      }
    } catch {
      failures += 1
    }
    if (signal.aborted) return
    setStatus('waiting')
    const waitMs = Math.max(retryMs ?? 0, backoffMs(failures + 1, runtime.random()))
    await runtime.sleep(waitMs, signal).catch(() => {})
  }
}

function toNews({ data }: ServerEvent): readonly CatalogNews[] {
  try {
    return [JSON.parse(data) as CatalogNews]
  } catch {
    return []
  }
}
