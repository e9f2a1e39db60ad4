import { HEALTH_HINTS_TOPIC, MAX_HEALTH_HINTS } from '@imrs/core'
import type { HealthHint, RouterEvent, Runtime, Store } from '@imrs/core'

import type { BreakerReport, Breakers } from '../attempt/breaker/breakers.ts'
import type { Copies } from './change-hub.ts'

export interface SharedHintsOptions {
  readonly store: Pick<Store, 'coordination' | 'changes'>
  readonly runtime: Pick<Runtime, 'now' | 'monotonic'>
  readonly emit: (event: RouterEvent) => void
  /** Which of the host's keys is in use, by its hash. */
  readonly credentialIdOf: (providerId: string) => string | undefined
}

/** How often the store is asked, while there are requests, whether another process told something. */
const RECHECK_MS = 1_000

/**
 * Tells the other processes of breakers that open here, and opens those here that others tell of, until
 * the same time; from then on each process finds out for itself. Behind the scenes: no request waits.
 *
 * Only of the host's own keys: what a user's key meets concerns nobody else, and leaves no trace.
 */
export class SharedHints implements Copies {
  readonly #options: SharedHintsOptions
  readonly #waiting = new Map<string, HealthHint>()
  #breakers: Pick<Breakers, 'learn'> | undefined
  #version: number | undefined
  #checkedAt = 0
  #telling: Promise<void> | undefined
  #reading: Promise<void> | undefined
  #isReadAgain = false
  #isClosed = false

  constructor(options: SharedHintsOptions) {
    this.#options = options
  }

  /** Takes over what other processes know. Never rejects: what cannot be read is read later. */
  async start(breakers: Pick<Breakers, 'learn'>): Promise<void> {
    this.#breakers = breakers
    await this.#read()
  }

  /** Tells that a breaker opened, soon. */
  tell({ providerId, credentialId, modelId, state }: BreakerReport): void {
    const isHosts = this.#options.credentialIdOf(providerId) === credentialId
    if (state.kind !== 'open' || !isHosts || this.#isClosed) return
    const { failureKind, openings, untilMs: openUntilMs } = state
    const key = JSON.stringify([providerId, credentialId, modelId])
    if (!this.#waiting.has(key) && this.#waiting.size >= MAX_HEALTH_HINTS) return
    const of = { providerId, credentialId, modelId }
    this.#waiting.set(key, { ...of, failureKind, openings, openUntilMs })
    this.#telling ??= this.#tellAll().finally(() => {
      this.#telling = undefined
    })
  }

  topics(): readonly string[] {
    return this.#version === undefined ? [] : [HEALTH_HINTS_TOPIC]
  }

  versionOf(topic: string): number | undefined {
    return topic === HEALTH_HINTS_TOPIC ? this.#version : undefined
  }

  moved(): void {
    void this.#read()
  }

  /** Asks the store once in a while, for one that tells nothing by itself. Makes nobody wait. */
  recheck(): void {
    const now = this.#options.runtime.monotonic()
    if (this.#isClosed || this.#breakers === undefined || now - this.#checkedAt < RECHECK_MS) return
    this.#checkedAt = now
    void this.#check()
  }

  /** Waits for what is under way. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([this.#telling, this.#reading])
  }

  async #tellAll(): Promise<void> {
    // Not in the turn of the call that failed: others may fail in it too, and go together.
    await Promise.resolve()
    while (this.#waiting.size > 0) {
      const hints = [...this.#waiting.values()]
      this.#waiting.clear()
      try {
        const { store, runtime } = this.#options
        await store.coordination.putHints({ hints, atMs: runtime.now() })
      } catch (error) {
        // Others find out for themselves.
        this.#report(error)
      }
    }
  }

  async #check(): Promise<void> {
    try {
      const [version] = await this.#options.store.changes.versions([HEALTH_HINTS_TOPIC])
      if (version !== this.#version) await this.#read()
    } catch (error) {
      this.#report(error)
    }
  }

  /** One reading at a time; what changed during one is read again. */
  async #read(): Promise<void> {
    this.#isReadAgain = true
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined
    })
    await this.#reading
  }

  async #readOn(): Promise<void> {
    const { store, runtime } = this.#options
    try {
      while (this.#isReadAgain && !this.#isClosed) {
        this.#isReadAgain = false
        // The version first: a change that comes in between is seen as newer, and read again.
        const [version = 0] = await store.changes.versions([HEALTH_HINTS_TOPIC])
        const hints = await store.coordination.listHints({ atMs: runtime.now() })
        this.#version = version
        this.#breakers?.learn(hints)
      }
    } catch (error) {
      this.#report(error)
    }
  }

  #report(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const { runtime, emit } = this.#options
    emit({ type: 'internal-failed', atMs: runtime.now(), part: 'hints', error })
  }
}
