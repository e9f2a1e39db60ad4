import type { Runtime } from '@imrs/core'

interface Timer {
  readonly atMs: number
  readonly stop: AbortController
}

/** One for all timers: a reason of its own for each would cost a stack. */
const STOPPED = new Error('The timer was stopped')

/**
 * One timer for all deadlines of an answer. Set anew only when it fires, or when a deadline comes
 * nearer, so that a part that moves a deadline away costs nothing.
 */
export class Deadline {
  readonly #runtime: Runtime
  readonly #onDue: () => void
  #wantedAtMs: number | undefined
  #timer: Timer | undefined

  constructor(runtime: Runtime, onDue: () => void) {
    this.#runtime = runtime
    this.#onDue = onDue
  }

  /** Monotonic, milliseconds; `undefined`: none. */
  set(atMs: number | undefined): void {
    this.#wantedAtMs = atMs
    if (atMs === undefined) this.stop()
    else if (this.#timer === undefined || atMs < this.#timer.atMs) this.#start(atMs)
  }

  stop(): void {
    this.#wantedAtMs = undefined
    this.#timer?.stop.abort(STOPPED)
    this.#timer = undefined
  }

  #start(atMs: number): void {
    this.#timer?.stop.abort(STOPPED)
    const timer = { atMs, stop: new AbortController() }
    this.#timer = timer
    const waitMs = Math.max(0, atMs - this.#runtime.monotonic())
    this.#runtime.sleep(waitMs, timer.stop.signal).then(
      () => this.#fired(timer),
      () => undefined,
    )
  }

  #fired(timer: Timer): void {
    if (this.#timer !== timer) return
    this.#timer = undefined
    const wanted = this.#wantedAtMs
    if (wanted === undefined) return
    if (wanted > this.#runtime.monotonic()) this.#start(wanted)
    else this.#onDue()
  }
}
