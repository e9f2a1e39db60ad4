import { ImrsError, hostIdSchema } from '@imrs/core'
import type { ApiKeyRole } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, tenantOf } from '../../identity/access.ts'
import { assertUser } from '../../identity/acting-user.ts'
import type { Identity } from '../../identity/identity.ts'
import { itemsOf } from '../../wire/items.ts'
import { tenantQuery, wholeNumber } from '../../wire/values.ts'
import {
  apiKeyBodySchema,
  apiKeyWireSchema,
  madeApiKeyWireSchema,
  toApiKeyWire,
} from './api-key-wire.ts'
import type { ApiKeyBody } from './api-key-wire.ts'

const BASE = '/api/v2/admin/api-keys'
const tenantOnly = z.strictObject({ tenant_id: tenantQuery })
const common = { tag: 'API keys', access: TENANT_ADMINS } as const satisfies Partial<
  EndpointSpec<never, never, never>
>

/** `/api/v2/admin/api-keys`: how machines prove who they are. */
export function apiKeyEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [createApiKey, listApiKeys, revokeApiKey].map((make) => make(options))
}

function createApiKey({ router, runtime }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'createApiKey',
    method: 'post',
    path: BASE,
    summary: 'Makes a key for a machine, and shows it this once',
    description:
      'Nobody gives a role above their own, and only people make keys: one that leaked cannot live on in another.',
    rateClass: 'write',
    query: tenantOnly,
    body: apiKeyBodySchema,
    responses: {
      201: { description: 'The key, which no other answer shows', schema: madeApiKeyWireSchema },
    },
    handle: async ({ query: { tenant_id: named }, body, identity, signal }) => {
      const tenantId = tenantOf(identity, named)
      assertUser(identity.userId)
      assertMayGive(identity, body.roles)
      const { label, roles, agent_ids: agentIds } = body
      const expiresAtMs = expiryOf(body, runtime.now())
      const request = { tenantId, label, roles, agentIds, expiresAtMs, by: identity.actor }
      const made = await router.apiKeys.create(request, { signal })
      return { body: { ...toApiKeyWire(made), key: made.key } }
    },
  })
}

function expiryOf({ expires_at: text }: ApiKeyBody, nowMs: number): number | undefined {
  if (text === undefined) return undefined
  const expiresAtMs = Date.parse(text)
  if (expiresAtMs > nowMs) return expiresAtMs
  throw new ImrsError('invalid-request', '`expires_at`: must be later than now', {
    field: 'expires_at',
  })
}

/** @throws ImrsError `forbidden` for a role above those of the giver. */
function assertMayGive({ roles }: Identity, given: readonly ApiKeyRole[]): void {
  if (roles.includes('platform_admin') || !given.includes('platform_admin')) return
  throw new ImrsError('forbidden', 'Only a platform admin may give the role platform_admin.', {
    field: 'roles',
  })
}

function listApiKeys({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listApiKeys',
    method: 'get',
    path: BASE,
    summary: 'The keys of a tenant, the last made first, revoked ones too',
    rateClass: 'read',
    query: z.strictObject({
      tenant_id: tenantQuery,
      before_id: hostIdSchema.optional(),
      per_page: wholeNumber(1, 200).prefault('50'),
    }),
    responses: {
      200: { description: 'One page', schema: itemsOf(apiKeyWireSchema) },
    },
    handle: async ({ query, identity, signal }) => {
      const tenantId = tenantOf(identity, query.tenant_id)
      const asked = { tenantId, beforeId: query.before_id, limit: query.per_page }
      const keys = await router.apiKeys.list(asked, { signal })
      return { body: { items: keys.map(toApiKeyWire) } }
    },
  })
}

function revokeApiKey({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'revokeApiKey',
    method: 'delete',
    path: `${BASE}/{key_id}`,
    summary: 'Refuses a key from now on, in every process within a second',
    rateClass: 'write',
    params: z.object({ key_id: hostIdSchema }),
    query: tenantOnly,
    responses: { 200: { description: 'The key, revoked', schema: apiKeyWireSchema } },
    errors: ['not-found'],
    handle: async ({ params: { key_id: id }, query: { tenant_id: named }, identity, signal }) => {
      const revocation = { id, tenantId: tenantOf(identity, named), by: identity.actor }
      return { body: toApiKeyWire(await router.apiKeys.revoke(revocation, { signal })) }
    },
  })
}
