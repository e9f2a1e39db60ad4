import type { Model, Provider } from '@imrs/core'

import { credentialOrReason } from './catalog-parts.ts'
import type { CatalogParts } from './catalog-parts.ts'
import { assertUserKeys } from './user-keys.ts'
import type { UserKeyOptions } from './user-keys.ts'

/** What the caller's own keys show. */
export interface UserModels {
  /** Chat models that the catalogue does not have. */
  readonly models: readonly Model[]
  /** Providers for which the caller's key is used, since the host has none. */
  readonly providerIds: readonly string[]
  /** Why a list could not be read, by provider. */
  readonly errors: ReadonlyMap<string, string>
}

const NOTHING: UserModels = { models: [], providerIds: [], errors: new Map() }

/** Reads lists with the caller's keys where the host has none, all at once. */
export async function userModels(
  parts: CatalogParts,
  options?: UserKeyOptions,
): Promise<UserModels> {
  const { userKeys } = options ?? {}
  if (userKeys === undefined) return NOTHING
  assertUserKeys(userKeys, parts.allowUserKeys)
  const providers = await providersOfUser(parts, options)
  const lists = await Promise.all(
    providers.map((provider) => {
      const key = userKeys[provider.id] ?? ''
      const connect = () => parts.connections.connectWith(provider, key)
      return parts.userLists.get(provider, key, connect)
    }),
  )
  options?.signal?.throwIfAborted()
  const listed = lists
    .flatMap(({ models }) => models)
    .filter(({ modelType }) => modelType === 'chat')
  const errors = providers.flatMap(({ id }, index) => {
    const error = lists[index]?.error
    return error === undefined ? [] : [[id, error] as const]
  })
  return {
    models: await unknownAmong(parts, listed),
    providerIds: providers.map(({ id }) => id),
    errors: new Map(errors),
  }
}

async function providersOfUser(
  parts: CatalogParts,
  options: UserKeyOptions | undefined,
): Promise<readonly Provider[]> {
  const all = await parts.store.providers.list(options)
  const named = all.filter(({ id, isActive }) => isActive && options?.userKeys?.[id] !== undefined)
  const credentials = await Promise.all(
    named.map((provider) => credentialOrReason(parts, provider, options)),
  )
  return named.filter((_, index) => credentials[index]?.isUsers === true)
}

async function unknownAmong(
  { store }: CatalogParts,
  listed: readonly Model[],
): Promise<readonly Model[]> {
  if (listed.length === 0) return []
  const known = await store.models.listRoutable({ modelIds: listed.map(({ id }) => id) })
  const ids = new Set(known.map(({ id }) => id))
  return listed.filter(({ id }) => !ids.has(id))
}
