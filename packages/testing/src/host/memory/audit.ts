import type { AuditRepository } from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { begin } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

export function memoryAudit(data: MemoryData): AuditRepository {
  return {
    list: async ({ tenantId, beforeSeq, limit = 50 } = {}, options) => {
      begin(data, options)
      assertCount('limit', limit, 200)
      return data.audit
        .filter((entry) => tenantId === undefined || entry.tenantId === tenantId)
        .filter((entry) => beforeSeq === undefined || entry.seq < beforeSeq)
        .toReversed()
        .slice(0, limit)
    },
  }
}
