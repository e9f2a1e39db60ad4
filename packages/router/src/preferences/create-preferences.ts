import type { CatalogHandle } from '@imrs/catalog'
import type { CallOptions, PreferenceKey, RouterEvent, Runtime } from '@imrs/core'
import { AUTO_MODEL, DEFAULT_TENANT_ID, assertHostId, presetName } from '@imrs/core'

import { wishFor } from '../plan/wish.ts'
import { unknownPreset } from '../presets/find-preset.ts'
import type { PresetApi } from '../presets/preset-api.ts'
import type { PreferenceApi, PreferenceOwner, SelectModel } from './preference-api.ts'
import type { PreferenceCache } from './preference-cache.ts'
import type { HashUser } from './user-hash.ts'

export interface PreferencesOptions {
  readonly cache: PreferenceCache
  readonly catalog: CatalogHandle
  readonly presets: Pick<PresetApi, 'list'>
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
  /** Default: events say nothing of users. */
  readonly hashUser?: HashUser | undefined
}

export function createPreferences(options: PreferencesOptions): PreferenceApi {
  const { cache, runtime, emit, hashUser } = options
  return {
    get: async (owner, call) => (await cache.get(toKey(owner), call))?.selection,
    set: async (request, call) => {
      const key = toKey(request)
      const modelId = await choiceOf(options, { ...request, ...key }, call)
      const selection = { modelId, atMs: runtime.now() }
      await cache.putSelection(key, selection, call)
      emit({
        type: 'selection-changed',
        atMs: selection.atMs,
        tenantId: key.tenantId,
        modelId,
        ...(hashUser === undefined ? {} : { userHash: hashUser(key) }),
      })
      return selection
    },
  }
}

/** What is stored of a choice: `auto`, `preset:<id>`, or the id of a model. */
async function choiceOf(
  { catalog, presets }: PreferencesOptions,
  { model, provider, tenantId }: SelectModel,
  call?: CallOptions,
): Promise<string> {
  const wish = wishFor(model, provider, 'explicit')
  if (wish.kind === 'auto') return AUTO_MODEL
  if (wish.kind === 'model') return (await catalog.resolve({ model, provider }, call)).model.id
  const known = (await presets.list({ tenantId }, call)).map(({ id }) => id)
  if (!known.includes(wish.presetId)) throw unknownPreset(wish.presetId, known)
  return presetName(wish.presetId)
}

function toKey(owner: PreferenceOwner): PreferenceKey {
  const tenantId = owner.tenantId ?? DEFAULT_TENANT_ID
  assertHostId('tenantId', tenantId)
  assertHostId('userId', owner.userId)
  return { tenantId, userId: owner.userId }
}
