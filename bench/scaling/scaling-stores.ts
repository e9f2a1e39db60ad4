import { createRequire } from 'node:module'

import type { Store } from '@imrs/core'
import { TABLES } from '@imrs/store-kysely'

import { writeRows } from '../../packages/store-kysely/src/__fixtures__/store-tables.ts'
import { rowsOf } from './scaling-rows.ts'

const CHUNK = 5_000

interface RawSqlite {
  prepare(text: string): { all(): unknown[] }
  close(): unknown
}

interface RawPostgres {
  connect(): Promise<void>
  query(text: string): Promise<{ readonly rows: unknown[] }>
  end(): Promise<void>
}

/** Bytes of a table with its indexes, by its name. */
export type TableBytes = ReadonlyMap<string, number>

interface NamedBytes {
  readonly name: string
  readonly bytes: number
}

/** Puts so many rows into each of the tables. */
export async function fill(store: Store, tables: readonly string[], count: number): Promise<void> {
  for (const name of tables) {
    const definition = TABLES[name]
    if (definition === undefined) throw new TypeError(`There is no table ${name}`)
    for (let from = 0; from < count; from += CHUNK) {
      const rows = rowsOf(name, { from, to: Math.min(count, from + CHUNK), count })
      await writeRows(store, { name, definition }, rows)
    }
  }
}

/** What each table of a file takes. */
export function sqliteBytes(path: string): TableBytes {
  const Sqlite = createRequire(import.meta.resolve('@imrs/store-sqlite/package.json'))(
    'better-sqlite3',
  ) as new (path: string) => RawSqlite
  const raw = new Sqlite(path)
  try {
    const rows = raw
      .prepare(
        `select tbl_name as name, sum(pgsize) as bytes from dbstat
          join sqlite_schema on sqlite_schema.name = dbstat.name group by tbl_name`,
      )
      .all() as NamedBytes[]
    return new Map(rows.map(({ name, bytes }) => [name, bytes]))
  } finally {
    raw.close()
  }
}

/** What each table of a database takes, its partitions together, once it is vacuumed. */
export async function postgresBytes(url: string): Promise<TableBytes> {
  const { Client } = createRequire(import.meta.resolve('@imrs/store-postgres/package.json'))(
    'pg',
  ) as { readonly Client: new (options: object) => RawPostgres }
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('vacuum analyze')
    const { rows } = await client.query(
      `select root.relname as name, sum(pg_total_relation_size(part.relid))::float8 as bytes
        from pg_class root, pg_partition_tree(root.oid) part
        where root.relkind = 'p' group by root.relname
      union all
      select relname, pg_total_relation_size(oid)::float8 from pg_class
        where relkind = 'r' and not relispartition and relnamespace = 'public'::regnamespace`,
    )
    return new Map((rows as NamedBytes[]).map(({ name, bytes }) => [name, bytes]))
  } finally {
    await client.end()
  }
}
