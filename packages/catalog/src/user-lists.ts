import type { Model, Provider, ProviderAdapter, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'
import { LRUCache } from 'lru-cache'

import { toModel } from './to-model.ts'
import type { ListReading } from './to-model.ts'
import { keyHash } from './user-keys.ts'

const MAX_LISTS = 200

export interface UserListsOptions {
  readonly runtime: Runtime
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
    try {
      for await (const page of connect().listModels()) {
        for (const model of page.models.map((listed) => toModel(listed, known))) {
          models.set(model.id, models.get(model.id) ?? model)
        }
      }
    } catch (error) {
      if (!ProviderError.is(error)) throw error
      return { models: [], error: error.message }
    }
    return { models: [...models.values()] }
  }
}
