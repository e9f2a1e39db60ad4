import type { LedgerBatch, Runtime, Store } from '@imrs/core'
import { ImrsError } from '@imrs/core'

/** Batches that go together in one transaction at most. */
export const GROUP_LIMIT = 500

/** What became of one batch. */
export type WriteOutcome =
  | { readonly kind: 'stored' }
  /** The store is there and does not take this one. */
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'unavailable'; readonly error: unknown }

export interface StoreWriterOptions {
  readonly store: Pick<Store, 'ledger'>
  readonly runtime: Pick<Runtime, 'sleep'>
  /** After this long a store that does not answer is taken for one that is down. Default: it is waited for. */
  readonly timeoutMs?: number | undefined
}

/** Writes batches into the store, together where it takes them so. */
export class StoreWriter {
  readonly #options: StoreWriterOptions

  constructor(options: StoreWriterOptions) {
    this.#options = options
  }

  /**
   * Tells of each batch what became of it. One that the store refuses takes none of the others with
   * it: they are then written one by one. Never rejects.
   */
  async write(batches: readonly LedgerBatch[]): Promise<readonly WriteOutcome[]> {
    if (batches.length === 0) return []
    const together = await this.#append(merge(batches))
    if (together.kind !== 'refused' || batches.length === 1) return batches.map(() => together)
    const outcomes: WriteOutcome[] = []
    for (const batch of batches) {
      const last = outcomes.at(-1)
      outcomes.push(last?.kind === 'unavailable' ? last : await this.#append(batch))
    }
    return outcomes
  }

  async #append(batch: LedgerBatch): Promise<WriteOutcome> {
    try {
      await this.#inTime(batch)
      return { kind: 'stored' }
    } catch (error) {
      const isDown = ImrsError.is(error) && error.code === 'store-unavailable'
      return { kind: isDown ? 'unavailable' : 'refused', error }
    }
  }

  async #inTime(batch: LedgerBatch): Promise<void> {
    const { store, runtime, timeoutMs } = this.#options
    if (timeoutMs === undefined) return store.ledger.append(batch)
    const end = new AbortController()
    const written = store.ledger.append(batch, { signal: end.signal })
    const late = runtime.sleep(timeoutMs, end.signal).then(
      () => 'late',
      () => 'in time',
    )
    try {
      if ((await Promise.race([written, late])) !== 'late') return
      const message = `The store did not answer within ${timeoutMs} ms`
      throw new ImrsError('store-unavailable', message)
    } finally {
      // Ends the wait, or tells a store that is still at it that nobody waits any more. What it
      // writes all the same is written again later, to no effect.
      end.abort()
      written.catch(() => undefined)
    }
  }
}

function merge(batches: readonly LedgerBatch[]): LedgerBatch {
  const [only] = batches
  if (only !== undefined && batches.length === 1) return only
  return {
    decisions: batches.flatMap(({ decisions }) => decisions),
    attempts: batches.flatMap(({ attempts }) => attempts),
    messages: batches.flatMap(({ messages }) => messages),
    settlements: batches.flatMap(({ settlements }) => settlements ?? []),
  }
}
