import type { LedgerBatch, RouterEvent, Runtime, Store } from '@imrs/core'
import { ImrsError } from '@imrs/core'

import { Mutex } from './mutex.ts'
import { Replayer } from './replayer.ts'
import { SpoolReports } from './spool-reports.ts'
import type { Spool } from './spool/spool.ts'
import { GROUP_LIMIT, StoreWriter } from './store-writer.ts'

export interface RecorderOptions {
  readonly store: Pick<Store, 'ledger'>
  readonly runtime: Pick<Runtime, 'now' | 'random' | 'sleep'>
  readonly emit: (event: RouterEvent) => void
  /** Where records go while the store is down; closed with the recorder. Default: nowhere. */
  readonly spool?: Spool | undefined
  /** How long a record waits for the store before it goes to the spool, milliseconds. */
  readonly storeTimeoutMs?: number | undefined
}

/** Where a record is safe now. */
export type Recorded = 'stored' | 'spooled'

interface Waiting {
  readonly batch: LedgerBatch
  readonly resolve: (recorded: Recorded) => void
  readonly reject: (error: unknown) => void
}

/** What the store, being down, did not take. */
interface Late {
  readonly late: readonly Waiting[]
  readonly cause: unknown
}

interface Spooling {
  readonly spool: Spool
  readonly replayer: Replayer
}

/**
 * Writes records in groups: while one group is being committed, what arrives waits and goes together
 * in the next, 500 at most. A batch that the store refuses takes none of its group with it.
 *
 * With a spool, what a store that is down does not take goes to the disk, and is brought into the
 * store, in order, when it answers again. While the spool holds records, new ones go behind them.
 */
export class Recorder {
  readonly #writer: StoreWriter
  readonly #reports: SpoolReports
  readonly #spooling: Spooling | undefined
  /** One group, or the last records of the spool, at a time. */
  readonly #turns = new Mutex()
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined

  constructor({ store, runtime, emit, spool, storeTimeoutMs }: RecorderOptions) {
    const timeoutMs = spool === undefined ? undefined : storeTimeoutMs
    const writer = new StoreWriter({ store, runtime, timeoutMs })
    const reports = new SpoolReports({ runtime, emit })
    this.#writer = writer
    this.#reports = reports
    if (spool === undefined) return
    const replayer = new Replayer({ runtime, spool, writer, reports, turns: this.#turns })
    this.#spooling = { spool, replayer }
    reports.changed(spool)
    replayer.start()
  }

  /**
   * Resolves when the batch is on the disk: in the store, or in the spool.
   *
   * @throws the store's error when neither was possible.
   */
  append(batch: LedgerBatch): Promise<Recorded> {
    const { promise, resolve, reject } = Promise.withResolvers<Recorded>()
    this.#waiting.push({ batch, resolve, reject })
    this.#writing ??= this.#drain()
    return promise
  }

  /** Waits for what is being written, tries once to empty the spool, and leaves the rest on the disk. Never rejects. */
  async close(): Promise<void> {
    await this.#writing
    if (this.#spooling === undefined) return
    const { spool, replayer } = this.#spooling
    await replayer.close()
    await spool.close().catch((error: unknown) => this.#reports.failed('spool', error))
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Who comes while the turn is waited for goes along.
      await this.#turns.run(() => this.#write(this.#waiting.splice(0, GROUP_LIMIT)))
    }
    this.#writing = undefined
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const spooling = this.#spooling
    if (spooling !== undefined && spooling.spool.waiting > 0) {
      await this.#toSpool(spooling, group)
      return
    }
    const { late, cause } = await this.#toStore(group)
    if (late.length === 0) return
    if (spooling === undefined) {
      for (const { reject } of late) reject(cause)
    } else {
      this.#reports.failed('ledger', cause)
      await this.#toSpool(spooling, late)
      spooling.replayer.wake({ isStoreDown: true })
    }
  }

  /** Gives what the store did not take since it is down; all others have their answer. */
  async #toStore(group: readonly Waiting[]): Promise<Late> {
    const outcomes = await this.#writer.write(group.map(({ batch }) => batch))
    const late: Waiting[] = []
    let cause: unknown
    for (const [index, waiting] of group.entries()) {
      const outcome = outcomes[index]
      if (outcome?.kind === 'stored') {
        waiting.resolve('stored')
      } else if (outcome?.kind === 'unavailable') {
        late.push(waiting)
        cause = outcome.error
      } else {
        waiting.reject(outcome?.error)
      }
    }
    return { late, cause }
  }

  async #toSpool(spooling: Spooling, group: readonly Waiting[]): Promise<void> {
    const { spool, replayer } = spooling
    const { accepted, refusal } = await spool.append(group.map(({ batch }) => batch))
    for (const { resolve } of group.slice(0, accepted)) resolve('spooled')
    if (refusal === undefined) this.#reports.accepted()
    else await this.#refuse(spooling, group.slice(accepted), refusal)
    this.#reports.changed(spool)
    replayer.wake({ isStoreDown: false })
  }

  async #refuse(
    { spool, replayer }: Spooling,
    group: readonly Waiting[],
    refusal: Error,
  ): Promise<void> {
    // When the store answers again, before its turn is better than not at all.
    const refused = replayer.isStoreAnswering ? (await this.#toStore(group)).late : group
    if (refused.length === 0) return
    this.#reports.refused(refused.length, refusal, spool)
    const message = `The store is down, and the record cannot wait on the disk. ${refusal.message}`
    for (const { reject } of refused) {
      reject(new ImrsError('store-unavailable', message, { cause: refusal }))
    }
  }
}
