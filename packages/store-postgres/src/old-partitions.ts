import { qualified } from '@imrs/store-kysely'
import type { MonthOfPartitions, PartitionTraits, StoreTables } from '@imrs/store-kysely'
import { sql } from 'kysely'

import { attachIndex, buildIndex, listUnindexed } from './partition-indexes.ts'
import { listMissing, makePartition, monthPartitions, partitionsOf, restOf } from './partitions.ts'
import { tableNames } from './table-names.ts'

/** In the order in which records of answers and of feedback lock them. */
const TABLES_IN_ORDER = ['routing_decisions', 'attempts', 'messages', 'feedback_events'] as const

/** How long upkeep waits for the lock of a table, milliseconds. Whoever comes to the table meanwhile waits behind it. */
const LOCK_TIMEOUT_MS = 500

/** So that no other table is ever taken for one of ours that was taken off. */
const DETACHED = 'imrs_dropped_'
const MONTH = /_(\d{4})_(\d{2})$/

/** Upkeep of partitions by month. */
export const postgresPartitions: PartitionTraits = {
  beShort: async (database) => {
    await sql`set local statement_timeout = 0`.execute(database)
    await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT_MS)}`.execute(database)
  },
  listMissing,
  make: makePartition,
  listBelow,
  lock: async ({ database, schema }) => {
    for (const table of TABLES_IN_ORDER) {
      await sql`lock table only ${qualified(schema, table)} in access exclusive mode`.execute(
        database,
      )
    }
  },
  listUnindexed,
  buildIndex,
  attachIndex,
  detach,
  listDetached: (tables) => tableNames(tables, DETACHED),
  restOf,
}

async function listBelow(
  tables: StoreTables,
  bound: string,
): Promise<readonly MonthOfPartitions[]> {
  const months = new Map<string, MonthOfPartitions['partitions'][number][]>()
  for (const table of TABLES_IN_ORDER) {
    for (const partition of await partitionsOf(tables, table)) {
      const to = endOf(partition.name)
      if (to === undefined || to > bound) continue
      months.set(to, [...(months.get(to) ?? []), { ...partition, table }])
    }
  }
  return [...months]
    .map(([to, partitions]) => ({ to, partitions }))
    .toSorted((left, right) => (left.to < right.to ? -1 : 1))
}

/** Where the month of a partition ends; `undefined` for the rest. */
function endOf(name: string): string | undefined {
  const [, year, month] = MONTH.exec(name) ?? []
  if (year === undefined || month === undefined) return undefined
  return monthPartitions(Date.UTC(Number(year), Number(month) - 1), 0)[0]?.to
}

/**
 * `detach … concurrently` is refused beside a default partition. This one locks the tables for the
 * moment it takes to write a few rows of the catalogue; the files are deleted afterwards.
 */
async function detach(
  { database, schema }: StoreTables,
  { partitions }: MonthOfPartitions,
): Promise<void> {
  for (const { table, name } of partitions) {
    const partition = qualified(schema, name)
    await sql`alter table ${qualified(schema, table)} detach partition ${partition}`.execute(
      database,
    )
    await sql`alter table ${partition} rename to ${sql.id(`${DETACHED}${name}`)}`.execute(database)
  }
}
