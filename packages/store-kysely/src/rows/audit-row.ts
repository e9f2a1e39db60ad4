import type { AuditEntry, JsonObject } from '@imrs/core'
import type { Insertable, Selectable } from 'kysely'

import type { AuditRow } from '../schema/database.ts'
import {
  fromJsonObject,
  fromNullable,
  fromTime,
  present,
  toJson,
  toNullable,
  toTime,
} from './columns.ts'

/** What is written; the number comes from the database. Details may hold `undefined`, which is left out. */
export interface NewAuditEntry extends Omit<AuditEntry, 'seq' | 'details'> {
  readonly details: object
}

const ALL_TENANTS = ''

export function toAuditRow(entry: NewAuditEntry): Insertable<AuditRow> {
  return {
    tenant_id: entry.tenantId ?? ALL_TENANTS,
    action: entry.action,
    subject: entry.subject,
    actor: toNullable(entry.actor),
    details: toJson(entry.details),
    at: toTime(entry.atMs),
  }
}

export function fromAuditRow(row: Selectable<AuditRow>): AuditEntry {
  return present<AuditEntry>({
    seq: row.seq,
    tenantId: row.tenant_id === ALL_TENANTS ? undefined : row.tenant_id,
    action: row.action,
    subject: row.subject,
    actor: fromNullable(row.actor),
    details: fromJsonObject<JsonObject>(row.details),
    atMs: fromTime(row.at),
  })
}
