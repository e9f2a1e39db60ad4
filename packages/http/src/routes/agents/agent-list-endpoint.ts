import type { AgentSummary } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, tenantOf } from '../../identity/access.ts'
import { agentIdParam, tenantQuery, wholeNumber } from '../../wire/values.ts'

/** An agent that has anything, as it travels. */
export interface AgentSummaryWire {
  readonly agent_id: string
  readonly enabled_by_name: number
  readonly disabled_by_name: number
  readonly rules: number
  readonly answers_last_30_days: number
  /** A UTC day; `null`: no model was ever called for it. */
  readonly last_used_on: string | null
}

/** One page of the agents of a tenant. */
export interface AgentListWire {
  readonly items: readonly AgentSummaryWire[]
  /** `null` on the last page. */
  readonly next_cursor: string | null
}

export const agentListWireSchema: z.ZodType<AgentListWire> = z.object({
  items: z.array(
    z.object({
      agent_id: z.string(),
      enabled_by_name: z.int(),
      disabled_by_name: z.int(),
      rules: z.int(),
      answers_last_30_days: z.int(),
      last_used_on: z.iso.date().nullable(),
    }),
  ),
  next_cursor: z.string().nullable(),
})

/** `GET /api/v2/agents`. */
export function agentListEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'listAgents',
    method: 'get',
    path: '/api/v2/agents',
    tag: 'Agent models',
    summary: 'The agents of a tenant, by id, with what is set for them and how much they are used',
    description:
      'Those that have a model enabled or disabled by name, a rule, or a call that was made for them. A credential that is bound to some agents sees these. A page may be shorter than `limit` though there are more.',
    access: TENANT_ADMINS,
    openToBound: true,
    rateClass: 'read',
    query: z.strictObject({
      tenant_id: tenantQuery,
      cursor: agentIdParam.optional().describe('The `next_cursor` of the page before.'),
      limit: wholeNumber(1, 200).prefault('100'),
    }),
    responses: { 200: { description: 'One page', schema: agentListWireSchema } },
    handle: async ({ query: { tenant_id: named, cursor, limit }, identity, signal }) => {
      const tenantId = tenantOf(identity, named)
      const { agentIds } = identity
      const page = await router.agents.overview({ tenantId, agentIds, cursor, limit }, { signal })
      const { items, nextCursor = null } = page
      return { body: { items: items.map(toWire), next_cursor: nextCursor } }
    },
  })
}

function toWire(summary: AgentSummary): AgentSummaryWire {
  return {
    agent_id: summary.agentId,
    enabled_by_name: summary.enabledByName,
    disabled_by_name: summary.disabledByName,
    rules: summary.rules,
    answers_last_30_days: summary.answers,
    last_used_on: summary.lastUsedOn ?? null,
  }
}
