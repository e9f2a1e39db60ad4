import { CAPABILITIES, PRESET_ORDERS } from '@imrs/core'
import type { Capability, PresetChoice, PresetOrder } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import type { PresetInfo, SetPreset } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, USERS, tenantOf } from '../../identity/access.ts'
import { isoOrNull, isoSchema, modelIdParam, tenantQuery } from '../../wire/values.ts'
import { fromModelFilter, modelFilterSchema, toModelFilter } from '../models/model-query.ts'
import type { ModelFilterWire } from '../models/model-query.ts'

interface PresetBody {
  readonly display_name?: string | undefined
  readonly description?: string | undefined
  readonly model_ids?: readonly string[] | undefined
  readonly filter?: ModelFilterWire | undefined
  readonly required_capabilities?: readonly Capability[] | undefined
  readonly order?: PresetOrder | undefined
  /** What a lower price is worth, where the order is `best`. */
  readonly cost_quality?: number | undefined
}

const bodySchema: z.ZodType<PresetBody> = z
  .strictObject({
    display_name: z.string().min(1).max(100).optional(),
    description: z.string().max(1000).optional(),
    model_ids: z.array(modelIdParam).max(1000).optional(),
    filter: modelFilterSchema.optional(),
    required_capabilities: z.array(z.enum(CAPABILITIES)).max(CAPABILITIES.length).optional(),
    order: z.enum(PRESET_ORDERS).optional(),
    cost_quality: z.number().min(0).max(1).optional(),
  })
  .refine(({ model_ids: ids, filter }) => (ids === undefined) !== (filter === undefined), {
    message: 'give model_ids or filter, and not both',
    path: ['model_ids'],
  })
  .refine(({ order, cost_quality: value }) => value === undefined || order === 'best', {
    message: 'goes with the order best alone',
    path: ['cost_quality'],
  })

const presetSchema = z.object({
  id: z.string(),
  display_name: z.string(),
  description: z.string().nullable(),
  model_ids: z.array(z.string()).nullable(),
  filter: modelFilterSchema.nullable(),
  required_capabilities: z.array(z.enum(CAPABILITIES)),
  order: z.enum(PRESET_ORDERS),
  cost_quality: z.number().nullable(),
  is_built_in: z.boolean(),
  updated_by: z.string().nullable(),
  updated_at: isoSchema.nullable(),
})

const BASE = '/api/v2/presets'
const params = z.object({ preset_id: z.string().min(1).max(50) })
const query = z.strictObject({ tenant_id: tenantQuery })

const common = { tag: 'Presets', query } as const satisfies Partial<
  EndpointSpec<never, { readonly tenant_id?: string | undefined }, never>
>

/** `/api/v2/presets`: named groups of models and how one of them is chosen. */
export function presetEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [listPresets, getPreset, setPreset, removePreset].map((make) => make(options))
}

function listPresets({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listPresets',
    method: 'get',
    path: BASE,
    summary: 'All presets: the built-in ones first, then by id',
    access: USERS,
    rateClass: 'read',
    responses: {
      200: { description: 'All of them', schema: z.object({ items: z.array(presetSchema) }) },
    },
    handle: async ({ query: { tenant_id: named }, identity, signal }) => {
      const presets = await router.presets.list({ tenantId: tenantOf(identity, named) }, { signal })
      return { body: { items: presets.map(toWire) } }
    },
  })
}

function getPreset({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'getPreset',
    method: 'get',
    path: `${BASE}/{preset_id}`,
    summary: 'One preset',
    access: USERS,
    rateClass: 'read',
    params,
    responses: { 200: { description: 'The preset', schema: presetSchema } },
    errors: ['not-found'],
    handle: async ({
      params: { preset_id: id },
      query: { tenant_id: named },
      identity,
      signal,
    }) => {
      const reference = { id, tenantId: tenantOf(identity, named) }
      const preset = await router.presets.get(reference, { signal })
      if (preset !== undefined) return { body: toWire(preset) }
      throw new ImrsError('not-found', `There is no preset ${JSON.stringify(id)}.`)
    },
  })
}

function setPreset({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'setPreset',
    method: 'put',
    path: `${BASE}/{preset_id}`,
    summary: 'Makes a preset, or puts another in its place',
    access: TENANT_ADMINS,
    rateClass: 'write',
    params,
    body: bodySchema,
    responses: { 200: { description: 'The preset as it is now', schema: presetSchema } },
    errors: ['unknown-model', 'unknown-provider', 'conflict'],
    handle: async ({ params: { preset_id: id }, query: { tenant_id: named }, body, ...call }) => {
      const tenantId = tenantOf(call.identity, named)
      const request = { ...toSetPreset(body), id, tenantId, by: call.identity.actor }
      return { body: toWire(await router.presets.set(request, { signal: call.signal })) }
    },
  })
}

function removePreset({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'removePreset',
    method: 'delete',
    path: `${BASE}/{preset_id}`,
    summary: 'Removes a preset; a built-in one of the id is there again',
    access: TENANT_ADMINS,
    rateClass: 'write',
    params,
    responses: { 204: { description: 'It is gone' } },
    errors: ['unknown-preset', 'read-only'],
    handle: async ({
      params: { preset_id: id },
      query: { tenant_id: named },
      identity,
      signal,
    }) => {
      const tenantId = tenantOf(identity, named)
      await router.presets.remove({ id, tenantId, by: identity.actor }, { signal })
      return {}
    },
  })
}

function toSetPreset(body: PresetBody): Omit<SetPreset, 'id'> {
  return {
    displayName: body.display_name,
    description: body.description,
    models:
      body.model_ids === undefined
        ? { filter: toModelFilter(body.filter ?? {}) }
        : { modelIds: body.model_ids },
    requiredCapabilities: body.required_capabilities,
    choice: toChoice(body),
  }
}

function toChoice({ order, cost_quality: costQuality }: PresetBody): PresetChoice | undefined {
  if (order === undefined) return undefined
  return order === 'best' ? { order, costQuality } : { order }
}

function toWire(preset: PresetInfo): z.infer<typeof presetSchema> {
  const { models, choice } = preset
  return {
    id: preset.id,
    display_name: preset.displayName,
    description: preset.description ?? null,
    model_ids: 'modelIds' in models ? [...models.modelIds] : null,
    filter: 'filter' in models ? fromModelFilter(models.filter) : null,
    required_capabilities: [...(preset.requiredCapabilities ?? [])],
    order: choice.order,
    cost_quality: choice.order === 'best' ? (choice.costQuality ?? null) : null,
    is_built_in: preset.isBuiltIn,
    updated_by: preset.updatedBy ?? null,
    updated_at: isoOrNull(preset.updatedAtMs),
  }
}
