import type { AlertNotice, AlertSink, RouterEvent, Runtime, SecretStore } from '@imrs/core'
import { ImrsError, SinkError } from '@imrs/core'

import { retryDelayMs } from '../sinks/retry-delay.ts'

/** Notices that may wait; the oldest goes first. */
const MAX_WAITING = 100
/** Then it is given up: some half an hour after the first try. */
const MAX_TRIES = 12
const RETRY = { firstRetryMs: 1000, maxRetryMs: 300_000 }

export interface AlertDeliveryOptions {
  readonly sink: AlertSink
  readonly secrets: Pick<SecretStore, 'read'>
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
}

/**
 * Brings alerts to one sink, one after the other, and again when it did not take them. What waits is in
 * memory: it is lost when the process ends, and told as `internal-failed` when it is given up.
 */
export class AlertDelivery {
  readonly #options: AlertDeliveryOptions
  readonly #waiting: AlertNotice[] = []
  readonly #closing = new AbortController()
  #running: Promise<void> | undefined

  constructor(options: AlertDeliveryOptions) {
    this.#options = options
  }

  readonly take = (event: AlertNotice['event']): void => {
    if (this.#closing.signal.aborted) return
    if (this.#waiting.length >= MAX_WAITING) {
      this.#waiting.shift()
      this.#gaveUp(
        new ImrsError('internal', 'More alerts wait than are kept; the oldest was dropped'),
      )
    }
    this.#waiting.push({ id: this.#options.runtime.newId(), event })
    this.#running ??= this.#run()
  }

  /** Stops what is on its way. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(new ImrsError('closed', 'The router is closed'))
    await this.#running
    await this.#options.sink.close()
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (signal.aborted) return
      await this.#bring(next)
      // It may have been dropped meanwhile, since too many waited.
      if (this.#waiting[0] === next) this.#waiting.shift()
    }
    // In the same turn in which nothing waited.
    this.#running = undefined
  }

  async #bring(notice: AlertNotice): Promise<void> {
    const { runtime } = this.#options
    const { signal } = this.#closing
    for (let failures = 1; !signal.aborted; failures += 1) {
      const error = await this.#tried(notice)
      if (error === undefined || signal.aborted) return
      const isRefused = SinkError.is(error) && error.kind === 'refused'
      if (isRefused || failures >= MAX_TRIES) {
        this.#gaveUp(error)
        return
      }
      const retryAfterMs = SinkError.is(error) ? error.retryAfterMs : undefined
      const delayMs = retryDelayMs({ failures, retryAfterMs }, RETRY, runtime.random)
      await runtime.sleep(delayMs, signal, { isBackground: true }).catch(() => undefined)
    }
  }

  /** What it failed of; `undefined` when it is there. */
  async #tried(notice: AlertNotice): Promise<Error | undefined> {
    const { sink, secrets } = this.#options
    const { signal } = this.#closing
    try {
      const secret =
        sink.secret === undefined ? undefined : await secrets.read(sink.secret, { signal })
      await sink.deliver(notice, { secret, signal })
      return undefined
    } catch (error) {
      return error instanceof Error ? error : new Error('The sink failed', { cause: error })
    }
  }

  #gaveUp(error: Error): void {
    const { runtime, emit } = this.#options
    emit({ type: 'internal-failed', atMs: runtime.now(), part: 'alerts', error })
  }
}
