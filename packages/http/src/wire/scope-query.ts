import { hostIdSchema } from '@imrs/core'
import type { z } from 'zod'

import { agentSeenBy, tenantOf } from '../identity/access.ts'
import type { Identity } from '../identity/identity.ts'
import { timeQuery } from './periods.ts'
import { tenantQuery } from './values.ts'

/** Of a query: whose records are asked for, and of which time. */
export const scopeQuery: {
  readonly tenant_id: typeof tenantQuery
  readonly agent_id: z.ZodOptional<typeof hostIdSchema>
  readonly from: z.ZodOptional<typeof timeQuery>
  readonly to: z.ZodOptional<typeof timeQuery>
} = {
  tenant_id: tenantQuery,
  agent_id: hostIdSchema.optional(),
  from: timeQuery.optional(),
  to: timeQuery.optional(),
}

/** The values of {@link scopeQuery}. */
export interface ScopeQuery {
  readonly tenant_id?: string | undefined
  readonly agent_id?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** The same for the router: the tenant and the agents that the caller may ask for, and no others. */
export interface AskedScope {
  readonly tenantId: string
  readonly agentId: string | undefined
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
}

/** @throws ImrsError `forbidden` for a tenant or an agent that is not the caller's. */
export function scopeOf(identity: Identity, query: ScopeQuery): AskedScope {
  return {
    tenantId: tenantOf(identity, query.tenant_id),
    agentId: agentSeenBy(identity, query.agent_id),
    fromMs: query.from,
    toMs: query.to,
  }
}
