import type { LearningRecord, OutboxEntry, OutboxStatus, SetAsideEntry } from '@imrs/core'
import type { Insertable, Selectable } from 'kysely'

import type { OutboxRow, OutboxSinkRow } from '../schema/database.ts'
import { fromJsonObject, fromOptionalTime, fromTime, present, toJson, toTime } from './columns.ts'

/** An entry to be delivered at once. */
export function toOutboxRow(sink: string, record: LearningRecord): Insertable<OutboxRow> {
  const { event } = record
  return {
    tenant_id: event.tenantId,
    topic: sink,
    key: event.messageId,
    payload: toJson(record),
    created_at: toTime(event.atMs),
    available_at: toTime(event.atMs),
    attempt_count: 0,
    last_error: null,
    set_aside_at: null,
  }
}

export function fromOutboxRow(row: Selectable<OutboxRow>): OutboxEntry {
  return {
    tenantId: row.tenant_id,
    seq: row.seq,
    record: fromJsonObject<LearningRecord>(row.payload),
    attemptCount: row.attempt_count,
    createdAtMs: fromTime(row.created_at),
  }
}

export function fromSetAsideRow(row: Selectable<OutboxRow>): SetAsideEntry {
  return {
    ...fromOutboxRow(row),
    setAsideAtMs: fromTime(row.set_aside_at ?? row.created_at),
    reason: row.last_error ?? '',
  }
}

export interface OutboxCounts {
  readonly sink: string
  readonly pending: number
  readonly oldest: string | null
  readonly setAside: number
}

export function toOutboxStatus(
  { sink, pending, oldest, setAside }: OutboxCounts,
  found: OutboxSinkRow | undefined,
): OutboxStatus {
  return present<OutboxStatus>({
    sink,
    pending,
    oldestAtMs: fromOptionalTime(oldest),
    setAside,
    failureCount: found?.failure_count ?? 0,
    failure: found?.failure ?? undefined,
    pausedUntilMs: fromOptionalTime(found?.paused_until ?? null),
  })
}
