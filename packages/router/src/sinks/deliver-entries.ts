import type { LearningRecord, OutboxEntry, SinkFailureKind } from '@imrs/core'
import { SinkError } from '@imrs/core'

/** What became of one entry. */
export type EntryOutcome =
  | { readonly kind: 'delivered'; readonly entry: OutboxEntry }
  | { readonly kind: 'refused'; readonly entry: OutboxEntry; readonly reason: string }
  | {
      readonly kind: 'failed'
      readonly entry: OutboxEntry
      readonly failure: SinkFailureKind
      readonly reason: string
      readonly retryAfterMs?: number | undefined
    }
  /** Broken off by us: nothing is known of it. */
  | { readonly kind: 'left'; readonly entry: OutboxEntry }

export interface EntryDelivery {
  readonly sink: string
  readonly concurrency: number
  readonly deliver: (record: LearningRecord, signal: AbortSignal) => Promise<void>
  /** Whether to begin another one after what has happened so far. */
  readonly goesOn: () => boolean
  readonly onOutcome: (outcome: EntryOutcome) => void
  /** Aborts when there is no time left: what is on its way has failed. */
  readonly late: AbortSignal
  /** Aborts when the router closes: what is on its way is left. */
  readonly stopped: AbortSignal
}

/** Delivers entries of different answers, several at once, begun in their order. Never rejects. */
export async function deliverEntries(
  entries: readonly OutboxEntry[],
  delivery: EntryDelivery,
): Promise<void> {
  const waiting = entries.values()
  const work = async (): Promise<void> => {
    for (const entry of waiting) {
      if (!delivery.goesOn()) return
      delivery.onOutcome(await deliverEntry(entry, delivery))
    }
  }
  const workers = Math.min(delivery.concurrency, entries.length)
  await Promise.all(Array.from({ length: workers }, work))
}

async function deliverEntry(
  entry: OutboxEntry,
  { sink, deliver, late, stopped }: EntryDelivery,
): Promise<EntryOutcome> {
  const signal = AbortSignal.any([late, stopped])
  const ended = new AbortController()
  try {
    // A sink that does not heed its signal keeps nobody waiting.
    await Promise.race([deliver(entry.record, signal), rejectedBy(signal, ended.signal)])
    return { kind: 'delivered', entry }
  } catch (error) {
    if (stopped.aborted) return { kind: 'left', entry }
    if (late.aborted) {
      const reason = `The sink ${sink} took longer than the lease allows`
      return { kind: 'failed', entry, failure: 'timeout', reason }
    }
    return outcomeOf(entry, sink, error)
  } finally {
    ended.abort()
  }
}

function outcomeOf(entry: OutboxEntry, sink: string, error: unknown): EntryOutcome {
  if (!SinkError.is(error)) {
    // Its message may hold anything.
    const reason = `The sink ${sink} failed with ${error instanceof Error ? error.name : typeof error}`
    return { kind: 'failed', entry, failure: 'unknown', reason }
  }
  const { kind: failure, message: reason, retryAfterMs } = error
  if (failure === 'refused') return { kind: 'refused', entry, reason }
  return { kind: 'failed', entry, failure, reason, retryAfterMs }
}

function rejectedBy(signal: AbortSignal, ended: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true, signal: ended })
  })
}
