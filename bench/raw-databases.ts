import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Store } from '@imrs/core'
import { sqliteStore } from '@imrs/store-sqlite'

/** The part of better-sqlite3 that is called here. */
export interface RawSqlite {
  pragma(text: string): unknown
  exec(text: string): unknown
  prepare(text: string): {
    all(...values: unknown[]): unknown[]
    run(...values: unknown[]): unknown
  }
  close(): unknown
}

/** The part of a `pg` client that is called here. */
export interface RawPostgres {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>
  end(): Promise<void>
}

/** A file of SQLite, or `:memory:`, by the driver that the store has: a way around the store. */
export function openRawSqlite(path: string): RawSqlite {
  const Sqlite = createRequire(import.meta.resolve('@imrs/store-sqlite/package.json'))(
    'better-sqlite3',
  ) as new (path: string) => RawSqlite
  return new Sqlite(path)
}

/** A connection to PostgreSQL by the driver that the store has: a way around the store. */
export async function connectRawPostgres(url: string): Promise<RawPostgres> {
  const { Client } = createRequire(import.meta.resolve('@imrs/store-postgres/package.json'))(
    'pg',
  ) as { readonly Client: new (options: object) => RawPostgres & { connect(): Promise<void> } }
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}

/** A migrated, empty file of SQLite, and a way around the store that waits for no disk. */
export interface SqliteFile {
  readonly path: string
  readonly store: Store
  readonly raw: RawSqlite
  /** Closes both, and removes the file. */
  readonly close: () => Promise<void>
}

/** Makes one in a folder of its own. */
export async function openSqliteFile(): Promise<SqliteFile> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-bench-'))
  const path = join(folder, 'imrs.db')
  const store = sqliteStore({ path })
  await store.migrate()
  const raw = openRawSqlite(path)
  raw.pragma('synchronous = off')
  return {
    path,
    store,
    raw,
    close: async () => {
      raw.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
