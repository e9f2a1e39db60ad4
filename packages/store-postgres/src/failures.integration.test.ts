import { inspect } from 'node:util'

import { Pool, types } from 'pg'
import { expect, it, onTestFinished, vi } from 'vitest'

import { openTestDatabase, testPool } from './__fixtures__/test-database.ts'
import { postgresStore } from './postgres-store.ts'

// Each test migrates a database of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const health = { providerId: 'p', status: 'healthy', checkedAtMs: 1_795_000_000_123 } as const

it('is unavailable when nobody listens, and shows neither password nor SQL', async () => {
  const connectionString = 'postgres://user:hunter2@127.0.0.1:1/none'
  const store = postgresStore({ connectionString })
  const error: unknown = await store.providers.list().catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'store-unavailable', cause: expect.any(Error) as Error })
  expect(String(error)).not.toMatch(/hunter2|select/i)
  await store.close()
})

it('tells a log nothing of a row that the database refuses', async () => {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const store = postgresStore({ connectionString: database.url })
  onTestFinished(() => store.close())
  await store.migrate()
  await database.pool.query(
    "alter table provider_health add constraint refused check (error <> 'hunter2')",
  )
  const failed = store.providers.putHealth({ ...health, status: 'down', error: 'hunter2' })
  const error: unknown = await failed.catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'internal', cause: { code: '23514', constraint: 'refused' } })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2')
})

it('is unavailable while its connections are cut, and works again afterwards', async () => {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const store = postgresStore({ connectionString: database.url })
  onTestFinished(() => store.close())
  await store.migrate()
  const pids = await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  )
  expect(pids.rowCount).toBeGreaterThan(0)
  const outcomes: unknown[] = []
  for (let turn = 0; turn < 5; turn += 1) {
    outcomes.push(await store.providers.putHealth(health).catch((error: unknown) => error))
  }
  for (const outcome of outcomes.filter((each) => each !== undefined)) {
    expect(outcome).toMatchObject({ code: 'store-unavailable' })
  }
  expect(outcomes.at(-1)).toBeUndefined()
  expect(await store.providers.listHealth()).toEqual([health])
})

it('is unavailable when its connection is cut in the middle of a transaction, and writes nothing of it', async () => {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const store = postgresStore({ connectionString: database.url })
  onTestFinished(() => store.close())
  await store.migrate()
  // The last statement of `putAlias` waits for this row.
  const holder = await database.pool.connect()
  await holder.query("insert into change_versions values ('catalog', 1)")
  await holder.query('begin')
  await holder.query('select * from change_versions for update')
  const alias = {
    name: 'a',
    modelId: 'p/a',
    reason: 'alias',
    isAutomatic: true,
    createdAtMs: 0,
  } as const
  const writing = store.models.putAlias(alias).catch((error: unknown) => error)
  const waiting = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  let pid: number | undefined
  while (pid === undefined) {
    const { rows } = await database.pool.query<{ pid: number }>(waiting)
    pid = rows[0]?.pid
  }
  await database.pool.query('select pg_terminate_backend($1)', [pid])
  expect(await writing).toMatchObject({ code: 'store-unavailable' })
  await holder.query('rollback')
  holder.release()
  expect(await store.models.listAliases()).toEqual([])
})

it('leaves a pool of the host open, and does not depend on what the host made of its types', async () => {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const pool = testPool(database.url)
  onTestFinished(() => pool.end())
  const original = types.getTypeParser(1184) as (value: string) => unknown
  types.setTypeParser(1184, () => 'the host has a date library')
  onTestFinished(() => types.setTypeParser(1184, original))
  const store = postgresStore({ pool })
  await store.migrate()
  await store.providers.putHealth(health)
  expect(await store.providers.listHealth()).toEqual([health])
  await store.close()
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

it.each([
  [{}, 'connectionString'],
  [{ connectionString: '' }, 'connectionString'],
  [{ connectionString: 'postgres://x', schema: '' }, 'schema'],
  [{ connectionString: 'postgres://x', pool: new Pool() }, 'exclude each other'],
])('refuses the options %#', (options, message) => {
  expect(() => postgresStore(options)).toThrow(message)
})
