import { hostIdSchema } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, tenantOf } from '../../identity/access.ts'
import type { Identity } from '../../identity/identity.ts'
import { itemsOf } from '../../wire/items.ts'
import { modelIdParam, tenantQuery } from '../../wire/values.ts'
import {
  parameterDefaultsWireSchema,
  parametersBodySchema,
  toParameterDefaultsWire,
} from './parameter-wire.ts'

const BASE = '/api/v2/parameters'

/** Whose defaults: of an agent, of a model, or of an agent at a model. */
interface Reference {
  readonly tenant_id?: string | undefined
  readonly agent_id?: string | undefined
  readonly model_id?: string | undefined
}

const referenceSchema: z.ZodType<Reference> = z
  .strictObject({
    tenant_id: tenantQuery,
    agent_id: hostIdSchema.optional(),
    model_id: modelIdParam.optional(),
  })
  .refine(({ agent_id: agent, model_id: model }) => agent !== undefined || model !== undefined, {
    message: 'give agent_id, model_id or both',
    path: ['agent_id'],
  })

const common = { tag: 'Parameters', access: TENANT_ADMINS } as const satisfies Partial<
  EndpointSpec<never, never, never>
>

/** `/api/v2/parameters`: what counts where a request leaves it out. */
export function parameterEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [listParameters, setParameters, removeParameters, getParameterSupport].map((make) =>
    make(options),
  )
}

function listParameters({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listParameters',
    method: 'get',
    path: BASE,
    summary: 'All defaults, or those that count for one agent',
    rateClass: 'read',
    query: z.strictObject({ tenant_id: tenantQuery, agent_id: hostIdSchema.optional() }),
    responses: {
      200: {
        description: 'By agent and model',
        schema: itemsOf(parameterDefaultsWireSchema),
      },
    },
    handle: async ({ query, identity, signal }) => {
      const asked = { tenantId: tenantOf(identity, query.tenant_id), agentId: query.agent_id }
      const defaults = await router.parameters.list(asked, { signal })
      return { body: { items: defaults.map(toParameterDefaultsWire) } }
    },
  })
}

function setParameters({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'setParameters',
    method: 'put',
    path: BASE,
    summary:
      'Sets the defaults of an agent, a model or both; they take the place of what was set before',
    rateClass: 'write',
    query: referenceSchema,
    body: parametersBodySchema,
    responses: { 200: { description: 'The defaults', schema: parameterDefaultsWireSchema } },
    errors: ['unsupported-parameter', 'unknown-model', 'unknown-provider'],
    handle: async ({ query, body: { parameters }, identity, signal }) => {
      const request = { ...toReference(query, identity), parameters, by: identity.actor }
      return { body: toParameterDefaultsWire(await router.parameters.set(request, { signal })) }
    },
  })
}

function removeParameters({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'removeParameters',
    method: 'delete',
    path: BASE,
    summary: 'Removes defaults',
    rateClass: 'write',
    query: referenceSchema,
    responses: { 204: { description: 'They are gone' } },
    errors: ['not-found', 'unknown-model'],
    handle: async ({ query, identity, signal }) => {
      const request = { ...toReference(query, identity), by: identity.actor }
      await router.parameters.remove(request, { signal })
      return {}
    },
  })
}

const supportSchema = z.looseObject({
  parameters: z.record(
    z.string(),
    z.looseObject({ support: z.enum(['supported', 'unsupported', 'unknown']) }),
  ),
  reasonsUnasked: z.boolean(),
})

function getParameterSupport({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'getParameterSupport',
    method: 'get',
    path: '/api/v2/admin/models/{model_id}/parameters',
    summary: 'What a model takes, as far as it is known',
    rateClass: 'read',
    params: z.object({ model_id: modelIdParam }),
    responses: { 200: { description: 'By parameter', schema: supportSchema } },
    errors: ['unknown-model'],
    handle: async ({ params, signal }) => ({
      body: await router.parameters.supportOf(params.model_id, { signal }),
    }),
  })
}

function toReference(
  { tenant_id: named, agent_id: agentId, model_id: modelId }: Reference,
  identity: Identity,
): { tenantId: string; agentId: string | undefined; modelId: string | undefined } {
  return { tenantId: tenantOf(identity, named), agentId, modelId }
}
