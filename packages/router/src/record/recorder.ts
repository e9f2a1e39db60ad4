import type { LedgerBatch, Store } from '@imrs/core'

interface Waiting {
  readonly batch: LedgerBatch
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Writes records in groups: while one transaction is being committed, what arrives waits and goes
 * together in the next. A batch is on the disk when its promise resolves.
 */
export class Recorder {
  readonly #store: Store
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined

  constructor(store: Store) {
    this.#store = store
  }

  append(batch: LedgerBatch): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiting.push({ batch, resolve, reject })
    this.#writing ??= this.#drain()
    return promise
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting
      this.#waiting = []
      await this.#write(group)
    }
    this.#writing = undefined
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#store.ledger.append(merge(group.map(({ batch }) => batch)))
      for (const { resolve } of group) resolve()
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
}

function merge(batches: readonly LedgerBatch[]): LedgerBatch {
  return {
    decisions: batches.flatMap(({ decisions }) => decisions),
    attempts: batches.flatMap(({ attempts }) => attempts),
    messages: batches.flatMap(({ messages }) => messages),
  }
}
