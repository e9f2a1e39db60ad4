import type { Store } from '@imrs/core'
import { expect, it, onTestFinished, vi } from 'vitest'

import { startOwnPostgres } from '../../../tooling/postgres/index.ts'
import { openTestDatabase, testPool } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import type { PostgresClient, PostgresPool, PostgresStoreOptions } from './options.ts'
import { postgresStore } from './postgres-store.ts'

// Each test migrates a database of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const health = { providerId: 'p', status: 'healthy', checkedAtMs: 0 } as const

async function open(
  options: Partial<PostgresStoreOptions> = {},
): Promise<{ database: PostgresDatabase; store: Store }> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  return { database, store: await openStore({ connectionString: database.url, ...options }) }
}

async function openStore(options: PostgresStoreOptions): Promise<Store> {
  const store = postgresStore(options)
  onTestFinished(() => store.close())
  await store.migrate()
  return store
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing went wrong',
    (error: unknown) => error,
  )
}

/** How many connections of stores do something now, as the server sees it. */
async function activeIn({ pool }: PostgresDatabase): Promise<number> {
  const { rows } =
    await pool.query(`select 1 from pg_stat_activity where datname = current_database()
    and application_name = 'imrs' and state = 'active' and query not like '%pg_cancel_backend%'`)
  return rows.length
}

/** Keeps writers of health waiting until it is called. */
async function holdHealth({ pool }: PostgresDatabase): Promise<() => Promise<void>> {
  const client = await pool.connect()
  await client.query('begin')
  await client.query('lock table provider_health in access exclusive mode')
  return async () => {
    await client.query('rollback')
    client.release()
  }
}

it('gives its connections the limits and the name it was told, and has defaults for all', async () => {
  const { database, store } = await open()
  const settings = `select name, setting from pg_settings where name in ('statement_timeout',
    'lock_timeout', 'idle_in_transaction_session_timeout', 'application_name') order by name`
  const seen: unknown[] = []
  const watched = async (options: Partial<PostgresStoreOptions>): Promise<void> => {
    const { Pool } = await import('pg')
    const { resolvePostgresStoreOptions } = await import('./options.ts')
    const { source } = resolvePostgresStoreOptions({ connectionString: database.url, ...options })
    if (source.kind !== 'connection-string') throw new Error('It is a pool')
    const pool = new Pool(source.client)
    const { rows } = await pool.query<{ setting: string }>(settings)
    seen.push(rows.map(({ setting }) => setting))
    await pool.end()
  }
  await watched({})
  await watched({
    connections: {
      statementTimeoutMs: 1_000,
      lockTimeoutMs: 0,
      idleInTransactionTimeoutMs: 3_000,
      applicationName: 'mine',
    },
  })
  expect(seen).toEqual([
    ['imrs', '60000', '30000', '60000'],
    ['mine', '3000', '0', '1000'],
  ])
  // And the store's own are made of the same.
  await store.providers.list()
  const named = await database.pool.query(
    "select 1 from pg_stat_activity where application_name = 'imrs' and datname = current_database()",
  )
  expect(named.rows.length).toBeGreaterThan(0)
})

it('keeps to the most connections it may have', async () => {
  const { database, store } = await open({ connections: { max: 2 } })
  const release = await holdHealth(database)
  const writing = Array.from({ length: 6 }, () => store.providers.putHealth(health))
  await expect.poll(() => activeIn(database)).toBe(2)
  await release()
  await Promise.all(writing)
})

it('has the server stop what an aborted call runs, and keeps the connection', async () => {
  const { database, store } = await open({ connections: { max: 1 } })
  const release = await holdHealth(database)
  const abort = new AbortController()
  const reason = new Error('enough')
  const reading = errorOf(store.providers.listHealth({ signal: abort.signal }))
  await expect.poll(() => activeIn(database)).toBe(1)
  abort.abort(reason)
  expect(await reading).toBe(reason)
  await expect.poll(() => activeIn(database)).toBe(0)
  const writing = new AbortController()
  const written = errorOf(store.providers.putHealth(health, { signal: writing.signal }))
  await expect.poll(() => activeIn(database)).toBe(1)
  writing.abort(reason)
  expect(await written).toBe(reason)
  await expect.poll(() => activeIn(database)).toBe(0)
  await release()
  expect(await store.providers.listHealth()).toEqual([])
  await store.providers.putHealth(health)
  expect(await store.providers.listHealth()).toEqual([health])
})

it('has a call that waits for a connection wait no longer than it is wanted', async () => {
  const { database, store } = await open({ connections: { max: 1 } })
  const release = await holdHealth(database)
  const writing = store.providers.putHealth(health)
  await expect.poll(() => activeIn(database)).toBe(1)
  const abort = new AbortController()
  const waiting = errorOf(store.providers.list({ signal: abort.signal }))
  const reason = new Error('enough')
  abort.abort(reason)
  expect(await waiting).toBe(reason)
  await release()
  await writing
  expect(await store.providers.list()).toEqual([])
})

it("stops what an aborted call runs on a pool of the host's too", async () => {
  const { database } = await open()
  const pool = testPool(database.url)
  onTestFinished(() => pool.end())
  const store = await openStore({ pool })
  const release = await holdHealth(database)
  const abort = new AbortController()
  const reading = errorOf(store.providers.listHealth({ signal: abort.signal }))
  const waiting = `select 1 from pg_locks where not granted`
  await expect.poll(async () => (await database.pool.query(waiting)).rows.length).toBe(1)
  abort.abort(new Error('enough'))
  expect(await reading).toMatchObject({ message: 'enough' })
  await expect.poll(async () => (await database.pool.query(waiting)).rows).toEqual([])
  await release()
})

it.each([
  ['statementTimeoutMs', 'statement_timeout', '57014'],
  ['lockTimeoutMs', 'lock_timeout', '55P03'],
] as const)('ends a statement after %s, and says so', async (name, message, code) => {
  const { database, store } = await open({ connections: { [name]: 100 } })
  const release = await holdHealth(database)
  expect(await errorOf(store.providers.putHealth(health))).toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining(message) as string,
    cause: { code },
  })
  await release()
  await store.providers.putHealth(health)
})

it('says that nobody gave it a connection in time', async () => {
  const { database, store } = await open({ connections: { max: 1, connectionTimeoutMs: 100 } })
  const release = await holdHealth(database)
  const writing = store.providers.putHealth(health)
  await expect.poll(() => activeIn(database)).toBe(1)
  expect(await errorOf(store.providers.list())).toMatchObject({ code: 'store-unavailable' })
  await release()
  await writing
  expect(await store.providers.list()).toEqual([])
})

it('says in words what is wrong with a connection, and never shows its password', async () => {
  const server = await startOwnPostgres({ hba: ['host all guarded 127.0.0.1/32 scram-sha-256'] })
  onTestFinished(server.stop)
  const pool = testPool(server.url)
  onTestFinished(() => pool.end())
  await pool.query("create user guarded password 'right-5kT'")
  const port = new URL(server.url).port
  const to = (user: string, host: string, database: string): string =>
    `postgres://${user}@${host}:${port}/${database}`
  const cases = [
    [to('guarded:wrong-9xQ', '127.0.0.1', 'postgres'), 'the user or the password', '28P01'],
    [to('postgres:wrong-9xQ', '127.0.0.1', 'nowhere'), 'no database of that name', '3D000'],
    [
      to('postgres:wrong-9xQ', 'nowhere.invalid', 'postgres'),
      'host leads nowhere',
      /ENOTFOUND|EAI_AGAIN/,
    ],
    ['postgres://postgres:wrong-9xQ@127.0.0.1:1/postgres', 'Nobody listens', 'ECONNREFUSED'],
    [
      `${to('postgres:wrong-9xQ', '127.0.0.1', 'postgres')}?sslmode=verify-full`,
      'does not speak TLS',
      undefined,
    ],
  ] as const
  for (const [connectionString, message, code] of cases) {
    const store = postgresStore({ connectionString })
    const error = await errorOf(store.migrate())
    await store.close()
    expect(error).toMatchObject({ code: 'store-unavailable' })
    expect(String(error)).toContain(message)
    const { cause } = error as { cause: Error & { code?: string } }
    if (code instanceof RegExp) expect(cause.code).toMatch(code)
    else expect(cause.code).toBe(code)
    expect(`${String(error)} ${JSON.stringify(error)} ${cause.message}`).not.toContain('wrong-9xQ')
  }
  await pool.query('grant create on schema public to guarded')
  await openStore({ connectionString: to('guarded:right-5kT', '127.0.0.1', 'postgres') })
}, 30_000)

it('refuses a server that is too old before it writes anything', async () => {
  const { database } = await open()
  const older: PostgresPool = {
    connect: async () => {
      const client: PostgresClient = await database.pool.connect()
      return {
        query: (query) =>
          client.query(
            query.text.includes('server_version_num')
              ? { ...query, text: "select '150018' as version", values: [] }
              : query,
          ),
        on: (event: 'error', listener: (error: Error) => void) => client.on(event, listener),
        off: (event, listener) => client.off(event, listener),
        release: (discard) => client.release(discard),
      } as PostgresClient
    },
  }
  const store = postgresStore({ pool: older, schema: 'never_made' })
  expect(await errorOf(store.migrate())).toMatchObject({
    code: 'invalid-config',
    message: 'The server is PostgreSQL 15; this store needs 16 or newer',
  })
  const made = await database.pool.query("select 1 from pg_namespace where nspname = 'never_made'")
  expect(made.rows).toEqual([])
})

it('is unavailable while the server crashes in the middle of a transaction, and works again', async () => {
  const server = await startOwnPostgres({ settings: { synchronous_commit: 'on' } })
  onTestFinished(server.stop)
  const pool = testPool(server.url)
  onTestFinished(() => pool.end())
  const store = await openStore({ connectionString: server.url })
  await store.providers.putHealth(health)
  const holder = await pool.connect()
  holder.on('error', () => {})
  await holder.query('begin')
  await holder.query('lock table provider_health in access exclusive mode')
  const writing = errorOf(store.providers.putHealth({ ...health, status: 'down' }))
  const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock'`
  await expect.poll(async () => (await pool.query(waiting)).rows.length).toBe(1)
  await server.restart()
  expect(await writing).toMatchObject({
    code: 'store-unavailable',
    cause: expect.any(Error) as Error,
  })
  holder.release(true)
  // Connections that lay idle died unseen: each is found out by one call at most.
  const outcomes: unknown[] = []
  for (let turn = 0; turn < 12; turn += 1) outcomes.push(await errorOf(store.providers.list()))
  expect(outcomes.at(-1)).toBe('nothing went wrong')
  expect(await store.providers.listHealth()).toEqual([health])
}, 30_000)

it('is unavailable while the server has no connection left, or only reads, and works again', async () => {
  const server = await startOwnPostgres({
    settings: { max_connections: '8', superuser_reserved_connections: '1', max_wal_senders: '0' },
  })
  onTestFinished(server.stop)
  const pool = testPool(server.url)
  onTestFinished(() => pool.end())
  await pool.query('create user ordinary; grant create on schema public to ordinary')
  const url = new URL(server.url)
  url.username = 'ordinary'
  const first = postgresStore({ connectionString: url.href })
  await first.migrate()
  await first.close()
  const store = postgresStore({ connectionString: url.href })
  onTestFinished(() => store.close())
  const takers = testPool(url.href)
  onTestFinished(() => takers.end())
  const taken: { release: (discard: boolean) => void }[] = []
  // As many as there are, whoever else has one.
  await expect(
    (async () => {
      for (;;) taken.push(await takers.connect())
    })(),
  ).rejects.toMatchObject({ code: '53300' })
  expect(await errorOf(store.providers.list())).toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining('max_connections') as string,
  })
  for (const client of taken) client.release(true)
  await expect.poll(() => errorOf(store.providers.list())).toBe('nothing went wrong')

  await pool.query('alter system set default_transaction_read_only = on')
  await pool.query('select pg_reload_conf()')
  await expect
    .poll(() => errorOf(store.providers.putHealth(health)))
    .toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('only reads') as string,
      cause: { code: '25006' },
    })
  const writable = testPool(`${server.url}?options=-c%20default_transaction_read_only=off`)
  onTestFinished(() => writable.end())
  await writable.query('alter system reset default_transaction_read_only')
  await writable.query('select pg_reload_conf()')
  await expect.poll(() => errorOf(store.providers.putHealth(health))).toBe('nothing went wrong')
}, 30_000)
