import type { CatalogHandle } from '@imrs/catalog'
import type {
  CallOptions,
  Preset,
  PresetDefinition,
  PresetModels,
  Runtime,
  Store,
} from '@imrs/core'
import {
  BUILT_IN_PRESETS,
  DEFAULT_TENANT_ID,
  ImrsError,
  assertHostId,
  parseBody,
  presetSchema,
} from '@imrs/core'

import { unknownPreset } from './find-preset.ts'
import type { PresetApi, PresetInfo, RemovePreset, SetPreset } from './preset-api.ts'
import { PresetBook } from './preset-book.ts'

export interface PresetsOptions {
  readonly store: Pick<Store, 'presets'>
  readonly catalog: Pick<CatalogHandle, 'resolve'>
  readonly runtime: Pick<Runtime, 'now'>
  /** Called after a change was stored. */
  readonly onChange: (tenantId: string) => void
}

export function createPresets(options: PresetsOptions): PresetApi {
  return {
    list: async (query, call) => listAll(options, tenantOf(query?.tenantId), call),
    get: async ({ id, tenantId }, call) => {
      const all = await listAll(options, tenantOf(tenantId), call)
      return all.find((preset) => preset.id === id)
    },
    set: (request, call) => set(options, request, call),
    remove: (request, call) => remove(options, request, call),
  }
}

function tenantOf(tenantId: string = DEFAULT_TENANT_ID): string {
  assertHostId('tenantId', tenantId)
  return tenantId
}

async function listAll(
  { store }: PresetsOptions,
  tenantId: string,
  call?: CallOptions,
): Promise<readonly PresetInfo[]> {
  const stored = await store.presets.list(tenantId, call)
  const owned = new Set<PresetDefinition>(stored)
  return new PresetBook(stored).presets.map((preset) => ({
    ...preset,
    tenantId,
    isBuiltIn: !owned.has(preset),
  }))
}

async function set(
  options: PresetsOptions,
  { by, choice = { order: 'agent' }, displayName, ...request }: SetPreset,
  call?: CallOptions,
): Promise<PresetInfo> {
  const { store, runtime, onChange } = options
  const atMs = runtime.now()
  const given = parseBody(presetSchema, {
    ...request,
    tenantId: request.tenantId ?? DEFAULT_TENANT_ID,
    displayName: displayName ?? request.id,
    choice,
    updatedBy: by,
    updatedAtMs: atMs,
  })
  const models = await withIds(options, given.models, call)
  const preset: Preset = Object.freeze({ ...given, models })
  await store.presets.put(preset, { ...call, audit: { by, atMs } })
  onChange(preset.tenantId)
  return { ...preset, isBuiltIn: false }
}

/** The same models by their ids, each once. */
async function withIds(
  { catalog }: PresetsOptions,
  models: PresetModels,
  call?: CallOptions,
): Promise<PresetModels> {
  if ('filter' in models) return models
  const modelIds = new Set<string>()
  for (const name of models.modelIds) {
    modelIds.add((await catalog.resolve({ model: name }, call)).model.id)
  }
  return { modelIds: [...modelIds] }
}

async function remove(
  options: PresetsOptions,
  { id, by, ...reference }: RemovePreset,
  call?: CallOptions,
): Promise<void> {
  const { store, runtime, onChange } = options
  const tenantId = tenantOf(reference.tenantId)
  const audit = { by, atMs: runtime.now() }
  if (await store.presets.delete({ tenantId, id }, { ...call, audit })) return onChange(tenantId)
  if (BUILT_IN_PRESETS.some((preset) => preset.id === id)) {
    throw new ImrsError(
      'read-only',
      `The preset ${JSON.stringify(id)} is built in and cannot be removed. Set one of the same id to take its place.`,
      { field: 'id' },
    )
  }
  const known = await listAll(options, tenantId, call)
  throw unknownPreset(
    id,
    known.map((preset) => preset.id),
  )
}
