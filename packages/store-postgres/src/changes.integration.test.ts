import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { CATALOG_TOPIC, agentTopic } from '@imrs/core'
import type { ChangeWatcher, Store } from '@imrs/core'
import type { Pool } from 'pg'
import { expect, inject, it, onTestFinished } from 'vitest'

import { openTestDatabase, testPool } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import type { PostgresStoreOptions } from './options.ts'
import { postgresStore } from './postgres-store.ts'

const alias = (name: string) =>
  ({ name, modelId: 'p/a', reason: 'alias', isAutomatic: true, createdAtMs: 0 }) as const

const AGENT = { tenantId: 't', agentId: 'a' }

async function openStore(
  database: PostgresDatabase,
  options: Partial<PostgresStoreOptions> = {},
): Promise<Store> {
  const store = postgresStore({ connectionString: database.url, ...options })
  onTestFinished(() => store.close())
  await store.migrate()
  return store
}

async function openDatabase(): Promise<PostgresDatabase> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  return database
}

/** A copy of the catalogue and of one agent, made from the versions that are given. */
async function watch(store: Store) {
  const copies = new Map([
    [CATALOG_TOPIC, 0],
    [agentTopic(AGENT), 0],
  ])
  const moved: string[] = []
  const failures: unknown[] = []
  const watcher: ChangeWatcher = {
    topics: () => [...copies.keys()],
    versionOf: (topic) => copies.get(topic),
    moved: (topics) => void moved.push(...topics),
    failed: (error) => void failures.push(error),
  }
  const stop = await store.changes.watch?.(watcher)
  onTestFinished(async () => stop?.())
  return { copies, moved, failures }
}

/** Cuts the connection that listens, as a server does that restarts. */
async function cutListener(server: Pool, { url }: PostgresDatabase): Promise<number> {
  const { rowCount } = await server.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = $1 and query ilike 'listen imrs_changes'`,
    [new URL(url).pathname.slice(1)],
  )
  return rowCount ?? 0
}

it('tells after a lost connection what was changed while it was away', async () => {
  const database = await openDatabase()
  const [writer, store] = [await openStore(database), await openStore(database)]
  const { copies, moved, failures } = await watch(store)
  // Nobody can listen again before the change is in.
  const server = testPool(inject('postgresUrl'))
  onTestFinished(() => server.end())
  const allow = async (isAllowed: boolean): Promise<void> => {
    await server.query(`alter database ${nameOf(database)} allow_connections ${isAllowed}`)
  }
  await allow(false)
  expect(await cutListener(server, database)).toBe(1)
  await expect.poll(() => failures.length).toBeGreaterThan(0)
  await writer.models.putAlias(alias('while-away'))
  expect(moved).toEqual([])
  await allow(true)
  await expect.poll(() => moved, { timeout: 10_000 }).toContain(CATALOG_TOPIC)
  expect(moved).not.toContain(agentTopic(AGENT))
  // And from then on as before.
  const [version = 0] = await store.changes.versions([CATALOG_TOPIC])
  copies.set(CATALOG_TOPIC, version)
  moved.length = 0
  await writer.models.putAlias(alias('when-back'))
  await expect.poll(() => moved).toContain(CATALOG_TOPIC)
}, 20_000)

it('tells only of its own schema', async () => {
  const database = await openDatabase()
  const store = await openStore(database, { schema: 'one' })
  const neighbour = await openStore(database, { schema: 'two' })
  const { moved } = await watch(store)
  await neighbour.models.putAlias(alias('next-door'))
  const agentModel = { ...AGENT, modelId: 'p/a', isEnabled: true, enabledAtMs: 0 } as const
  await store.agentModels.put([agentModel])
  await expect.poll(() => moved).toContain(agentTopic(AGENT))
  expect(moved).not.toContain(CATALOG_TOPIC)
})

it('sends the topic and its version, and nothing else', async () => {
  const database = await openDatabase()
  const store = await openStore(database)
  const client = await database.pool.connect()
  onTestFinished(() => client.release(true))
  const payloads: unknown[] = []
  client.on('notification', ({ payload }) => payloads.push(JSON.parse(payload ?? '')))
  await client.query('listen imrs_changes')
  await store.models.putAlias(alias('a-name-that-is-nobody’s-business'))
  await expect
    .poll(() => payloads)
    .toEqual([{ schema: 'public', topic: CATALOG_TOPIC, version: 1 }])
})

it('asks now and then where no connection can be kept', async () => {
  const database = await openDatabase()
  const writer = await openStore(database)
  const polling = await openStore(database, { changes: { pollEveryMs: 20 } })
  const { moved } = await watch(polling)
  await writer.models.putAlias(alias('a'))
  await expect.poll(() => moved).toContain(CATALOG_TOPIC)
  const { rows } = await database.pool.query(
    "select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen%'",
  )
  expect(rows).toEqual([])
})

it('keeps no process alive, and no connection of a store that is closed', async () => {
  const database = await openDatabase()
  await openStore(database)
  const child = spawn(
    process.execPath,
    [
      '--conditions=@imrs/source',
      join(import.meta.dirname, '__fixtures__', 'watching-process.ts'),
      database.url,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  expect(await once(child, 'exit')).toEqual([0, null])
}, 20_000)

it('frees a lock when its holder is killed, and not before', async () => {
  const database = await openDatabase()
  const store = await openStore(database)
  const child = spawn(
    process.execPath,
    [
      '--conditions=@imrs/source',
      join(import.meta.dirname, '__fixtures__', 'holding-process.ts'),
      database.url,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  expect(await store.coordination.tryLock('work')).toBeUndefined()
  child.kill('SIGKILL')
  await expect.poll(() => store.coordination.tryLock('work')).toBeDefined()
}, 20_000)

it('tells a holder that its connection was cut', async () => {
  const database = await openDatabase()
  const store = await openStore(database)
  const held = await store.coordination.tryLock('work')
  expect(held?.signal.aborted).toBe(false)
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`,
  )
  await expect.poll(() => held?.signal.aborted).toBe(true)
  await held?.release()
  expect(await store.coordination.tryLock('work')).toBeDefined()
})

function nameOf({ url }: PostgresDatabase): string {
  return `"${new URL(url).pathname.slice(1)}"`
}
