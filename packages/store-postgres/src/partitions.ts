import { timeOfUuid, uuidBoundOf } from '@imrs/core'
import { TABLES, qualified } from '@imrs/store-kysely'
import type { MigratedSchema, MissingPartition, StoreTables } from '@imrs/store-kysely'
import { sql } from 'kysely'

import { indexSmallPartitions } from './partition-indexes.ts'
import { regclass } from './table-names.ts'

/** This month's, and those that a process started today will need before anybody makes more. */
const MONTHS_AHEAD = 2
/** Odd times of ids, as a wrong clock makes them, do not make thousands of partitions at once. */
const MOST_CAUGHT_MONTHS = 24
/** More rows than this would keep writers of their month waiting for more than a second. */
const MOST_MOVED_ROWS = 20_000
const UUID_TIME = /^[0-9a-f]{8}-[0-9a-f]{4}/

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
      from: uuidBoundOf(startMs),
      to: uuidBoundOf(Date.UTC(at.getUTCFullYear(), month + 1)),
    }
  })
}

/** The tables that are partitioned, with the column that partitions each. */
export const PARTITIONED: readonly (readonly [string, string])[] = Object.entries(TABLES).flatMap(
  ([table, { partitionBy }]) => (partitionBy === undefined ? [] : [[table, partitionBy] as const]),
)

/** The partition of a table that catches what no month takes: a row never fails for want of one. */
export function restOf(table: string): string {
  return `${table}_default`
}

/**
 * Makes the partitions of every partitioned table for this month and the next two, by the clock of
 * the database, and one for the rest. A month of which many rows were caught already keeps them there.
 * Then it gives small ones that were there before an index the index.
 */
export async function createPartitions({
  database,
  tables,
  schema,
}: MigratedSchema): Promise<void> {
  const partitioned = PARTITIONED.filter(([table]) => table in tables)
  for (const [table] of partitioned) {
    await sql`create table if not exists ${qualified(schema, restOf(table))}
      partition of ${qualified(schema, table)} default`.execute(database)
  }
  const { rows } = await sql<{ now: string }>`select now() as now`.execute(database)
  const months = monthPartitions(Date.parse(rows[0]?.now ?? ''), MONTHS_AHEAD)
  for (const missing of await notThere({ database, schema }, partitioned, () => months)) {
    await makePartition({ database, schema }, missing)
  }
  await indexSmallPartitions({ database, tables, schema })
}

/** The months of now and soon that have no partition, and those that have rows in the rest. */
export async function listMissing(
  tables: StoreTables,
  atMs: number,
): Promise<readonly MissingPartition[]> {
  const caught = new Map<string, readonly MonthPartition[]>()
  for (const [table, key] of PARTITIONED) caught.set(table, await caughtMonths(tables, table, key))
  const soon = monthPartitions(atMs, MONTHS_AHEAD)
  const names = new Set(soon.map(({ suffix }) => suffix))
  return notThere(tables, PARTITIONED, (table) => [
    ...soon,
    ...(caught.get(table) ?? []).filter(({ suffix }) => !names.has(suffix)),
  ])
}

async function notThere(
  tables: StoreTables,
  partitioned: readonly (readonly [string, string])[],
  monthsOf: (table: string) => readonly MonthPartition[],
): Promise<readonly MissingPartition[]> {
  const missing: MissingPartition[] = []
  for (const [table, key] of partitioned) {
    const there = new Set((await partitionsOf(tables, table)).map(({ name }) => name))
    for (const { suffix, from, to } of monthsOf(table)) {
      const name = `${table}_${suffix}`
      if (!there.has(name)) missing.push({ table, key, name, from, to })
    }
  }
  return missing
}

/** The months of the rows in the rest, the oldest first. */
async function caughtMonths(
  { database, schema }: StoreTables,
  table: string,
  key: string,
): Promise<readonly MonthPartition[]> {
  const months: MonthPartition[] = []
  let from = ''
  while (months.length < MOST_CAUGHT_MONTHS) {
    const { rows } = await sql<{ id: string | null }>`select min(${sql.ref(key)}) as id
      from ${qualified(schema, restOf(table))} where ${sql.ref(key)} >= ${from}`.execute(database)
    const id = rows[0]?.id ?? ''
    const [month] = UUID_TIME.test(id) ? monthPartitions(timeOfUuid(id), 0) : []
    // Four digits of a year: no clock is that wrong.
    if (month === undefined || month.suffix.length !== 7) break
    months.push(month)
    from = month.to
  }
  return months
}

/** A partition as it stands in the catalogue of the database. */
export interface StoredPartition {
  readonly name: string
  readonly estimatedRows: number
  readonly bytes: number
}

export async function partitionsOf(
  { database, schema }: StoreTables,
  table: string,
): Promise<readonly StoredPartition[]> {
  const { rows } = await sql<StoredPartition>`select child.relname as name,
      greatest(child.reltuples, 0)::bigint as "estimatedRows",
      pg_total_relation_size(child.oid) as bytes
    from pg_inherits join pg_class as child on child.oid = inhrelid
    where inhparent = ${regclass(schema, table)} order by 1`.execute(database)
  return rows
}

/**
 * Makes a table beside the others, moves there what was caught of its month, and only then makes it a
 * partition: that does not lock the whole table, as making it in place would. Writers into the rest
 * wait for the move.
 */
export async function makePartition(
  { database, schema }: StoreTables,
  { table, key, name, from, to }: MissingPartition,
): Promise<number | undefined> {
  const [parent, rest, made] = [table, restOf(table), name].map((each) => qualified(schema, each))
  if (parent === undefined || rest === undefined || made === undefined) return undefined
  const column = sql.ref(key)
  await sql`lock table ${rest} in access exclusive mode`.execute(database)
  const there = await partitionsOf({ database, schema }, table)
  // Another process was faster.
  if (there.some((partition) => partition.name === name)) return 0
  const caught = sql`from ${rest} where ${column} >= ${from} and ${column} < ${to}`
  const { rows } = await sql<{ many: number }>`select count(*) as many from
    (select 1 ${caught} limit ${sql.lit(MOST_MOVED_ROWS + 1)}) as caught`.execute(database)
  const many = rows[0]?.many ?? 0
  if (many > MOST_MOVED_ROWS) return undefined
  await sql`create table ${made} (like ${parent} including all)`.execute(database)
  await sql`with caught as (delete ${caught} returning *)
    insert into ${made} select * from caught`.execute(database)
  await sql`alter table ${parent} attach partition ${made}
    for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(database)
  return many
}
