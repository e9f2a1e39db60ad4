import type { Store } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'

import { startOwnPostgres, startStandby } from '../../../tooling/postgres/index.ts'
import type { OwnPostgres } from '../../../tooling/postgres/index.ts'
import { testPool } from './__fixtures__/test-database.ts'
import type { PostgresClient } from './options.ts'
import { postgresStore } from './postgres-store.ts'

// Each test migrates a database of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let primary: OwnPostgres
let standby: OwnPostgres

beforeAll(async () => {
  primary = await startOwnPostgres()
  standby = await startStandby(primary)
}, 60_000)
afterAll(async () => {
  await standby.stop()
  await primary.stop()
})

const tenantId = 't'

/** Every read that may be behind. */
const reads: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  'performance.listFigures': (store) => store.performance.listFigures({ tenantId, period: 'day' }),
  'performance.listRatings': (store) => store.performance.listRatings({ tenantId }),
  'ledger.listCalls': async (store) => (await store.ledger.listCalls({ tenantId })).items,
  'ledger.listRated': (store) => store.ledger.listRated({ tenantId }),
  'audit.list': (store) => store.audit.list({ tenantId }),
}

function opened(): { readonly store: Store } {
  const store = postgresStore({
    connectionString: primary.url,
    connections: { applicationName: 'to-primary' },
    reads: { connectionString: standby.url, connections: { applicationName: 'to-standby' } },
  })
  onTestFinished(() => store.close())
  return { store }
}

/** What connections of a name ran last on a server. */
async function lastQueries(url: string, name: string): Promise<readonly string[]> {
  const pool = testPool(url)
  try {
    const { rows } = await pool.query<{ query: string }>(
      'select query from pg_stat_activity where application_name = $1',
      [name],
    )
    return rows.map(({ query }) => query)
  } finally {
    await pool.end()
  }
}

it('asks the replica what may be behind, and the database itself everything else', async () => {
  const { store } = opened()
  await store.migrate()
  const pool = testPool(standby.url)
  onTestFinished(() => pool.end())
  const there = "select 1 from pg_tables where tablename = 'audit_log'"
  await expect.poll(async () => (await pool.query(there)).rows.length).toBe(1)
  expect((await pool.query('select pg_is_in_recovery() as standby')).rows).toEqual([
    { standby: true },
  ])
  for (const [name, read] of Object.entries(reads)) {
    expect(await read(store), name).toEqual([])
    expect(await lastQueries(standby.url, 'to-standby'), name).toHaveLength(1)
  }
  await store.providers.putHealth({ providerId: 'p', status: 'healthy', checkedAtMs: 0 })
  expect(await store.providers.listHealth()).toHaveLength(1)
  expect((await lastQueries(standby.url, 'to-standby')).join()).not.toContain('provider_health')
  expect((await lastQueries(primary.url, 'to-primary')).join()).not.toContain('audit_log')
})

it('sees on the replica what was written before, once it got there', async () => {
  const { store } = opened()
  await store.migrate()
  const rule = {
    tenantId,
    id: 'r',
    scope: 'tenant',
    subject: tenantId,
    unit: 'tokens',
    period: 'day',
  } as const
  await store.budgets.put(
    { ...rule, limit: 1, createdAtMs: 0, updatedAtMs: 0 },
    { audit: { atMs: 7 } },
  )
  await expect
    .poll(async () => (await store.audit.list({ tenantId })).map(({ atMs }) => atMs))
    .toEqual([7])
})

it('asks the database itself while the replica is down, and the replica again afterwards', async () => {
  let replica = testPool(standby.url)
  onTestFinished(() => replica.end())
  let asked = 0
  const clock = createTestRuntime()
  const connect = async (): Promise<PostgresClient> => {
    asked += 1
    return replica.connect()
  }
  const store = postgresStore({
    connectionString: primary.url,
    reads: { pool: { connect } },
    runtime: clock,
  })
  onTestFinished(() => store.close())
  await store.migrate()
  const entries = await store.audit.list({ tenantId })
  expect(entries).toHaveLength(1)
  expect(asked).toBe(1)
  await standby.stop()
  for (const [name, read] of Object.entries(reads)) expect(await read(store), name).toBeDefined()
  expect(await store.audit.list({ tenantId })).toEqual(entries)
  // It was found out once, and then left alone.
  expect(asked).toBe(2)
  standby = await startStandby(primary)
  await replica.end()
  replica = testPool(standby.url)
  await clock.advance(10_000)
  expect(await store.audit.list({ tenantId })).toEqual(entries)
  expect(asked).toBe(3)
  expect(replica.totalCount).toBe(1)
}, 60_000)
