import { JOINED_COUNTS } from '@imrs/store-kysely'
import type { Database, DialectTraits } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

import { abortable } from './abortable-calls.ts'
import { tellChanges } from './change-trigger.ts'
import { beginMigration, hasTable, isLockTimeout } from './migration-locks.ts'
import { postgresPartitions } from './old-partitions.ts'
import { createPartitions } from './partitions.ts'
import { makeRoomSince } from './past-months.ts'
import { classifyPostgresError, describePostgresError } from './postgres-errors.ts'
import { createRatingFunctions } from './rating-functions.ts'
import { createSearchIndex, fitsSearch } from './search-index.ts'

/** What PostgreSQL has and calls things. */
export function postgresTraits(schema: string | undefined): DialectTraits {
  return Object.freeze<DialectTraits>({
    name: 'postgres',
    columnTypes: {
      // By code point, as SQLite and the cursors of lists sort.
      text: 'text collate "C"',
      integer: 'integer',
      bigint: 'bigint',
      double: 'double precision',
      decimal: 'numeric',
      boolean: 'boolean',
      time: 'timestamptz',
      json: 'jsonb',
      sequence: 'bigint',
      'random-id': 'text collate "C" default gen_random_uuid()',
    },
    maxParameters: 65_535,
    supportsRowLocks: true,
    supportsSequences: true,
    writesManyTables: true,
    supportsPartitions: true,
    lock,
    lockShared,
    tryLock,
    partitions: postgresPartitions,
    hasTable,
    beginMigration,
    isLockTimeout,
    makeRoomSince,
    textsOf: (jsonArray) => sql<string>`(select jsonb_array_elements_text(${jsonArray}::jsonb))`,
    // The name of its rows comes from the caller; that of their column from here.
    eachText: (column) => sql`lateral (select jsonb_array_elements_text(${column}) as value)`,
    addedCounts: (sums, counts) =>
      sql<string>`case when ${counts} = '' then ${sums}
        when length(${sums}) + length(${counts}) < ${sql.lit(JOINED_COUNTS)}
          then ltrim(${sums} || ' ' || ${counts})
        else (select string_agg(name || ':' || total, ' ') from
          (select split_part(part, ':', 1) as name, sum(split_part(part, ':', 2)::bigint) as total
            from string_to_table(trim(${sums} || ' ' || ${counts}), ' ') as part group by 1) as sums) end`,
    createSearchIndex,
    tellChanges,
    createRatingFunctions,
    fitsSearch: (terms) => fitsSearch(schema, terms),
    // The planner knows how often values occur, and chooses well by itself.
    unindexed: (column) => sql.ref(column),
    byIndex: () => sql``,
    classify: classifyPostgresError,
    describe: describePostgresError,
    abortable,
    currentSchema,
    afterMigrate: createPartitions,
    schema,
  })
}

async function currentSchema(database: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(database)
  return rows[0]?.name ?? 'public'
}

async function lock(database: Kysely<Database>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(database)
}

async function lockShared(database: Kysely<Database>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`.execute(database)
}

async function tryLock(database: Kysely<Database>, name: string): Promise<boolean> {
  const { rows } = await sql<{ isOurs: number }>`select
    pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as "isOurs"`.execute(database)
  return rows[0]?.isOurs === 1
}
