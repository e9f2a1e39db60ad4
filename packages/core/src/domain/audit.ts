import type { JsonObject } from '../json.ts'

/** Who did what, when: a row of `audit_log`. */
export interface AuditEntry {
  /** Rises in the order of writing. */
  readonly seq: number
  /** Absent for what concerns all tenants: providers and the catalogue. */
  readonly tenantId?: string | undefined
  /** `agent-model-enabled`, `model-overrides-changed`, … */
  readonly action: string
  /** The id of what it was done to. */
  readonly subject: string
  readonly actor?: string | undefined
  readonly details: JsonObject
  readonly atMs: number
}
