import type { CallOptions, Provider, ProviderHealth, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import type { Connections } from '../connections.ts'
import type { HealthTracker } from './health-tracker.ts'

export interface HealthProbesOptions {
  readonly connections: Connections
  readonly tracker: HealthTracker
  readonly runtime: Runtime
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
    const { runtime, tracker, healthTtlMs } = this.#options
    const asked = this.#askedAtMs.get(provider.id)
    if (asked === undefined || runtime.now() - asked >= healthTtlMs) await this.#ask(provider)
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
    try {
      await adapter.checkCredential()
      tracker.succeeded(provider.id)
    } catch (error) {
      if (!ProviderError.is(error)) throw error
      tracker.failed(provider.id, error.failure)
    }
    this.#askedAtMs.set(provider.id, runtime.now())
  }
}
