import type { Router } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { PLATFORM_ADMINS, TENANT_ADMINS } from '../../identity/access.ts'
import { modelIdParam } from '../../wire/values.ts'
import { changeAll, modelsChangeSchema, modelsChangedSchema } from './change-models.ts'
import { modelBodySchema, modelChangesBodySchema, toModelEdit, toNewModel } from './model-body.ts'
import { modelListSchema, toModelQuery } from './model-query.ts'
import {
  modelDetailWireSchema,
  modelPageWireSchema,
  toModelDetailWire,
  toModelWire,
} from './model-wire.ts'

const BASE = '/api/v2/admin/models'
const ONE = `${BASE}/{model_id}`
const params = z.object({ model_id: modelIdParam })

const common = { tag: 'Models' } as const satisfies Partial<EndpointSpec<never, never, never>>

/** `/api/v2/admin/models`: the catalogue. Ids hold slashes and are percent-encoded in paths. */
export function modelEndpoints({ router }: ResolvedHttpOptions): readonly Endpoint[] {
  return [listModels, getModel, createModel, updateModel, deleteModel, changeModels].map((make) =>
    make(router),
  )
}

function listModels(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listModels',
    method: 'get',
    path: BASE,
    summary: 'Models, filtered, sorted and paged',
    description:
      '`total` is exact up to 10,000; past that `total_is_estimate` is true and `next_cursor` goes further.',
    access: TENANT_ADMINS,
    // The catalogue is everybody's: nothing in it belongs to an agent.
    openToBound: true,
    rateClass: 'read',
    query: modelListSchema,
    responses: {
      200: {
        description: 'One page',
        schema: modelPageWireSchema,
      },
    },
    handle: async ({ query, signal }) => {
      const list = await router.models.list(toModelQuery(query), { signal })
      return {
        body: {
          items: list.items.map(toModelWire),
          total: list.total ?? null,
          total_is_estimate: list.totalIsEstimate ?? false,
          page: query.cursor === undefined ? query.page : null,
          per_page: query.per_page,
          next_cursor: list.nextCursor ?? null,
        },
      }
    },
  })
}

function getModel(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'getModel',
    method: 'get',
    path: ONE,
    summary: 'One model with everything that is known of it',
    access: TENANT_ADMINS,
    // The catalogue is everybody's: nothing in it belongs to an agent.
    openToBound: true,
    rateClass: 'read',
    params,
    responses: { 200: { description: 'The model', schema: modelDetailWireSchema } },
    errors: ['not-found'],
    handle: async ({ params: { model_id: id }, signal }) => ({
      body: toModelDetailWire(await router.models.get(id, { signal })),
    }),
  })
}

function createModel(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'createModel',
    method: 'post',
    path: BASE,
    summary: 'Adds a model by hand; no sync removes it',
    access: PLATFORM_ADMINS,
    rateClass: 'write',
    body: modelBodySchema,
    responses: { 201: { description: 'The model', schema: modelDetailWireSchema } },
    errors: ['unknown-provider', 'conflict'],
    handle: async ({ body, identity, signal }) => {
      const model = await router.models.create(toNewModel(body, identity.actor), { signal })
      return { body: toModelDetailWire(model) }
    },
  })
}

function updateModel(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'updateModel',
    method: 'patch',
    path: ONE,
    summary: 'Changes a model for good',
    description: 'What is set wins over every later sync; `null` goes back to what the list says.',
    access: PLATFORM_ADMINS,
    rateClass: 'write',
    params,
    body: modelChangesBodySchema,
    responses: { 200: { description: 'The model as it is now', schema: modelDetailWireSchema } },
    errors: ['not-found'],
    handle: async ({ params: { model_id: id }, body, identity, signal }) => {
      const edit = toModelEdit(body, identity.actor)
      return { body: toModelDetailWire(await router.models.edit(id, edit, { signal })) }
    },
  })
}

function deleteModel(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'deleteModel',
    method: 'delete',
    path: ONE,
    summary: 'Takes a model out of service without deleting it',
    description: '`PATCH` with `is_available: null` brings it back.',
    access: PLATFORM_ADMINS,
    rateClass: 'write',
    params,
    responses: { 200: { description: 'The model, unavailable', schema: modelDetailWireSchema } },
    errors: ['not-found'],
    handle: async ({ params: { model_id: id }, identity, signal }) => {
      const model = await router.models.retire(id, { by: identity.actor }, { signal })
      return { body: toModelDetailWire(model) }
    },
  })
}

function changeModels(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'changeModels',
    method: 'post',
    path: `${BASE}/bulk`,
    summary: 'Changes many models, by name or by filter',
    description: 'One model after another: what was changed before a failure stays changed.',
    access: PLATFORM_ADMINS,
    rateClass: 'write',
    body: modelsChangeSchema,
    responses: { 200: { description: 'What was changed', schema: modelsChangedSchema } },
    errors: ['not-found'],
    handle: async ({ body, identity, signal }) => ({
      body: await changeAll(router, { ...body, by: identity.actor }, { signal }),
    }),
  })
}
