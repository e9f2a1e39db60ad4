import { API_KEYS_TOPIC, ImrsError } from '@imrs/core'
import type { ApiKey, CallOptions, Runtime, Store } from '@imrs/core'

import type { Copies } from '../processes/change-hub.ts'

/** How old the knowledge that no key was revoked may be; a look at one version, for all keys together. */
const RECHECK_MS = 500
/** How long a row is taken for granted, and how long while the store cannot be asked. */
const KEEP_MS = 60_000
/** The keys used longest ago go first. */
const MOST_KEYS = 10_000

interface KeptKey {
  readonly key: ApiKey
  readonly readAtMs: number
}

export interface KeyCacheOptions {
  readonly store: Pick<Store, 'apiKeys' | 'changes'>
  readonly runtime: Pick<Runtime, 'monotonic'>
}

/** Rows of keys that were used lately. Bounded in number and time; emptied by every revocation. */
export class KeyCache {
  readonly #options: KeyCacheOptions
  /** In the order of their last use. */
  readonly #kept = new Map<string, KeptKey>()
  #version: number | undefined
  #checkedAtMs = -Infinity
  #failedAtMs = -Infinity
  #checking: Promise<void> | undefined
  /** Raised when the rows are dropped: what was being read then is not kept. */
  #generation = 0

  constructor(options: KeyCacheOptions) {
    this.#options = options
  }

  /** What the rows were read under, for whoever watches the store. */
  readonly copies: Copies = {
    topics: () => [API_KEYS_TOPIC],
    versionOf: (topic) => (topic === API_KEYS_TOPIC ? this.#version : undefined),
    moved: () => this.drop(),
  }

  /** The row of a key. @throws ImrsError `store-unavailable` when nothing is known of it. */
  async get(id: string, options?: CallOptions): Promise<ApiKey | undefined> {
    const isChecked = await this.#isChecked()
    options?.signal?.throwIfAborted()
    const now = this.#options.runtime.monotonic()
    const kept = this.#kept.get(id)
    if (kept !== undefined && now - kept.readAtMs < KEEP_MS) {
      this.#keep(id, kept)
      return kept.key
    }
    if (!isChecked) {
      throw new ImrsError(
        'store-unavailable',
        'The key cannot be checked at the moment. Try again shortly.',
      )
    }
    return this.#read(id, options)
  }

  /** Nothing that was read before is believed any more. */
  drop(): void {
    this.#generation += 1
    this.#kept.clear()
    this.#checkedAtMs = -Infinity
  }

  async #read(id: string, options: CallOptions | undefined): Promise<ApiKey | undefined> {
    const { store, runtime } = this.#options
    const generation = this.#generation
    const readAtMs = runtime.monotonic()
    const key = await store.apiKeys.get(id, options)
    // Ids that somebody makes up take no place.
    if (key !== undefined && generation === this.#generation) this.#keep(id, { key, readAtMs })
    return key
  }

  #keep(id: string, kept: KeptKey): void {
    this.#kept.delete(id)
    this.#kept.set(id, kept)
    if (this.#kept.size <= MOST_KEYS) return
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined) this.#kept.delete(oldest)
  }

  /** `false` when the store could not be asked; then rows count until they are too old. */
  async #isChecked(): Promise<boolean> {
    const now = this.#options.runtime.monotonic()
    if (now - this.#checkedAtMs < RECHECK_MS) return true
    // A store that is down is not waited for by every call.
    if (now - this.#failedAtMs < RECHECK_MS) return false
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined
    })
    try {
      await this.#checking
      return true
    } catch {
      this.#failedAtMs = this.#options.runtime.monotonic()
      return false
    }
  }

  async #check(): Promise<void> {
    const { store, runtime } = this.#options
    const askedAtMs = runtime.monotonic()
    const [version = 0] = await store.changes.versions([API_KEYS_TOPIC])
    if (version !== this.#version) this.drop()
    this.#version = version
    this.#checkedAtMs = askedAtMs
  }
}
