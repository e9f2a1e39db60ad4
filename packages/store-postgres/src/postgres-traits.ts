import type { DialectTraits } from '@imrs/store-kysely'
import { sql } from 'kysely'

import { beginMigration, hasTable, isLockTimeout } from './migration-locks.ts'
import { createPartitions } from './partitions.ts'
import { classifyPostgresError } from './postgres-errors.ts'
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
    supportsPartitions: true,
    lock: async (database, name) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(database)
    },
    lockShared: async (database, name) => {
      await sql`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`.execute(database)
    },
    hasTable,
    beginMigration,
    isLockTimeout,
    textsOf: (jsonArray) => sql<string>`(select jsonb_array_elements_text(${jsonArray}::jsonb))`,
    addedCounts: (sums, counts) =>
      sql<string>`${sums} || coalesce(
        (select jsonb_object_agg(key, value::bigint + coalesce((${sums} ->> key)::bigint, 0))
          from jsonb_each_text(${counts})), '{}')`,
    createSearchIndex,
    fitsSearch: (terms) => fitsSearch(schema, terms),
    // The planner knows how often values occur, and chooses well by itself.
    unindexed: (column) => sql.ref(column),
    classify: classifyPostgresError,
    currentSchema: async (database) => {
      const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(
        database,
      )
      return rows[0]?.name ?? 'public'
    },
    afterMigrate: createPartitions,
    schema,
  })
}
