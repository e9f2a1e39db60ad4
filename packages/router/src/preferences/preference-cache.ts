import type {
  CallOptions,
  ModelSelection,
  Preference,
  PreferenceKey,
  RouterEvent,
  Runtime,
  Store,
} from '@imrs/core'
import { LRUCache } from 'lru-cache'

const MAX_OWNERS = 10_000

/** A choice made in another process is seen after this long. */
const TTL_MS = 1000

export interface PreferenceCacheOptions {
  readonly store: Store
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
}

/** Preferences of the users seen last. What this process writes, its next read sees. */
export class PreferenceCache {
  readonly #store: Store
  readonly #runtime: Runtime
  readonly #emit: (event: RouterEvent) => void
  readonly #cache: LRUCache<string, { readonly preference: Preference | undefined }>
  /** Raised by every write: what was being read then may be older, and is not kept. */
  #generation = 0

  constructor({ store, runtime, emit }: PreferenceCacheOptions) {
    this.#store = store
    this.#runtime = runtime
    this.#emit = emit
    this.#cache = new LRUCache({
      max: MAX_OWNERS,
      ttl: TTL_MS,
      // The library takes a start at 0 for none.
      perf: { now: () => runtime.monotonic() + 1 },
      ttlResolution: 0,
    })
  }

  async get(key: PreferenceKey, options?: CallOptions): Promise<Preference | undefined> {
    const name = nameOf(key)
    const cached = this.#cache.get(name)
    const result = cached === undefined ? 'miss' : 'hit'
    this.#emit({ type: 'cache-read', atMs: this.#runtime.now(), cache: 'preferences', result })
    if (cached !== undefined) return cached.preference
    const generation = this.#generation
    const preference = await this.#store.preferences.get(key, options)
    if (generation === this.#generation) this.#cache.set(name, { preference })
    return preference
  }

  async putSelection(
    key: PreferenceKey,
    selection: ModelSelection,
    options?: CallOptions,
  ): Promise<void> {
    await this.#store.preferences.putSelection(key, selection, options)
    this.#forget(key)
  }

  /** Writes only what differs from what is known. */
  async putLastValid(key: PreferenceKey, selection: ModelSelection): Promise<void> {
    const known = await this.get(key)
    if (known?.lastValid?.modelId === selection.modelId) return
    await this.#store.preferences.putLastValid(key, selection)
    this.#forget(key)
  }

  #forget(key: PreferenceKey): void {
    this.#generation += 1
    this.#cache.delete(nameOf(key))
  }
}

function nameOf({ tenantId, userId }: PreferenceKey): string {
  return JSON.stringify([tenantId, userId])
}
