import type { CatalogHandle } from '@imrs/catalog'
import type {
  CallOptions,
  Model,
  ModelParameterSupport,
  ParameterDefaults,
  ParameterDefaultsKey,
  Runtime,
  Store,
} from '@imrs/core'
import {
  DEFAULT_TENANT_ID,
  ImrsError,
  assertHostId,
  modelParametersOf,
  parameterDefaultsSchema,
  parameterSupportOf,
  parseBody,
} from '@imrs/core'

import { assertProviderOptions, assertTaken } from './assert-parameters.ts'
import type {
  ParameterApi,
  ParameterListQuery,
  ParameterReference,
  RemoveParameters,
  SetParameters,
} from './parameter-api.ts'
import { UNKNOWN_PROVIDER } from './parameter-profile.ts'

export interface ParametersOptions {
  readonly store: Pick<Store, 'parameters' | 'providers'>
  readonly catalog: Pick<CatalogHandle, 'resolve'>
  readonly runtime: Runtime
  /** Called after a change was stored. */
  readonly onChange: (key: ParameterDefaultsKey) => void
}

export function createParameters(options: ParametersOptions): ParameterApi {
  const { store, catalog } = options
  return {
    set: (request, call) => set(options, request, call),
    get: async (reference, call) => stored(options, reference, call),
    list: async (query, call) => store.parameters.list(toQuery(query ?? {}), call),
    remove: (request, call) => remove(options, request, call),
    supportOf: async (modelId, call) => {
      const { model } = await catalog.resolve({ model: modelId }, call)
      return supportOf(options, model, call)
    },
  }
}

async function set(
  options: ParametersOptions,
  { by, parameters, ...reference }: SetParameters,
  call?: CallOptions,
): Promise<ParameterDefaults> {
  const { store, catalog, runtime, onChange } = options
  const atMs = runtime.now()
  const given = parseBody(parameterDefaultsSchema, {
    tenantId: DEFAULT_TENANT_ID,
    ...withoutUndefined(reference),
    parameters,
    updatedBy: by,
    updatedAtMs: atMs,
  })
  const model =
    given.modelId === undefined
      ? undefined
      : (await catalog.resolve({ model: given.modelId }, call)).model
  const known = modelParametersOf(given.parameters)
  assertProviderOptions(known, { model, providers: await store.providers.list(call) })
  if (model !== undefined) {
    assertTaken(known, { model, support: await supportOf(options, model, call) })
  }
  const defaults: ParameterDefaults = Object.freeze({
    ...withoutUndefined({ ...given, modelId: model?.id }),
    parameters: known,
  })
  await store.parameters.put(defaults, { ...call, audit: { by, atMs } })
  onChange(defaults)
  return defaults
}

async function remove(
  options: ParametersOptions,
  { by, ...reference }: RemoveParameters,
  call?: CallOptions,
): Promise<void> {
  const { store, runtime, onChange } = options
  const found = await stored(options, reference, call)
  const audit = { by, atMs: runtime.now() }
  if (found === undefined || !(await store.parameters.delete(found, { ...call, audit }))) {
    throw new ImrsError('not-found', `There are no defaults of ${subjectOf(reference)}.`)
  }
  onChange(found)
}

/** By the id it was stored under, which may no longer be known, else by what that means now. */
async function stored(
  { store, catalog }: ParametersOptions,
  { tenantId = DEFAULT_TENANT_ID, agentId, modelId }: ParameterReference,
  call?: CallOptions,
): Promise<ParameterDefaults | undefined> {
  const key = { ...toQuery({ tenantId, agentId }), modelId }
  if ((agentId === undefined && modelId === undefined) || modelId === '') {
    const message = '`modelId` must be given where `agentId` is not, and not be empty'
    throw new ImrsError('invalid-request', message, { field: 'modelId' })
  }
  const exact = await store.parameters.get(key, call)
  if (exact !== undefined || modelId === undefined) return exact
  const meant = await modelMeant(catalog, modelId, call)
  return meant === undefined ? undefined : store.parameters.get({ ...key, modelId: meant.id }, call)
}

async function modelMeant(
  catalog: ParametersOptions['catalog'],
  modelId: string,
  call?: CallOptions,
): Promise<Model | undefined> {
  try {
    return (await catalog.resolve({ model: modelId }, call)).model
  } catch (error) {
    if (ImrsError.is(error) && error.code === 'unknown-model') return undefined
    throw error
  }
}

async function supportOf(
  { store }: ParametersOptions,
  model: Model,
  call?: CallOptions,
): Promise<ModelParameterSupport> {
  const provider = await store.providers.get(model.providerId, call)
  return parameterSupportOf(model, provider ?? UNKNOWN_PROVIDER)
}

function toQuery({ tenantId = DEFAULT_TENANT_ID, agentId }: ParameterListQuery): {
  readonly tenantId: string
  readonly agentId?: string | undefined
} {
  assertHostId('tenantId', tenantId)
  if (agentId !== undefined) assertHostId('agentId', agentId)
  return { tenantId, agentId }
}

function subjectOf({ agentId, modelId }: ParameterReference): string {
  const agent = agentId === undefined ? [] : [`agent ${JSON.stringify(agentId)}`]
  const model = modelId === undefined ? [] : [`model ${JSON.stringify(modelId)}`]
  return [...agent, ...model].join(' and ')
}

function withoutUndefined<Row extends object>(row: Row): Row {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined)
  // Members that are left out may be absent: their type has `undefined`.
  return Object.fromEntries(entries) as Row
}
