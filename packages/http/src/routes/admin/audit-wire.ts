import { jsonObjectSchema } from '@imrs/core'
import type { AuditEntry, JsonObject } from '@imrs/core'
import { z } from 'zod'

import { isoOf, isoSchema } from '../../wire/values.ts'

/** Who did what, as it travels. */
export interface AuditEntryWire {
  readonly seq: number
  /** `null`: it concerns every tenant. */
  readonly tenant_id: string | null
  readonly action: string
  readonly subject: string
  readonly actor: string | null
  readonly details: JsonObject
  readonly at: string
}

export const auditEntryWireSchema: z.ZodType<AuditEntryWire> = z.object({
  seq: z.int(),
  tenant_id: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  actor: z.string().nullable(),
  details: jsonObjectSchema,
  at: isoSchema,
})

export function toAuditEntryWire(entry: AuditEntry): AuditEntryWire {
  return {
    seq: entry.seq,
    tenant_id: entry.tenantId ?? null,
    action: entry.action,
    subject: entry.subject,
    actor: entry.actor ?? null,
    details: entry.details,
    at: isoOf(entry.atMs),
  }
}
