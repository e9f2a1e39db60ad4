import { AUTO_MODEL, parseModelId, preferenceBodySchema } from '@imrs/core'
import type { ModelSelection, PreferenceResponse } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { USERS } from '../../identity/access.ts'
import { actingUser, assertUser } from '../../identity/acting-user.ts'
import { isoOf, isoSchema } from '../../wire/values.ts'

const responseSchema: z.ZodType<PreferenceResponse> = z.object({
  provider: z.string().nullable(),
  model: z.string().nullable(),
  updatedAt: isoSchema.nullable(),
})

const common = {
  path: '/api/preferences',
  tag: 'Preferences',
  access: USERS,
} as const satisfies Partial<EndpointSpec<never, never, never>>

/** `/api/preferences`: the model a user chose. */
export function preferenceEndpoints({ router }: ResolvedHttpOptions): readonly Endpoint[] {
  return [
    endpoint({
      ...common,
      operationId: 'getPreference',
      method: 'get',
      summary: 'The model the caller chose',
      rateClass: 'read',
      responses: {
        200: { description: 'The choice; `null` when nobody chose', schema: responseSchema },
      },
      handle: async ({ identity, signal }) => {
        const owner = { tenantId: identity.tenantId, userId: userOf(identity) }
        return { body: toResponse(await router.preferences.get(owner, { signal })) }
      },
    }),
    endpoint({
      ...common,
      operationId: 'setPreference',
      method: 'put',
      summary: 'Chooses a model for the caller’s next requests',
      description: 'Answers in flight stay on their model; the next one uses the new.',
      rateClass: 'write',
      body: preferenceBodySchema,
      responses: { 200: { description: 'The choice', schema: responseSchema } },
      errors: ['unknown-model', 'unknown-provider', 'unknown-preset', 'model-provider-mismatch'],
      handle: async ({ body, identity, signal }) => {
        const owner = { tenantId: identity.tenantId, userId: userOf(identity) }
        return { body: toResponse(await router.preferences.set({ ...owner, ...body }, { signal })) }
      },
    }),
  ]
}

function userOf(identity: Parameters<typeof actingUser>[0]): string {
  return assertUser(actingUser(identity, undefined))
}

function toResponse(selection: ModelSelection | undefined): PreferenceResponse {
  if (selection === undefined) return { provider: null, model: null, updatedAt: null }
  const { modelId, atMs } = selection
  const provider = modelId === AUTO_MODEL ? null : (parseModelId(modelId)?.providerId ?? null)
  return { provider, model: modelId, updatedAt: isoOf(atMs) }
}
