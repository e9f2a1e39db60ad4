import { MIGRATION_NAMES, TABLES } from '@imrs/store-kysely'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'

import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import { postgresStore } from './postgres-store.ts'

async function open(): Promise<PostgresDatabase> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  return database
}

async function migrated(): Promise<PostgresDatabase> {
  const database = await open()
  const store = postgresStore({ pool: database.pool })
  await store.migrate()
  await store.migrate()
  return database
}

/** For tests that only look. */
let shared: PostgresDatabase
beforeAll(async () => {
  shared = await openTestDatabase()
  await postgresStore({ pool: shared.pool }).migrate()
})
afterAll(() => shared.drop())

it('makes a new database the newest version, once, however many processes try', async () => {
  const database = await open()
  const stores = Array.from({ length: 5 }, () => postgresStore({ connectionString: database.url }))
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))))
  await Promise.all(stores.map((store) => store.migrate()))
  const { rows } = await database.pool.query('select name from imrs_migrations')
  expect(rows).toEqual(MIGRATION_NAMES.map((name) => ({ name })))
  const locks = await database.pool.query(
    `select 1 from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`,
  )
  expect(locks.rows).toEqual([])
})

it('has the columns and indexes of the schema', async () => {
  const { pool } = shared
  for (const [table, definition] of Object.entries(TABLES)) {
    const columns = await pool.query<{ name: string }>(
      `select column_name as name from information_schema.columns
        where table_schema = 'public' and table_name = $1 order by ordinal_position`,
      [table],
    )
    expect(
      columns.rows.map((row) => row.name),
      table,
    ).toEqual(Object.keys(definition.columns))
    for (const [index, { columns: expected, where }] of Object.entries(definition.indexes ?? {})) {
      const { rows } = await pool.query<{ text: string }>(
        `select indexdef as text from pg_indexes where schemaname = 'public' and indexname = $1`,
        [index],
      )
      expect(rows[0]?.text, index).toContain(`(${expected.join(', ')})`)
      expect(rows[0]?.text.includes(' WHERE '), index).toBe(where !== undefined)
    }
  }
})

it.each(Object.entries(TABLES).filter(([, table]) => table.partitionBy !== undefined))(
  'partitions %s by month, for this one and the next two, and catches the rest',
  async (table) => {
    const { pool } = shared
    const { rows } = await pool.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits
        where inhparent = $1::regclass order by 1`,
      [table],
    )
    const now = await pool.query<{ suffix: string }>(
      `select to_char(date_trunc('month', now() at time zone 'utc') + make_interval(months => n),
        'YYYY_MM') as suffix from generate_series(0, 2) n`,
    )
    expect(rows.map((row) => row.name)).toEqual([
      ...now.rows.map((row) => `${table}_${row.suffix}`),
      `${table}_default`,
    ])
  },
)

it('puts a message of this month into its partition and of another into the default one', async () => {
  const { pool } = await migrated()
  const store = postgresStore({ pool })
  const now = Date.now()
  const idAt = (atMs: number): string => {
    const hex = atMs.toString(16).padStart(12, '0')
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
  }
  const later = Date.UTC(2200, 0, 1)
  await store.ledger.append({
    decisions: [],
    attempts: [],
    messages: [now, later].map((createdAtMs) => ({
      id: idAt(createdAtMs),
      tenantId: 't',
      agentId: 'a',
      role: 'assistant',
      model: 'p/m',
      metadata: {},
      createdAtMs,
      taskType: 'code',
      creditedTaskType: 'code',
      toolsUsed: [],
    })),
  })
  const { rows } = await pool.query<{ name: string }>(
    'select tableoid::regclass::text as name from messages order by id',
  )
  const month = new Date(now).toISOString().slice(0, 7).replace('-', '_')
  expect(rows.map((row) => row.name)).toEqual([`messages_${month}`, 'messages_default'])
})

it('migrates again when the default partition has caught rows of a month that has none', async () => {
  const { pool } = await migrated()
  const partitions = await pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'messages'::regclass and inhrelid::regclass::text like '%\\_2%' order by 1`,
  )
  const next = partitions.rows.at(-1)?.name ?? ''
  await pool.query(`drop table ${next}`)
  const [year, month] = next.split('_').slice(1).map(Number)
  const hex = Date.UTC(year ?? 0, (month ?? 1) - 1, 15)
    .toString(16)
    .padStart(12, '0')
  await pool.query(
    `insert into messages (id, role, model, metadata, created_at, task_type, credited_task_type,
      tools_used, tenant_id, agent_id)
      values ($1, 'assistant', 'm', '{}', now(), 'code', 'code', '[]', 't', 'a')`,
    [`${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`],
  )
  await postgresStore({ pool }).migrate()
  expect((await pool.query('select count(*)::int as n from messages')).rows).toEqual([{ n: 1 }])
})

it('refuses a database of a newer version, and leaves it as it is', async () => {
  const { pool } = await migrated()
  await pool.query("insert into imrs_migrations values ('9999-from-the-future', '2100')")
  await expect(postgresStore({ pool }).migrate()).rejects.toMatchObject({
    code: 'schema-too-new',
    message: expect.stringContaining('9999-from-the-future') as string,
  })
  const { rows } = await pool.query('select name from imrs_migrations')
  expect(rows).toHaveLength(MIGRATION_NAMES.length + 1)
})

it('keeps schemas of one database apart', async () => {
  const { pool } = await migrated()
  const other = postgresStore({ pool, schema: 'other' })
  await other.migrate()
  const alias = {
    name: 'a',
    modelId: 'p/a',
    reason: 'alias',
    isAutomatic: true,
    createdAtMs: 0,
  } as const
  await other.models.putAlias(alias)
  expect(await postgresStore({ pool }).models.listAliases()).toEqual([])
  expect(await other.models.listAliases()).toEqual([alias])
})
