import type { Model } from '@imrs/core'
import { AUTO_MODEL, ImrsError } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { USERS } from '../../identity/access.ts'
import type { Identity } from '../../identity/identity.ts'
import { modelIdParam } from '../../wire/values.ts'

/** A model as OpenAI's API lists it. */
export interface OpenAiModel {
  readonly id: string
  readonly object: 'model'
  /** Epoch seconds. */
  readonly created: number
  readonly owned_by: string
}

const modelSchema: z.ZodType<OpenAiModel> = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
})

/** `GET /v1/models`: what `model` may be, for the agent the caller speaks for. */
export function listOpenAiModels(options: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'listOpenAiModels',
    method: 'get',
    path: '/v1/models',
    tag: 'OpenAI',
    summary: 'What a chat completion may be asked of',
    access: USERS,
    rateClass: 'read',
    responses: {
      200: {
        description: '`auto` and presets first, then the models the agent may use',
        schema: z.object({ object: z.literal('list'), data: z.array(modelSchema) }),
      },
    },
    errorShape: 'openai',
    handle: async ({ identity, signal }) => {
      const data = await namesFor(options, { identity, signal })
      return { body: { object: 'list', data } }
    },
  })
}

/** `GET /v1/models/{model}`. */
export function getOpenAiModel(options: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'getOpenAiModel',
    method: 'get',
    path: '/v1/models/{model}',
    tag: 'OpenAI',
    summary: 'One of them',
    access: USERS,
    rateClass: 'read',
    params: z.object({ model: modelIdParam }),
    responses: { 200: { description: 'The model', schema: modelSchema } },
    errors: ['not-found'],
    errorShape: 'openai',
    handle: async ({ params, identity, signal }) => {
      const models = await namesFor(options, { identity, signal })
      const model = models.find(({ id }) => id === params.model)
      if (model !== undefined) return { body: model }
      throw new ImrsError('not-found', `There is no model ${JSON.stringify(params.model)} here.`)
    },
  })
}

async function namesFor(
  { router, defaultAgentId }: ResolvedHttpOptions,
  { identity, signal }: { readonly identity: Identity; readonly signal: AbortSignal },
): Promise<readonly OpenAiModel[]> {
  const { tenantId, roles, agentIds } = identity
  const agentId = agentIds?.[0] ?? defaultAgentId
  const [models, presets] = await Promise.all([
    router.agents.usable({ tenantId, agentId, roles }, { signal }),
    router.presets.list({ tenantId }, { signal }),
  ])
  const chosen = [AUTO_MODEL, ...presets.map(({ id }) => `auto:${id}`)]
  return [...chosen.map(toChoice), ...models.map(toOpenAiModel)]
}

function toChoice(id: string): OpenAiModel {
  return { id, object: 'model', created: 0, owned_by: 'imrs' }
}

function toOpenAiModel({ id, providerId, createdAtMs, releasedAtMs }: Model): OpenAiModel {
  const created = Math.floor((releasedAtMs ?? createdAtMs) / 1000)
  return { id, object: 'model', created, owned_by: providerId }
}
