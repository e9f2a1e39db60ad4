import type { CatalogEvent, ProviderHealthChangedEvent } from '@imrs/core'

import { onPage } from '../client/client-storage.ts'
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
  /**
   * Calls back with what came together, while the store is watched; with nothing when it is connected
   * again, since something may have been missed. Returns the function that ends it.
   */
  readonly listen: (listener: (news: readonly CatalogNews[]) => void) => () => void
}

const MOST_EVENTS = 100

/**
 * The server's catalogue events, over `fetch`, so that headers go along. Connected while it is
 * watched on a page that can be seen: browsers allow six connections to a server over HTTP/1.1, for
 * all tabs together. Afterwards, and after a loss, it says which event was the last, so that none is
 * missed.
 */
export function catalogEvents(context: ClientContext): CatalogEvents {
  const listeners = new Set<(news: readonly CatalogNews[]) => void>()
  const store = createStore<CatalogEventsState>({ events: [], status: 'off' }, () => {
    let leave: AbortController | undefined
    const stop = (): void => {
      leave?.abort()
      leave = undefined
      store.update({ status: 'off' })
    }
    const look = (): void => {
      if (globalThis.document?.hidden) {
        stop()
      } else if (leave === undefined) {
        leave = new AbortController()
        // Nothing it could reject with is left: it goes on until the abort.
        void follow(leave.signal)
      }
    }
    const forget = onPage('visibilitychange', look)
    look()
    return () => {
      forget()
      stop()
    }
  })
  const setStatus = (status: CatalogEventsState['status']): void => store.update({ status })
  const tell = (news: readonly CatalogNews[]): void => {
    const events = [...news.toReversed(), ...store.getSnapshot().events]
    if (news.length > 0) store.update({ events: events.slice(0, MOST_EVENTS) })
    for (const listener of listeners) listener(news)
  }
  const follow = follower(context, { setStatus, tell })
  return {
    ...store,
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

interface Follower {
  readonly setStatus: (status: CatalogEventsState['status']) => void
  readonly tell: (news: readonly CatalogNews[]) => void
}

/** Follows the events until an abort, each time from where it was, whatever became of the connection. */
function follower(
  { http, runtime }: ClientContext,
  { setStatus, tell }: Follower,
): (signal: AbortSignal) => Promise<void> {
  let lastId: string | undefined
  let wasOpen = false
  return async (signal) => {
    let failures = 0
    let retryMs = 0
    while (!signal.aborted) {
      try {
        setStatus('connecting')
        const accept = 'text/event-stream'
        const headers = { accept, ...(lastId !== undefined && { 'last-event-id': lastId }) }
        const { body } = await http.send('/api/models/events', { headers, signal })
        setStatus('open')
        // What has no number, and what came before the first one, is not told again.
        if (wasOpen) tell([])
        wasOpen = true
        for await (const events of readEvents(body)) {
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
      const waitMs = Math.max(retryMs, backoffMs(failures + 1, runtime.random()))
      await runtime.sleep(waitMs, signal).catch(() => {})
    }
  }
}

function toNews({ data }: ServerEvent): readonly CatalogNews[] {
  try {
    return [JSON.parse(data) as CatalogNews]
  } catch {
    return []
  }
}
