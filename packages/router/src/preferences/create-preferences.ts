import type { CatalogHandle } from '@imrs/catalog'
import type { PreferenceKey, RouterEvent, Runtime } from '@imrs/core'
import { AUTO_MODEL, DEFAULT_TENANT_ID, ImrsError, assertHostId } from '@imrs/core'

import type { PreferenceApi, PreferenceOwner, SelectModel } from './preference-api.ts'
import type { PreferenceCache } from './preference-cache.ts'

export interface PreferencesOptions {
  readonly cache: PreferenceCache
  readonly catalog: CatalogHandle
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
}

export function createPreferences(options: PreferencesOptions): PreferenceApi {
  const { cache, catalog, runtime, emit } = options
  return {
    get: async (owner, call) => (await cache.get(toKey(owner), call))?.selection,
    set: async (request, call) => {
      const key = toKey(request)
      const modelId = isAuto(request) ? AUTO_MODEL : (await catalog.resolve(request, call)).model.id
      const selection = { modelId, atMs: runtime.now() }
      await cache.putSelection(key, selection, call)
      emit({ type: 'selection-changed', atMs: selection.atMs, tenantId: key.tenantId, modelId })
      return selection
    },
  }
}

function isAuto(request: SelectModel): boolean {
  if (request.model !== AUTO_MODEL) return false
  if (request.provider === undefined) return true
  throw new ImrsError('invalid-request', '`provider` cannot be given with the model "auto"', {
    field: 'provider',
  })
}

function toKey(owner: PreferenceOwner): PreferenceKey {
  const tenantId = owner.tenantId ?? DEFAULT_TENANT_ID
  assertHostId('tenantId', tenantId)
  assertHostId('userId', owner.userId)
  return { tenantId, userId: owner.userId }
}
