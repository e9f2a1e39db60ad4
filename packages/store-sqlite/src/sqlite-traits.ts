import type { DatabaseErrorKind, DialectTraits } from '@imrs/store-kysely'
import { JOINED_COUNTS } from '@imrs/store-kysely'
import { sql } from 'kysely'

import { createSearchIndex, fitsSearch } from './search-index.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

const RANDOM_UUID = `(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' ||
  substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (abs(random()) % 4), 1) ||
  substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))`

/** What SQLite has and calls things. */
export const sqliteTraits: DialectTraits = Object.freeze<DialectTraits>({
  name: 'sqlite',
  columnTypes: {
    text: 'text',
    integer: 'integer',
    bigint: 'integer',
    double: 'real',
    // Text keeps every digit; a numeric column would round.
    decimal: 'text',
    boolean: 'integer',
    time: 'text',
    json: 'text',
    sequence: 'integer',
    'random-id': `text default ${RANDOM_UUID}`,
  },
  maxParameters: 32_766,
  supportsRowLocks: false,
  supportsSequences: false,
  writesManyTables: false,
  supportsPartitions: false,
  // A write transaction begins IMMEDIATE: it is the only one.
  lock: async () => {},
  hasTable: async (database, { name }) => {
    const { rows } =
      await sql`select 1 from sqlite_schema where type = 'table' and name = ${name}`.execute(
        database,
      )
    return rows.length > 0
  },
  textsOf: (jsonArray) => sql<string>`(select value from json_each(${jsonArray}))`,
  eachText: (column) => sql`json_each(${column})`,
  addedCounts: (sums, counts) =>
    sql<string>`case when ${counts} = '' then ${sums}
      when length(${sums}) + length(${counts}) < ${sql.lit(JOINED_COUNTS)}
        then ltrim(${sums} || ' ' || ${counts})
      else (select string_agg(name || ':' || total, ' ') from
        (select value ->> 0 as name, sum(value ->> 1) as total
          from json_each('[["' || replace(replace(trim(${sums} || ' ' || ${counts}), ':', '",'),
            ' ', '],["') || ']]') group by name)) end`,
  createSearchIndex,
  fitsSearch,
  unindexed: (column) => sql`+${sql.ref(column)}`,
  byIndex: (index) => sql`indexed by ${sql.id(index)}`,
  classify: classifySqliteError,
  // The driver of this dialect makes no other connections.
  executeAll: (connection, batch) => (connection as SqliteConnection).executeAll(batch),
})

const UNAVAILABLE =
  /^SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR|FULL|READONLY|CORRUPT|NOTADB|PERM|AUTH|NOMEM|PROTOCOL)/

function classifySqliteError(error: unknown): DatabaseErrorKind {
  if (!(error instanceof Error)) return 'internal'
  const code = codeOf(error)
  if (code !== undefined) return UNAVAILABLE.test(code) ? 'unavailable' : 'internal'
  // better-sqlite3 has no code for a database that is closed or whose folder is not there.
  const isClosed = /database connection is not open|directory does not exist|already been destroyed/
  return isClosed.test(error.message) ? 'unavailable' : 'internal'
}

/** The code of an error of better-sqlite3 or of the file system. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
