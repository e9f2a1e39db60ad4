import type { Runtime } from '@imrs/core'

/** A wait that can be ended early. What ends it while nobody waits ends the next one at once. */
export class Nap {
  readonly #runtime: Pick<Runtime, 'sleep'>
  readonly #closing: AbortSignal
  #waking = new AbortController()
  #isPause = false

  constructor(runtime: Pick<Runtime, 'sleep'>, closing: AbortSignal) {
    this.#runtime = runtime
    this.#closing = closing
  }

  /** Waits; during a pause only {@link endPause} and closing end it. Never rejects. */
  async take(durationMs: number, { isPause }: { readonly isPause: boolean }): Promise<void> {
    // Woken before the pause was known of: that was not meant to end it.
    if (isPause) this.#waking = new AbortController()
    this.#isPause = isPause
    const { signal } = this.#waking
    const either = AbortSignal.any([this.#closing, signal])
    await this.#runtime.sleep(durationMs, either).catch(() => undefined)
    this.#isPause = false
    if (signal.aborted) this.#waking = new AbortController()
  }

  end(): void {
    if (!this.#isPause) this.#waking.abort()
  }

  endPause(): void {
    this.#waking.abort()
  }
}
