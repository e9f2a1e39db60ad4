import { ImrsError } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, USERS, tenantOf } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import { tenantQuery } from '../../wire/values.ts'
import { presetBodySchema, presetWireSchema, toPresetWire, toSetPreset } from './preset-wire.ts'

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
      200: { description: 'All of them', schema: itemsOf(presetWireSchema) },
    },
    handle: async ({ query: { tenant_id: named }, identity, signal }) => {
      const presets = await router.presets.list({ tenantId: tenantOf(identity, named) }, { signal })
      return { body: { items: presets.map(toPresetWire) } }
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
    responses: { 200: { description: 'The preset', schema: presetWireSchema } },
    errors: ['not-found'],
    handle: async ({
      params: { preset_id: id },
      query: { tenant_id: named },
      identity,
      signal,
    }) => {
      const reference = { id, tenantId: tenantOf(identity, named) }
      const preset = await router.presets.get(reference, { signal })
      if (preset !== undefined) return { body: toPresetWire(preset) }
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
    body: presetBodySchema,
    responses: { 200: { description: 'The preset as it is now', schema: presetWireSchema } },
    errors: ['unknown-model', 'unknown-provider', 'conflict'],
    handle: async ({ params: { preset_id: id }, query: { tenant_id: named }, body, ...call }) => {
      const tenantId = tenantOf(call.identity, named)
      const request = { ...toSetPreset(body), id, tenantId, by: call.identity.actor }
      return { body: toPresetWire(await router.presets.set(request, { signal: call.signal })) }
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
