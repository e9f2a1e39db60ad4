import type { Store } from '@imrs/core'
import { postgresStore } from '@imrs/store-postgres'

import { startBenchPostgres } from './chat/bench-postgres.ts'
import { connectRawPostgres, openSqliteFile } from './raw-databases.ts'

/** A row to be loaded as it is, all columns in their order. */
export type LoadedRow = Readonly<Record<string, unknown>>

/** A migrated, empty store with a way around it to fill it quickly. */
export interface BenchStore {
  readonly name: 'SQLite' | 'PostgreSQL'
  readonly store: Store
  /** The file of the one, the URL of the other: for processes of their own. */
  readonly address: string
  readonly load: (table: string, rows: Iterable<LoadedRow>) => Promise<void>
  /** Runs a statement of the database. */
  readonly run: (statement: string) => Promise<void>
  readonly close: () => Promise<void>
}

const CHUNK = 5_000

/** SQLite on a file, and PostgreSQL on this machine where one can be started. */
export async function openBenchStores(): Promise<readonly BenchStore[]> {
  const postgres = await openPostgres()
  return [await openSqlite(), ...(postgres === undefined ? [] : [postgres])]
}

async function openSqlite(): Promise<BenchStore> {
  const { path, store, raw, close } = await openSqliteFile()
  return {
    name: 'SQLite',
    store,
    address: path,
    load: async (table, rows) => {
      raw.exec('begin')
      for (const chunk of chunksOf(rows)) {
        const marks = Object.keys(chunk[0] ?? {}).map(() => '?')
        const columns = Object.keys(chunk[0] ?? {}).join(', ')
        const insert = raw.prepare(`insert into ${table} (${columns}) values (${marks.join(', ')})`)
        for (const row of chunk) insert.run(...Object.values(row))
      }
      raw.exec('commit')
    },
    run: async (statement) => void raw.exec(statement),
    close,
  }
}

async function openPostgres(): Promise<BenchStore | undefined> {
  const server = await startBenchPostgres()
  if (server === undefined) return undefined
  const store = postgresStore({ connectionString: server.url })
  await store.migrate()
  const client = await connectRawPostgres(server.url)
  return {
    name: 'PostgreSQL',
    store,
    address: server.url,
    load: async (table, rows) => {
      for (const chunk of chunksOf(rows)) {
        const columns = Object.keys(chunk[0] ?? {}).join(', ')
        await client.query(
          `insert into ${table} (${columns})
            select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
          [JSON.stringify(chunk)],
        )
      }
      await client.query(`analyze ${table}`)
    },
    run: async (statement) => void (await client.query(statement)),
    close: async () => {
      await client.end()
      await store.close()
      await server.stop()
    },
  }
}

function* chunksOf(rows: Iterable<LoadedRow>): Generator<readonly LoadedRow[]> {
  let chunk: LoadedRow[] = []
  for (const row of rows) {
    if (chunk.push(row) < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
