import type { Runtime } from '@imrs/core'

import type { Mutex } from './mutex.ts'
import type { SpoolReports } from './spool-reports.ts'
import type { RecordLine } from './spool/record-line.ts'
import type { Segment } from './spool/segment-list.ts'
import type { Spool } from './spool/spool.ts'
import { GROUP_LIMIT } from './store-writer.ts'
import type { StoreWriter } from './store-writer.ts'

const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 10_000

/** How often it is looked whether others who have records still live, at least. */
const LOOK_AFTER_OTHERS_MS = 60_000

export interface ReplayerOptions {
  readonly runtime: Pick<Runtime, 'random' | 'sleep'>
  readonly spool: Spool
  readonly writer: StoreWriter
  readonly reports: SpoolReports
  /** Taken turns with whoever adds records. */
  readonly turns: Mutex
}

/** How a pass over the spool ended: nothing waits any more, or the store does not take it. */
type Pass = 'empty' | 'down'

/**
 * Brings the records of the spool into the store, in their order, as soon as it answers again: a
 * loop that runs only while there are some, with growing pauses of full jitter.
 */
export class Replayer {
  readonly #options: ReplayerOptions
  readonly #closing = new AbortController()
  #running: Promise<void> | undefined
  #watching: Promise<void> | undefined
  #isStoreAnswering = false
  #isTrying = false
  /** How many go into the next transaction: few for a store that was down, or is too slow for many. */
  #groupSize = GROUP_LIMIT

  constructor(options: ReplayerOptions) {
    this.#options = options
  }

  /** Whether the store took the last record it was given here. */
  get isStoreAnswering(): boolean {
    return this.#isStoreAnswering
  }

  /** Brings what is there into the store, and keeps an eye on others who have records. */
  start(): void {
    this.#watch()
    if (!this.#options.spool.isEmpty) this.#loop(0)
  }

  /** There are new records. `isStoreDown`: since the store has just failed; then it is left alone for a moment. */
  wake({ isStoreDown }: { readonly isStoreDown: boolean }): void {
    if (isStoreDown) this.#isStoreAnswering = false
    this.#loop(1)
  }

  /** Ends the loop after one more try; what the store does not take stays on the disk. Never rejects. */
  async close(): Promise<void> {
    const isTrying = this.#isTrying
    this.#closing.abort()
    await Promise.all([this.#running, this.#watching])
    if (!isTrying && !this.#options.spool.isEmpty) await this.#pass()
  }

  #loop(failures: number): void {
    if (!this.#closing.signal.aborted) this.#running ??= this.#run(failures)
  }

  async #run(failures: number): Promise<void> {
    const { spool } = this.#options
    let failed = failures
    while (failed === 0 || (await this.#pause(delayAfter(failed)))) {
      const before = spool.waiting
      this.#isTrying = true
      const pass = await this.#pass()
      this.#isTrying = false
      // Whoever was there to see to the outage with us may have died of it.
      if (pass === 'empty') await this.#takeOver()
      if (spool.isEmpty) break
      failed = pass === 'empty' ? 0 : spool.waiting < before ? 1 : failed + 1
    }
    // In the same turn as the look at the spool: who adds a record after it starts a new loop.
    this.#running = undefined
    this.#watch()
  }

  #watch(): void {
    if (!this.#closing.signal.aborted) this.#watching ??= this.#watchOthers()
  }

  /** Takes the segments of others when they have died, as long as they have some. */
  async #watchOthers(): Promise<void> {
    const { spool } = this.#options
    while (spool.hasOthers && (await this.#pause(LOOK_AFTER_OTHERS_MS))) {
      await this.#takeOver()
      if (!spool.isEmpty) this.#loop(0)
    }
    this.#watching = undefined
  }

  async #takeOver(): Promise<void> {
    const { spool, reports, turns } = this.#options
    await turns
      .run(() => spool.takeOver())
      .catch((error: unknown) => reports.failed('spool', error))
    reports.changed(spool)
  }

  /** Waits for a part of this, by chance; `false` when it is over. */
  async #pause(longestMs: number): Promise<boolean> {
    const { runtime, spool, reports } = this.#options
    try {
      await runtime.sleep(runtime.random() * longestMs, this.#closing.signal)
    } catch {
      return false
    }
    await spool.touch().catch((error: unknown) => reports.failed('spool', error))
    return true
  }

  /** Never rejects: what goes wrong with the disk is told, and tried again later. */
  async #pass(): Promise<Pass> {
    const { turns, spool, reports } = this.#options
    try {
      for (;;) {
        // The last few are written while new records wait: else they would go behind them for ever.
        const isNearEnd = this.#isStoreAnswering && spool.waiting <= GROUP_LIMIT
        const pass = isNearEnd ? await turns.run(() => this.#replayAll()) : await this.#replayOne()
        if (pass !== 'more') return pass
      }
    } catch (error) {
      reports.failed('spool', error)
      return 'down'
    }
  }

  async #replayAll(): Promise<Pass> {
    const { spool } = this.#options
    for (;;) {
      const segment = await spool.oldest()
      if (segment === undefined) return 'empty'
      if (!(await this.#replay(segment))) return 'down'
    }
  }

  async #replayOne(): Promise<Pass | 'more'> {
    const { spool, turns } = this.#options
    const segment = await turns.run(() => spool.oldest())
    if (segment === undefined) return 'empty'
    return (await this.#replay(segment)) ? 'more' : 'down'
  }

  /** `false` when the store did not take all of the segment. */
  async #replay(segment: Segment): Promise<boolean> {
    const { spool, reports } = this.#options
    const lines = await this.#read(segment)
    if (lines === undefined) return true
    for (;;) {
      const next = lines.slice(segment.linesDone, segment.linesDone + this.#groupSize)
      const isWritten = await this.#replayLines(segment, next)
      this.#groupSize = isWritten
        ? Math.min(GROUP_LIMIT, this.#groupSize * 2)
        : Math.ceil(this.#groupSize / 2)
      const isDone = segment.linesDone === lines.length
      if (isDone) await spool.finish(segment)
      reports.changed(spool)
      if (isDone || !isWritten) return isDone
    }
  }

  /** `undefined` when the segment is to be passed over: it is gone, or cannot be read. */
  async #read(segment: Segment): Promise<readonly RecordLine[] | undefined> {
    const { spool, reports } = this.#options
    try {
      const lines = await spool.read(segment)
      if (lines !== undefined) return lines
      await spool.finish(segment)
      if (segment.waiting > 0) {
        reports.failed(
          'spool',
          new Error(`${segment.path} is gone, with ${segment.waiting} records`),
        )
      }
    } catch (error) {
      spool.leave(segment)
      reports.failed('spool', error)
    }
    reports.changed(spool)
    return undefined
  }

  async #replayLines(segment: Segment, lines: readonly RecordLine[]): Promise<boolean> {
    const { spool, writer } = this.#options
    const whole = lines.flatMap(({ batch }) => (batch === undefined ? [] : [batch]))
    const outcomes = (await writer.write(whole)).values()
    for (const line of lines) {
      const outcome = line.batch === undefined ? undefined : outcomes.next().value
      if (outcome !== undefined) this.#isStoreAnswering = outcome.kind !== 'unavailable'
      if (outcome?.kind === 'unavailable') return false
      if (outcome === undefined) await this.#setAside(line, 'is damaged')
      if (outcome?.kind === 'refused') {
        await this.#setAside(line, 'was refused by the store', outcome.error)
      }
      spool.advance(segment, [line])
    }
    return true
  }

  async #setAside(line: RecordLine, why: string, cause?: unknown): Promise<void> {
    const { spool, reports } = this.#options
    try {
      const path = await spool.setAside([line])
      reports.failed('spool', new Error(`A record ${why}; it is kept in ${path}`, { cause }))
    } catch (error) {
      reports.failed('spool', new Error(`A record ${why}, and could not be kept`, { cause: error }))
    }
  }
}

function delayAfter(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 10))
}
