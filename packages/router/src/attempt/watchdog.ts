import type { FailureKind, Runtime } from '@imrs/core'

import type { ResolvedTimeouts } from '../resolve-options.ts'

export interface WatchdogOptions {
  readonly runtime: Runtime
  readonly timeouts: ResolvedTimeouts
  /** Called once, when a deadline has passed. */
  readonly onTimeout: (kind: FailureKind, afterMs: number) => void
}

/**
 * Watches the deadlines of one call: first part, idle, total. One timer, set anew only when it fires,
 * so that a part costs the reading of a clock and nothing else.
 */
export class Watchdog {
  readonly #options: WatchdogOptions
  readonly #startedAt: number
  readonly #stopped = new AbortController()
  #lastPartAt: number | undefined

  constructor(options: WatchdogOptions) {
    this.#options = options
    this.#startedAt = options.runtime.monotonic()
    void this.#watch()
  }

  partArrived(): void {
    this.#lastPartAt = this.#options.runtime.monotonic()
  }

  stop(): void {
    this.#stopped.abort()
  }

  async #watch(): Promise<void> {
    const { runtime, onTimeout } = this.#options
    while (!this.#stopped.signal.aborted) {
      const { kind, at, afterMs } = this.#deadline()
      const waitMs = at - runtime.monotonic()
      if (waitMs <= 0) {
        onTimeout(kind, afterMs)
        return
      }
      try {
        await runtime.sleep(waitMs, this.#stopped.signal)
      } catch {
        return
      }
    }
  }

  #deadline(): { readonly kind: FailureKind; readonly at: number; readonly afterMs: number } {
    const { firstPartMs, idleMs, totalMs } = this.#options.timeouts
    const total = {
      kind: 'timeout-total',
      at: this.#startedAt + totalMs,
      afterMs: totalMs,
    } as const
    const next =
      this.#lastPartAt === undefined
        ? ({
            kind: 'timeout-first-part',
            at: this.#startedAt + firstPartMs,
            afterMs: firstPartMs,
          } as const)
        : ({ kind: 'timeout-idle', at: this.#lastPartAt + idleMs, afterMs: idleMs } as const)
    return next.at < total.at ? next : total
  }
}
