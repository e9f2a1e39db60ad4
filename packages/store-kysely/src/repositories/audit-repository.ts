import type { AuditRepository } from '@imrs/core'

import { fromAuditRow } from '../rows/audit-row.ts'
import { assertCount } from '../session/assert-count.ts'
import type { StoreSession } from '../session/store-session.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200

export function auditRepository(session: StoreSession): AuditRepository {
  return {
    list: ({ tenantId, beforeSeq, limit = DEFAULT_LIMIT } = {}, options) =>
      session.readBehind(async ({ database }) => {
        assertCount('limit', limit, MAX_LIMIT)
        let query = database.selectFrom('audit_log').selectAll()
        if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantId)
        if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq)
        const rows = await query.orderBy('seq', 'desc').limit(limit).execute()
        return rows.map(fromAuditRow)
      }, options),
  }
}
