import { qualified } from '@imrs/store-kysely'
import type { MigratedSchema } from '@imrs/store-kysely'
import { sql } from 'kysely'

import { monthPartitions } from './partitions.ts'

/** A copy of more years than that keeps the oldest answers in the default partition. */
const MOST_MONTHS = 120
const MS_OF_MONTH = 30 * 86_400_000

/**
 * Makes a partition for every month from a time until today, in tables that have no rows of those
 * months yet: retention drops answers by partitions.
 */
export async function makeRoomSince(
  { database, tables, schema }: MigratedSchema,
  oldestMs: number,
): Promise<void> {
  const { rows } = await sql<{ now: string }>`select now() as now`.execute(database)
  const nowMs = Date.parse(rows[0]?.now ?? '')
  const fromMs = Math.max(oldestMs, nowMs - MOST_MONTHS * MS_OF_MONTH)
  const months = monthPartitions(fromMs, Math.ceil((nowMs - fromMs) / MS_OF_MONTH)).filter(
    (month) => month.from <= timePrefix(nowMs),
  )
  for (const [table, { partitionBy }] of Object.entries(tables)) {
    if (partitionBy === undefined) continue
    for (const { from, to, suffix } of months) {
      await sql`create table if not exists ${qualified(schema, `${table}_${suffix}`)}
        partition of ${qualified(schema, table)}
        for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(database)
    }
  }
}

/** What ids made at a time begin with. */
function timePrefix(atMs: number): string {
  const hex = atMs.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
