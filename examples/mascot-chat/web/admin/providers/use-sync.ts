import { catalogEvents } from '@imrs/react'
import type { CatalogNews, ImrsClient } from '@imrs/react'
import { useEffect, useRef, useState } from 'react'

import { adminApi } from '../api/admin-api.ts'
import type { SyncWire } from '../api/wire.ts'

/** What a running sync told of so far. */
export interface SyncCounts {
  readonly added: number
  readonly updated: number
  readonly removed: number
  readonly priceChanges: number
}

export interface Sync {
  readonly isRunning: boolean
  /** Of the events of this provider since the sync began; absent before the first sync. */
  readonly counts: SyncCounts | undefined
  /** Milliseconds since the sync began, or that it took. */
  readonly elapsedMs: number
  readonly report: SyncWire | undefined
  readonly error: Error | undefined
  readonly run: () => Promise<void>
}

export interface SyncRequest {
  readonly client: ImrsClient
  readonly providerId: string
  readonly onEnd: () => void
}

const NOTHING: SyncCounts = { added: 0, updated: 0, removed: 0, priceChanges: 0 }
const TICK_MS = 250

/** Syncs a provider and counts what the catalogue's events tell meanwhile. */
export function useSync({ client, providerId, onEnd }: SyncRequest): Sync {
  const [state, setState] = useState<Omit<Sync, 'run' | 'counts'>>(IDLE)
  const counts = useEventCounts(client, providerId)
  useTicks(state.isRunning, (elapsedMs) => setState((before) => ({ ...before, elapsedMs })))
  const run = async (): Promise<void> => {
    if (state.isRunning) return
    counts.reset()
    setState({ ...IDLE, isRunning: true })
    try {
      const report = await client.part(adminApi).syncProvider(providerId)
      setState((before) => ({ ...before, isRunning: false, report }))
    } catch (error) {
      setState((before) => ({ ...before, isRunning: false, error: error as Error }))
    }
    onEnd()
  }
  return { ...state, counts: counts.counts, run }
}

const IDLE = { isRunning: false, elapsedMs: 0, report: undefined, error: undefined } as const

interface Counting {
  readonly counts: SyncCounts | undefined
  readonly reset: () => void
}

/** Counts the events of one provider, from the last reset on. */
function useEventCounts(client: ImrsClient, providerId: string): Counting {
  const [counts, setCounts] = useState<SyncCounts>()
  useEffect(() => {
    const events = client.part(catalogEvents)
    const stopListening = events.listen((news) => {
      const own = news.filter((event) => event.providerId === providerId)
      if (own.length > 0) setCounts((before) => before && own.reduce(counted, before))
    })
    const stopWatching = events.subscribe(() => {})
    return () => {
      stopListening()
      stopWatching()
    }
  }, [client, providerId])
  return { counts, reset: () => setCounts(NOTHING) }
}

function counted(counts: SyncCounts, { type }: CatalogNews): SyncCounts {
  switch (type) {
    case 'model-added':
      return { ...counts, added: counts.added + 1 }
    case 'model-updated':
      return { ...counts, updated: counts.updated + 1 }
    case 'model-removed':
      return { ...counts, removed: counts.removed + 1 }
    case 'price-changed':
      return { ...counts, priceChanges: counts.priceChanges + 1 }
    default:
      return counts
  }
}

function useTicks(isRunning: boolean, onTick: (elapsedMs: number) => void): void {
  const latest = useRef(onTick)
  latest.current = onTick
  useEffect(() => {
    if (!isRunning) return undefined
    const startedAt = performance.now()
    const timer = setInterval(() => latest.current(performance.now() - startedAt), TICK_MS)
    return () => clearInterval(timer)
  }, [isRunning])
}
