import type {
  CallOptions,
  Model,
  ModelAlias,
  ModelOverrides,
  RouterEvent,
  Runtime,
  Store,
} from '@imrs/core'
import {
  DEFAULT_PRIORITY,
  ImrsError,
  MODEL_ID_MAX_LENGTH,
  OVERRIDABLE_FIELDS,
  costTierOf,
  modelOverridesSchema,
  modelSchema,
  parseBody,
  toModelId,
} from '@imrs/core'
import { z } from 'zod'

import { getProvider } from './catalog-parts.ts'
import type { ModelEdit, ModelsApi, NewAlias, NewModel } from './models-contract.ts'
import { resolveModel } from './resolve-model.ts'

export interface EditContext {
  readonly store: Store
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
}

/** What people do to models. */
export function editModels(
  context: EditContext,
): Pick<ModelsApi, 'create' | 'edit' | 'retire' | 'putAlias'> {
  return {
    create: (model, options) => create(context, model, options),
    putAlias: (alias, options) => putAlias(context, alias, options),
    edit: async (modelId, given, options) =>
      edit(context, { modelId, given, change: 'updated' }, options),
    retire: (modelId, { reason, by } = {}, options) => {
      const unavailableReason = reason ?? 'An administrator took it out of service.'
      const given = { set: { isAvailable: false, unavailableReason }, by }
      return edit(context, { modelId, given, change: 'retired' }, options)
    },
  }
}

async function create(
  context: EditContext,
  input: NewModel,
  options?: CallOptions,
): Promise<Model> {
  const { store, runtime } = context
  await getProvider(store, input.providerId, options)
  const model = toManualModel(input, runtime.now())
  if ((await store.models.get(model.id, options)) !== undefined) {
    throw new ImrsError('conflict', `There is a model ${model.id} already. Edit it instead.`, {
      field: 'externalId',
    })
  }
  const audit = { by: input.by, atMs: runtime.now() }
  await store.models.put(model, { ...options, audit })
  announce(context, model.id, 'created')
  return model
}

async function putAlias(
  { store, runtime, emit }: EditContext,
  { name, model, reason = 'alias', isAutomatic = true }: NewAlias,
  options?: CallOptions,
): Promise<ModelAlias> {
  if (reason === 'alias' && (await store.models.get(name, options)) !== undefined) {
    throw new ImrsError('conflict', `${name} is the id of a model already.`, { field: 'name' })
  }
  const target = await resolveModel(store, { model }, options)
  const alias = {
    name: parseBody(aliasNameSchema, name),
    modelId: target.model.id,
    reason,
    isAutomatic,
    createdAtMs: runtime.now(),
  }
  await store.models.putAlias(alias, options)
  emit({ type: 'model-edited', atMs: runtime.now(), modelId: alias.modelId, change: 'updated' })
  return alias
}

const aliasNameSchema: z.ZodType<string> = z.string().min(1).max(MODEL_ID_MAX_LENGTH)

function toManualModel(input: NewModel, atMs: number): Model {
  const { by: _by, pricing = {}, ...fields } = input
  return parseBody(modelSchema, {
    capabilities: ['text'],
    modelType: 'chat',
    priority: DEFAULT_PRIORITY,
    domains: [],
    ...withoutUndefined(fields),
    id: toModelId(input),
    displayName: input.displayName ?? input.externalId,
    pricing: { source: 'manual', ...pricing },
    costTier: input.costTier ?? costTierOf(pricing),
    isAvailable: true,
    origin: 'manual',
    metadata: {},
    createdAtMs: atMs,
    updatedAtMs: atMs,
  })
}

interface Edit {
  readonly modelId: string
  readonly given: ModelEdit
  readonly change: 'updated' | 'retired'
}

async function edit(
  context: EditContext,
  { modelId, given, change }: Edit,
  options?: CallOptions,
): Promise<Model> {
  const set = withTier(parseBody(modelOverridesSchema, given.set ?? {}))
  const clear = given.clear ?? []
  for (const field of clear) {
    if (!OVERRIDABLE_FIELDS.includes(field)) {
      const rule = `must name some of ${OVERRIDABLE_FIELDS.join(', ')}`
      throw new ImrsError('invalid-request', `\`clear\` ${rule}`, { field: 'clear' })
    }
  }
  const request = { set, clear, by: given.by, atMs: context.runtime.now() }
  const model = await context.store.models.setOverrides(modelId, request, options)
  if (model === undefined) {
    throw new ImrsError('not-found', `There is no model ${JSON.stringify(modelId)}.`)
  }
  announce(context, modelId, change)
  return model
}

/** A price that a person sets brings its tier, unless they set that too. */
function withTier(set: ModelOverrides): ModelOverrides {
  if (set.pricing === undefined || set.costTier !== undefined) return set
  const costTier = costTierOf(set.pricing)
  return costTier === undefined ? set : { ...set, costTier }
}

function announce(
  { emit, runtime }: EditContext,
  modelId: string,
  change: 'created' | 'updated' | 'retired',
): void {
  emit({ type: 'model-edited', atMs: runtime.now(), modelId, change })
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
