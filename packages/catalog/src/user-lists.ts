import type { Model, Provider, ProviderAdapter, RouterEvent, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'
import { LRUCache } from 'lru-cache'

import { listTimer } from './list-timer.ts'
import { toModel } from './to-model.ts'
import type { ListReading } from './to-model.ts'
import { keyHash } from './user-keys.ts'

const MAX_LISTS = 200

export interface UserListsOptions {
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
  readonly reading: ListReading
  readonly listTtlMs: number
}

/** One user's view of a provider. */
export interface UserList {
  readonly models: readonly Model[]
  /** Why the list could not be read; redacted. */
  readonly error?: string | undefined
}

/** Lists as users' own keys show them: in memory only, under the hash of the key, never in the catalogue. */
export class UserLists {
  readonly #options: UserListsOptions
  readonly #lists: LRUCache<string, Promise<UserList>>

  constructor(options: UserListsOptions) {
    this.#options = options
    this.#lists = new LRUCache({
      max: MAX_LISTS,
      ttl: options.listTtlMs,
      ttlResolution: 0,
      // The library takes a start at 0 for none.
      perf: { now: () => options.runtime.monotonic() + 1 },
    })
  }

  /** Never rejects: a key that does not work shows nothing, and says why. */
  get(provider: Provider, key: string, connect: () => ProviderAdapter): Promise<UserList> {
    const name = `${provider.id}:${keyHash(key)}`
    const known = this.#lists.get(name)
    this.#told(known === undefined ? 'miss' : 'hit')
    if (known !== undefined) return known
    const reading = this.#read(provider, connect)
    this.#lists.set(name, reading)
    // What went wrong on our side is not kept; a key that shows nothing is an answer.
    reading.catch(() => this.#lists.delete(name))
    return reading
  }

  async #read(provider: Provider, connect: () => ProviderAdapter): Promise<UserList> {
    const { runtime, reading } = this.#options
    const known = { ...reading, providerId: provider.id, atMs: runtime.now() }
    const models = new Map<string, Model>()
    const told = listTimer(this.#options, provider.id)
    try {
      for await (const page of connect().listModels()) {
        for (const model of page.models.map((listed) => toModel(listed, known))) {
          models.set(model.id, models.get(model.id) ?? model)
        }
      }
    } catch (error) {
      if (!ProviderError.is(error)) throw error
      told(error)
      return { models: [], error: error.message }
    }
    told()
    return { models: [...models.values()] }
  }

  #told(result: 'hit' | 'miss'): void {
    const { runtime, emit } = this.#options
    emit({ type: 'cache-read', atMs: runtime.now(), cache: 'user-lists', result })
  }
}
