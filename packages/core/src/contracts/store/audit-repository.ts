import type { AuditEntry } from '../../domain/audit.ts'
import type { CallOptions } from '../call-options.ts'

/** Which rows of the audit to read. */
export interface AuditQuery {
  /** Only this tenant's. Absent: every tenant's, and what concerns all of them. */
  readonly tenantId?: string | undefined
  /** Only rows before this one: the `seq` of the last row of the page before. */
  readonly beforeSeq?: number | undefined
  /** 1 to 200. Default: 50. */
  readonly limit?: number | undefined
}

/** Who did what. Rows are written by the methods that do it, in their own transactions. */
export interface AuditRepository {
  /** Newest first. With a tenant, no row of another tenant and none that concerns all. */
  list(query?: AuditQuery, options?: CallOptions): Promise<readonly AuditEntry[]>
}
