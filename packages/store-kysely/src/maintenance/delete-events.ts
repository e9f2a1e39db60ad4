import { sql } from 'kysely'

import { toTime } from '../rows/columns.ts'
import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'

/** Rows that one transaction deletes. */
const BATCH = 500

/** Which rows of a table of events. */
export interface OldEvents {
  readonly table: 'catalog_events' | 'audit_log'
  readonly beforeMs: number
}

/**
 * Deletes the oldest rows; to be run in a write transaction. Rows are looked at in the order they were
 * written: none is found behind one that is kept.
 */
export async function deleteOldestEvents(
  { database, traits }: StoreWork,
  { table, beforeMs }: OldEvents,
): Promise<{ readonly deleted: number; readonly isDone: boolean }> {
  const name = qualified(traits.schema, table)
  const { numAffectedRows } = await sql`delete from ${name} where seq in (
    select seq from (select seq, at from ${name} order by seq limit ${sql.lit(BATCH)}) as oldest
    where at < ${toTime(beforeMs)})`.execute(database)
  const deleted = Number(numAffectedRows ?? 0n)
  return { deleted, isDone: deleted < BATCH }
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
