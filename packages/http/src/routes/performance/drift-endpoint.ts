import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, agentSeenBy, tenantOf } from '../../identity/access.ts'
import type { Identity } from '../../identity/identity.ts'
import { itemsOf } from '../../wire/items.ts'
import { scopeQuery } from '../../wire/scope-query.ts'
import { timesAsAsked } from '../../wire/times-as-asked.ts'
import { modelIdParam } from '../../wire/values.ts'
import { driftAlarmWireSchema, toDriftAlarmWire } from './drift-wire.ts'

/** `GET /api/v2/admin/drift`: the alarms that learning raised. */
export function driftEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'listDrift',
    method: 'get',
    path: '/api/v2/admin/drift',
    tag: 'Performance',
    summary: 'Models whose ratings changed, as a strategy that learns found it, the last first',
    description:
      '1,000 at most; `from` and `to` go further back. Credentials that are bound to agents see those of them alone.',
    access: TENANT_ADMINS,
    openToBound: true,
    rateClass: 'read',
    query: z.strictObject({
      ...scopeQuery,
      model: modelIdParam.optional(),
    }),
    responses: {
      200: { description: 'The last raised first', schema: itemsOf(driftAlarmWireSchema) },
    },
    handle: async ({ query, identity, signal }) => {
      const asked = {
        tenantId: tenantOf(identity, query.tenant_id),
        agentIds: agentsSeenBy(identity, query.agent_id),
        modelId: query.model,
        fromMs: query.from,
        toMs: query.to,
      }
      const alarms = await router.performance.drift(asked, { signal }).catch(timesAsAsked)
      return { body: { items: alarms.map(toDriftAlarmWire) } }
    },
  })
}

/** The agent that is named, else all that the credential may speak for. */
function agentsSeenBy(
  identity: Identity,
  named: string | undefined,
): readonly string[] | undefined {
  if (named === undefined) return identity.agentIds
  return [agentSeenBy(identity, named) ?? named]
}
