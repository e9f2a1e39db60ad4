import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, tenantOf } from '../../identity/access.ts'
import type { Identity } from '../../identity/identity.ts'
import { itemsOf } from '../../wire/items.ts'
import { tenantQuery, wholeNumber } from '../../wire/values.ts'
import { auditEntryWireSchema, toAuditEntryWire } from './audit-wire.ts'

/** `GET /api/v2/admin/audit`. */
export function auditEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'listAudit',
    method: 'get',
    path: '/api/v2/admin/audit',
    tag: 'Audit',
    summary: 'Who did what, newest first',
    description:
      'Platform admins see every tenant and what concerns all; tenant admins see their own.',
    access: TENANT_ADMINS,
    rateClass: 'read',
    query: z.strictObject({
      tenant_id: tenantQuery,
      before_seq: wholeNumber(0, 999_999_999_999_999).optional(),
      per_page: wholeNumber(1, 200).prefault('50'),
    }),
    responses: {
      200: { description: 'One page', schema: itemsOf(auditEntryWireSchema) },
    },
    handle: async ({ query, identity, signal }) => {
      const entries = await router.audit.list(
        {
          tenantId: tenantSeenBy(identity, query.tenant_id),
          beforeSeq: query.before_seq,
          limit: query.per_page,
        },
        { signal },
      )
      return { body: { items: entries.map(toAuditEntryWire) } }
    },
  })
}

function tenantSeenBy(identity: Identity, named: string | undefined): string | undefined {
  const seesAll = named === undefined && identity.roles.includes('platform_admin')
  return seesAll ? undefined : tenantOf(identity, named)
}
