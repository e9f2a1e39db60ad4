import { qualified } from '@imrs/store-kysely'
import type { Database, MigratedSchema } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** This month's, and those that a process started today will need before anybody makes more. */
const MONTHS_AHEAD = 2

/** A month of a partitioned table, as bounds of the UUIDv7s made in it. */
export interface MonthPartition {
  readonly suffix: string
  readonly from: string
  /** Not part of it. */
  readonly to: string
}

/** The partitions of the month of a time and of as many after it. */
export function monthPartitions(atMs: number, monthsAhead: number): readonly MonthPartition[] {
  const at = new Date(atMs)
  return Array.from({ length: monthsAhead + 1 }, (_, ahead) => {
    const month = at.getUTCMonth() + ahead
    const startMs = Date.UTC(at.getUTCFullYear(), month)
    return {
      suffix: new Date(startMs).toISOString().slice(0, 7).replace('-', '_'),
      from: uuidPrefix(startMs),
      to: uuidPrefix(Date.UTC(at.getUTCFullYear(), month + 1)),
    }
  })
}

/** The part of a UUIDv7 that is its time; sorts before every id made at that time or later. */
function uuidPrefix(atMs: number): string {
  const hex = atMs.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

/**
 * Makes the partitions of every partitioned table for this month and the next two, by the clock of
 * the database, and one that catches what no month takes: a row never fails for want of a partition.
 *
 * A month for which rows were caught already keeps them there.
 */
export async function createPartitions({
  database,
  tables,
  schema,
}: MigratedSchema): Promise<void> {
  const { rows } = await sql<{ now: string }>`select now() as now`.execute(database)
  const nowMs = Date.parse(rows[0]?.now ?? '')
  const months = monthPartitions(nowMs, MONTHS_AHEAD)
  for (const [table, definition] of Object.entries(tables)) {
    if (definition.partitionBy === undefined) continue
    await sql`create table if not exists ${qualified(schema, `${table}_default`)}
      partition of ${qualified(schema, table)} default`.execute(database)
    for (const month of months) {
      await createMonth(database, { table, key: definition.partitionBy, schema, month })
    }
  }
}

interface MonthOfTable {
  readonly table: string
  readonly key: string
  readonly schema: string | undefined
  readonly month: MonthPartition
}

async function createMonth(
  database: Kysely<Database>,
  { table, key, schema, month }: MonthOfTable,
): Promise<void> {
  const { from, to, suffix } = month
  const column = sql.ref(key)
  const caught = await sql`select 1 from ${qualified(schema, `${table}_default`)}
    where ${column} >= ${from} and ${column} < ${to} limit 1`.execute(database)
  if (caught.rows.length > 0) return
  await sql`create table if not exists ${qualified(schema, `${table}_${suffix}`)}
    partition of ${qualified(schema, table)}
    for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(database)
}
