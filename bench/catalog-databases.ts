import type { Model, Store } from '@imrs/core'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'

import { benchModels } from './catalog-rows.ts'
import { connectRawPostgres, openRawSqlite, openSqliteFile } from './raw-databases.ts'
import type { RawPostgres, RawSqlite } from './raw-databases.ts'

export interface BenchDatabase {
  readonly name: string
  readonly store: Store
  readonly close: () => Promise<void>
}

/** Rows of a chunk of models, as one provider's sync would write them. */
type Row = Record<string, unknown>

const CHUNK = 5_000

/** Makes rows by having the store write models into a database in memory: never by a second mapping. */
async function* rowsOf(count: number): AsyncGenerator<Row[]> {
  const database = openRawSqlite(':memory:')
  const store = sqliteStore({ database: database as never })
  await store.migrate()
  dropIndexes(database)
  const all = database.prepare('select * from llm_model_catalog order by seq')
  let chunk: Model[] = []
  const flush = async (): Promise<Row[]> => {
    for (const group of Map.groupBy(chunk, (model) => model.providerId).values()) {
      const providerId = group[0]?.providerId ?? ''
      await store.models.sync({ providerId, syncedAtMs: 0, models: group })
    }
    chunk = []
    const rows = all.all() as Row[]
    database.exec('delete from llm_model_catalog; delete from catalog_events')
    return rows
  }
  for (const model of benchModels(count)) {
    if (chunk.push(model) === CHUNK) yield await flush()
  }
  if (chunk.length > 0) yield await flush()
  database.close()
}

/** What a bulk load does without until its end. Gives the statements that make it again. */
function dropIndexes(database: RawSqlite): string[] {
  const made = database
    .prepare(
      `select type, name, sql from sqlite_schema
        where tbl_name = 'llm_model_catalog' and type in ('index', 'trigger') and sql is not null`,
    )
    .all() as { type: string; name: string; sql: string }[]
  for (const { type, name } of made) database.exec(`drop ${type} ${name}`)
  return made.map(({ sql }) => sql)
}

export async function sqliteDatabase(count: number): Promise<BenchDatabase> {
  const { store, raw, close } = await openSqliteFile()
  raw.pragma('cache_size = -1000000')
  const again = dropIndexes(raw)
  for await (const rows of rowsOf(count)) {
    const columns = Object.keys(rows[0] ?? {})
    const names = columns.map((column) => `@${column}`).join(', ')
    const insert = raw.prepare(
      `insert into llm_model_catalog (${columns.join(', ')}) values (${names})`,
    )
    raw.exec('begin')
    for (const row of rows) insert.run(row)
    raw.exec('commit')
  }
  for (const statement of again) raw.exec(statement)
  raw.exec("insert into model_search (model_search) values ('rebuild')")
  raw.pragma('wal_checkpoint(truncate)')
  // Its cache is large; closing it again does nothing.
  raw.close()
  return { name: 'SQLite', store, close }
}

interface PostgresTools {
  startPostgres(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }>
  createDatabase(url: string): Promise<{ readonly url: string; readonly drop: () => Promise<void> }>
}

/** `undefined` when no server can be started here. */
export async function postgresDatabase(count: number): Promise<BenchDatabase | undefined> {
  const tools = (await import(
    new URL('../tooling/postgres/index.ts', import.meta.url).href
  )) as PostgresTools
  const server = await tools.startPostgres().catch(() => undefined)
  if (server === undefined) return undefined
  const database = await tools.createDatabase(server.url)
  const store = postgresStore({ connectionString: database.url })
  await store.migrate()
  const client = await connectRawPostgres(database.url)
  await loadPostgres(client, count)
  await client.end()
  return {
    name: 'PostgreSQL',
    store,
    close: async () => {
      await store.close()
      await database.drop()
      await server.stop()
    },
  }
}

async function loadPostgres(client: RawPostgres, count: number): Promise<void> {
  const indexes = await client.query(
    `select indexname as name, indexdef as text from pg_indexes
      where tablename = 'llm_model_catalog' and indexname like 'ix%'`,
  )
  const made = indexes.rows as { name: string; text: string }[]
  for (const { name } of made) await client.query(`drop index ${name}`)
  let seq = 0
  for await (const rows of rowsOf(count)) {
    const loaded = rows.map((row) => ({
      ...row,
      seq: (seq += 1),
      is_available: row['is_available'] === 1,
    }))
    for (const row of loaded) parseJsonColumns(row)
    await client.query(
      'insert into llm_model_catalog select * from jsonb_populate_recordset(null::llm_model_catalog, $1)',
      [JSON.stringify(loaded)],
    )
  }
  await client.query("set maintenance_work_mem = '512MB'")
  for (const { text } of made) await client.query(text)
  await client.query("select setval('llm_model_catalog_seq', $1)", [Math.max(1, seq)])
  await client.query('vacuum analyze llm_model_catalog')
}

const JSON_COLUMNS = ['capabilities', 'domains', 'pricing', 'supported_parameters', 'metadata']

function parseJsonColumns(row: Row): void {
  for (const column of JSON_COLUMNS) {
    const text = row[column]
    // oxlint-disable-next-line no-param-reassign -- a row of ours on its way out
    if (typeof text === 'string') row[column] = JSON.parse(text) as unknown
  }
}
