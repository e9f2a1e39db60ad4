import type { CallOptions, Model, ModelsResponse, Provider } from '@imrs/core'
import { ImrsError } from '@imrs/core'

import { credentialOrReason } from './catalog-parts.ts'
import type { CatalogParts } from './catalog-parts.ts'
import type { ModelsApi } from './catalog.ts'
import { editModels } from './edit-models.ts'
import { syncAll, withCredential } from './list-refresh.ts'
import type { ProviderView } from './model-status.ts'
import { toModelsResponse } from './models-response.ts'
import { resolveModel } from './resolve-model.ts'

export function modelsApi(parts: CatalogParts): ModelsApi {
  return {
    ...editModels(parts),
    events: (query, options) => parts.store.models.listEvents(query, options),
    list: (query, options) => parts.store.models.list(query, options),
    get: async (modelId, options) => {
      const model = await parts.store.models.get(modelId, options)
      if (model !== undefined) return model
      throw new ImrsError('not-found', `There is no model ${JSON.stringify(modelId)}.`)
    },
    resolve: (name, options) => resolveModel(parts.store, name, options),
    response: (request, options) => modelsResponse(parts, request?.force ?? false, options),
  }
}

async function modelsResponse(
  parts: CatalogParts,
  force: boolean,
  options?: CallOptions,
): Promise<ModelsResponse> {
  if (force) await syncAll(parts, await parts.store.providers.list(options), options)
  const providers = await parts.store.providers.list(options)
  if (!force) parts.scheduler.refreshStale(await withCredential(parts, providers, options))
  const [models, views] = await Promise.all([
    parts.store.models.listRoutable({}, options),
    Promise.all(providers.map((provider) => viewOf(parts, provider, options))),
  ])
  const atMs = parts.runtime.now()
  return toModelsResponse({ models: sorted(models), providers: views, atMs, cacheHit: !force })
}

async function viewOf(
  parts: CatalogParts,
  provider: Provider,
  options?: CallOptions,
): Promise<ProviderView> {
  const credential = await credentialOrReason(parts, provider, options)
  const state = parts.tracker.stateOf(provider.id)
  const staleBecause = parts.scheduler.failureOf(provider.id)?.message
  return { provider, credential, state, staleBecause }
}

function sorted(models: readonly Model[]): readonly Model[] {
  return [...models].sort((left, right) => (left.id < right.id ? -1 : 1))
}
