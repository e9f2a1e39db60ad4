import type { CacheReadEvent, Model, ModelsResponse, Provider } from '@imrs/core'
import { ImrsError, assertEventNumber } from '@imrs/core'

import { credentialOrReason } from './catalog-parts.ts'
import type { CatalogParts } from './catalog-parts.ts'
import { editModels } from './edit-models.ts'
import { syncAll, withCredential } from './list-refresh.ts'
import { listedLater } from './listed-later.ts'
import type { ProviderView } from './model-status.ts'
import type { ModelsApi } from './models-contract.ts'
import { toModelsResponse } from './models-response.ts'
import { resolveModel } from './resolve-model.ts'
import { catalogVersion, createResponseMemo } from './response-memo.ts'
import type { ResponseMemo } from './response-memo.ts'
import type { UserKeyOptions } from './user-keys.ts'
import { userModels } from './user-models.ts'
import type { UserModels } from './user-models.ts'

export function modelsApi(parts: CatalogParts): ModelsApi {
  const memo = createResponseMemo()
  return {
    ...editModels(parts),
    aliases: (options) => parts.store.models.listAliases(options),
    events: async (query, options) => {
      assertEventNumber('sinceSeq', query?.sinceSeq)
      assertEventNumber('beforeSeq', query?.beforeSeq)
      return parts.store.models.listEvents(query, options)
    },
    list: (query, options) => parts.store.models.list(query, options),
    get: async (modelId, options) => {
      const model = await parts.store.models.get(modelId, options)
      if (model !== undefined) return model
      throw new ImrsError('not-found', `There is no model ${JSON.stringify(modelId)}.`)
    },
    resolve: (name, options) => resolveModel(parts.store, name, options),
    response: (request, options) =>
      modelsResponse({ ...parts, memo }, request?.force ?? false, options),
  }
}

async function modelsResponse(
  parts: CatalogParts & { readonly memo: ResponseMemo },
  force: boolean,
  options?: UserKeyOptions,
): Promise<ModelsResponse> {
  const users = await userModels(parts, options)
  if (force) await syncAll(parts, await parts.store.providers.list(options), options)
  const version = await catalogVersion(parts)
  const providers = await parts.store.providers.list(options)
  const usable = await withCredential(parts, providers, options)
  countReads(parts, usable, force)
  if (!force) parts.scheduler.refreshStale(usable)
  const views = await Promise.all(providers.map((provider) => viewOf(parts, provider, options)))
  const atMs = parts.runtime.now()
  const make = async (): Promise<ModelsResponse> => {
    const stored = await parts.store.models.listRoutable({}, options)
    return toModelsResponse({
      models: sorted([...stored, ...users.models]),
      addedAtMs: await listedLater(parts, stored, options),
      providers: views.map((view) => withUserError(view, users)),
      atMs,
      cacheHit: !force,
      userProvidedKeys: users.providerIds,
    })
  }
  // What a key of the caller's own shows, or was asked for anew, is for nobody else.
  const isOwn = force || options?.userKeys !== undefined
  return isOwn ? make() : parts.memo.get({ version, providers: views, atMs }, make)
}

/** One look at the cache for each list that the response is made of. */
function countReads(
  { emit, runtime, scheduler }: CatalogParts,
  usable: readonly Provider[],
  force: boolean,
): void {
  for (const provider of usable) {
    if (!provider.isActive) continue
    const result: CacheReadEvent['result'] = force || scheduler.isStale(provider) ? 'miss' : 'hit'
    emit({ type: 'cache-read', atMs: runtime.now(), cache: 'lists', result })
  }
}

function withUserError(view: ProviderView, { errors }: UserModels): ProviderView {
  const staleBecause = errors.get(view.provider.id)
  return staleBecause === undefined ? view : { ...view, staleBecause }
}

async function viewOf(
  parts: CatalogParts,
  provider: Provider,
  options?: UserKeyOptions,
): Promise<ProviderView> {
  const credential = await credentialOrReason(parts, provider, options)
  const state = parts.tracker.stateOf(provider.id)
  const staleBecause = parts.scheduler.failureOf(provider.id)?.message
  return { provider, credential, state, staleBecause }
}

function sorted(models: readonly Model[]): readonly Model[] {
  return [...models].sort((left, right) => (left.id < right.id ? -1 : 1))
}
