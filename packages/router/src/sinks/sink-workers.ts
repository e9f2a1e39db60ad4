import type { CallOptions, OutboxStatus, SetAsideChoice } from '@imrs/core'

import { SinkWorker } from './sink-worker.ts'
import type { SinkWorkerOptions } from './sink-worker.ts'
import type { SinkStatus, SinksApi } from './sinks-api.ts'

export interface SinkWorkersOptions extends Omit<SinkWorkerOptions, 'sink'> {
  readonly sinks: readonly SinkWorkerOptions['sink'][]
}

/** One worker for each sink, and what people see and do of them. */
export class SinkWorkers {
  /** The sinks that signals are kept for. */
  readonly names: readonly string[]
  readonly #options: SinkWorkersOptions
  readonly #workers: ReadonlyMap<string, SinkWorker>

  constructor(options: SinkWorkersOptions) {
    this.#options = options
    this.names = Object.freeze(options.sinks.map(({ name }) => name))
    this.#workers = new Map(
      options.sinks.map((sink) => [sink.name, new SinkWorker({ ...options, sink })]),
    )
  }

  start(): void {
    for (const worker of this.#workers.values()) worker.start()
  }

  /** A signal was recorded: it is delivered at once. */
  readonly wake = (): void => {
    for (const worker of this.#workers.values()) worker.wake()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers.values()].map((worker) => worker.close()))
  }

  get api(): SinksApi {
    const { outbox } = this.#options.store
    return Object.freeze<SinksApi>({
      status: (options) => this.#status(options),
      listSetAside: (query, options) => outbox.listSetAside(query, options),
      retry: (choice, options) => this.#retry(choice, options),
      discard: async (choice, options) => {
        const discarded = await outbox.discardSetAside(choice, options)
        this.#workers.get(choice.sink)?.wake()
        return discarded
      },
    })
  }

  async #status(options?: CallOptions): Promise<readonly SinkStatus[]> {
    const found = await this.#options.store.outbox.status(this.names, options)
    return found.map((status) => this.#toStatus(status))
  }

  #toStatus({ sink, pending, oldestAtMs, setAside, ...rest }: OutboxStatus): SinkStatus {
    const nowMs = this.#options.runtime.now()
    const { failureCount, failure, pausedUntilMs } = rest
    return {
      name: sink,
      isConfigured: this.#workers.has(sink),
      pending,
      ...(oldestAtMs === undefined ? {} : { oldestAgeMs: Math.max(0, nowMs - oldestAtMs) }),
      setAside,
      isDown: failureCount > 0,
      ...(failure === undefined ? {} : { failure }),
      ...(pausedUntilMs === undefined ? {} : { retryAtMs: pausedUntilMs }),
    }
  }

  async #retry(choice: SetAsideChoice, options?: CallOptions): Promise<number> {
    const { store, runtime } = this.#options
    const atMs = runtime.now()
    const retried = await store.outbox.retrySetAside({ ...choice, atMs }, options)
    await store.outbox.resume({ sink: choice.sink, atMs }, options)
    this.#workers.get(choice.sink)?.resume()
    return retried
  }
}
