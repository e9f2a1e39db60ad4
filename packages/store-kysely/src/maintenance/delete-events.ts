import { sql } from 'kysely'

import { toTime } from '../rows/columns.ts'
import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'

/** Rows that one transaction deletes. */
const BATCH = 500

/** Which rows of a table of events. */
export interface OldEvents {
  readonly table: 'catalog_events' | 'audit_log' | 'provider_health_history'
  readonly beforeMs: number
}

/**
 * Deletes the oldest rows; to be run in a write transaction. Rows are looked at in the order they were
 * written: none is found behind one that is kept. Of a table that has tenants, those of one.
 */
export async function deleteOldestEvents(
  { database, traits }: StoreWork,
  { table, beforeMs, tenantId }: OldEvents & { readonly tenantId: string | undefined },
): Promise<{ readonly deleted: number; readonly isDone: boolean }> {
  const name = qualified(traits.schema, table)
  const own = tenantId === undefined ? sql`1 = 1` : sql`tenant_id = ${tenantId}`
  const { rows } = await sql<{ seq: number }>`select seq from (
      select seq, at from ${name} where ${own} order by seq limit ${sql.lit(BATCH)}) as oldest
    where at < ${toTime(beforeMs)}`.execute(database)
  if (rows.length === 0) return { deleted: 0, isDone: true }
  const { numAffectedRows } = await sql`delete from ${name}
    where ${own} and seq in (${sql.join(rows.map(({ seq }) => seq))})`.execute(database)
  return { deleted: Number(numAffectedRows ?? 0n), isDone: rows.length < BATCH }
}

/** How many rows there are from before. */
export async function countOldEvents(
  { database, traits }: StoreWork,
  { table, beforeMs }: OldEvents,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from ${qualified(traits.schema, table)} where at < ${toTime(beforeMs)}`.execute(database)
  return rows[0]?.count ?? 0
}
