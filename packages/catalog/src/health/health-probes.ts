import type {
  CallOptions,
  FailureKind,
  Provider,
  ProviderHealth,
  RouterEvent,
  Runtime,
} from '@imrs/core'
import { ProviderError } from '@imrs/core'

import type { Connections } from '../connections.ts'
import type { HealthTracker } from './health-tracker.ts'

export interface HealthProbesOptions {
  readonly connections: Connections
  readonly tracker: HealthTracker
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
  /** How long an answer is taken for granted, milliseconds. */
  readonly healthTtlMs: number
}

/** Asks providers how they are, by the question that checks a key and costs nothing. */
export class HealthProbes {
  readonly #options: HealthProbesOptions
  readonly #askedAtMs = new Map<string, number>()
  readonly #running = new Map<string, Promise<void>>()

  constructor(options: HealthProbesOptions) {
    this.#options = options
  }

  async check(provider: Provider, options?: CallOptions): Promise<ProviderHealth> {
    const { runtime, tracker, healthTtlMs, emit } = this.#options
    const asked = this.#askedAtMs.get(provider.id)
    const isKnown = asked !== undefined && runtime.now() - asked < healthTtlMs
    const result = isKnown ? 'hit' : 'miss'
    emit({ type: 'cache-read', atMs: runtime.now(), cache: 'health', result })
    if (!isKnown) await this.#ask(provider)
    options?.signal?.throwIfAborted()
    return tracker.healthOf(provider.id)
  }

  #ask(provider: Provider): Promise<void> {
    const running = this.#running.get(provider.id)
    if (running !== undefined) return running
    const question = this.#probe(provider).finally(() => this.#running.delete(provider.id))
    this.#running.set(provider.id, question)
    return question
  }

  async #probe(provider: Provider): Promise<void> {
    const { connections, tracker, runtime } = this.#options
    const { adapter } = await connections.connect(provider)
    const startedAt = runtime.monotonic()
    const told = (failureKind?: FailureKind): void =>
      this.#told(provider.id, runtime.monotonic() - startedAt, failureKind)
    try {
      await adapter.checkCredential()
      tracker.succeeded(provider.id)
      told()
    } catch (error) {
      if (!ProviderError.is(error)) throw error
      tracker.failed(provider.id, error.failure)
      told(error.failure.kind)
    }
    this.#askedAtMs.set(provider.id, runtime.now())
  }

  #told(providerId: string, durationMs: number, failureKind: FailureKind | undefined): void {
    const { runtime, emit } = this.#options
    emit({
      type: 'health-checked',
      atMs: runtime.now(),
      providerId,
      outcome: failureKind === undefined ? 'ok' : 'failed',
      ...(failureKind === undefined ? {} : { failureKind }),
      durationMs,
    })
  }
}
