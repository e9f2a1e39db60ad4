import type { RouterEvent, Runtime } from '@imrs/core'

import type { Spool } from './spool/spool.ts'

/** Between the first and the last record of an outage, its growth is told in steps of so many. */
const STEP = 100

export interface SpoolReportsOptions {
  readonly runtime: Pick<Runtime, 'now'>
  readonly emit: (event: RouterEvent) => void
}

/** Tells how many records wait on the disk, and what is wrong there. */
export class SpoolReports {
  readonly #options: SpoolReportsOptions
  readonly #told = { waiting: 0, refused: 0 }
  #refused = 0
  #isRefusing = false

  constructor(options: SpoolReportsOptions) {
    this.#options = options
  }

  /** Tells when the spool has become empty or is so no more, and every hundred records between. */
  changed({ waiting }: Pick<Spool, 'waiting'>): void {
    const becameEmptyOrNot = (waiting === 0) !== (this.#told.waiting === 0)
    const isStep = Math.abs(waiting - this.#told.waiting) >= STEP
    const isRefusalStep = this.#refused - this.#told.refused >= STEP
    if (becameEmptyOrNot || isStep || isRefusalStep) this.#tell(waiting)
    if (waiting === 0) this.#isRefusing = false
  }

  /** Records found no room, or could not be written: told at once for the first, then in steps. */
  refused(count: number, error: Error, spool: Pick<Spool, 'waiting'>): void {
    this.#refused += count
    if (this.#isRefusing) return this.changed(spool)
    this.#isRefusing = true
    this.failed('spool', error)
    this.#tell(spool.waiting)
  }

  /** There was room again. */
  accepted(): void {
    this.#isRefusing = false
  }

  failed(part: 'spool' | 'ledger', cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    this.#options.emit({ type: 'internal-failed', atMs: this.#options.runtime.now(), part, error })
  }

  #tell(waiting: number): void {
    this.#told.waiting = waiting
    this.#told.refused = this.#refused
    const atMs = this.#options.runtime.now()
    this.#options.emit({ type: 'spool-changed', atMs, waiting, refused: this.#refused })
  }
}
