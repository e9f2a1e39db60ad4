import type { Store } from '@imrs/core'
import { uuidBoundOf } from '@imrs/core'
import { migrateStore, tablesAfter } from '@imrs/store-kysely'
import { Pool } from 'pg'
import { expect, it, onTestFinished, vi } from 'vitest'

import { madeRows } from '../../store-kysely/src/__fixtures__/made-rows.ts'
import { readRows, writeRows } from '../../store-kysely/src/__fixtures__/store-tables.ts'
import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import { postgresStore } from './postgres-store.ts'

vi.setConfig({ testTimeout: 30_000 })

const BEFORE = '0016-health-history'
const INDEX = 'ix_feedback_reasons'

async function openBefore(): Promise<{ database: PostgresDatabase; store: Store }> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const store = postgresStore({ connectionString: database.url })
  onTestFinished(() => store.close())
  await migrateStore(store, { to: BEFORE })
  return { database, store }
}

interface IndexState {
  /** Whether every partition has its part. */
  readonly isWhole: boolean
  /** The partitions that have theirs. */
  readonly partitions: readonly string[]
}

async function stateOf({ pool }: PostgresDatabase): Promise<IndexState> {
  const whole = await pool.query<{ isWhole: boolean }>(
    `select indisvalid as "isWhole" from pg_index where indexrelid = '${INDEX}'::regclass`,
  )
  const { rows } = await pool.query<{ name: string }>(
    `select indrelid::regclass::text as name from pg_inherits
      join pg_index on indexrelid = inhrelid where inhparent = '${INDEX}'::regclass order by 1`,
  )
  return { isWhole: whole.rows[0]?.isWhole ?? false, partitions: rows.map(({ name }) => name) }
}

async function partitionsOf({ pool }: PostgresDatabase): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'feedback_events'::regclass order by 1`,
  )
  return rows.map(({ name }) => name)
}

it('gives partitions that were there the index after the migration, and months that come later theirs', async () => {
  const { database, store } = await openBefore()
  const definition = tablesAfter(BEFORE)['feedback_events']
  if (definition === undefined) throw new Error('There are no events')
  await writeRows(
    store,
    { name: 'feedback_events', definition },
    madeRows('feedback_events', definition),
  )
  const there = await partitionsOf(database)
  expect(there).toHaveLength(4)
  await migrateStore(store)
  expect(await stateOf(database)).toEqual({ isWhole: true, partitions: there })
  // Rows of January 2026 were in none of them, and have a month made for them now.
  await store.maintenance?.prepare({ atMs: Date.UTC(2026, 0) })
  const after = await partitionsOf(database)
  expect(after).toContain('feedback_events_2026_01')
  expect(await stateOf(database)).toEqual({ isWhole: true, partitions: after })
  expect(await readRows(store, { name: 'feedback_events', definition })).toHaveLength(3)
})

/** Before the index, with more in one of the partitions than a migration reads; gives its name. */
async function openLarge(): Promise<{ database: PostgresDatabase; store: Store; month: string }> {
  const { database, store } = await openBefore()
  // Neither the first nor the last of those that are looked at.
  const month = (await partitionsOf(database))[1] ?? ''
  const [year = 0, index = 0] = month.slice(-7).split('_').map(Number)
  const from = uuidBoundOf(Date.UTC(year, index - 1, 2))
  await database.pool.query(
    `insert into feedback_events (id, tenant_id, message_id, user_id, feedback_type, rating_milli,
        given_at, epoch, weight_milli)
      select n::text, 't', '${from}-7000-8000-' || lpad(n::text, 12, '0'), repeat('u', 1900),
        'explicit', 0, now(), 0, 0 from generate_series(1, 20000) as n`,
  )
  return { database, store, month }
}

it('leaves a large partition to upkeep, which builds its part while it is written into', async () => {
  const { database, store, month } = await openLarge()
  await migrateStore(store)
  const there = await partitionsOf(database)
  const rest = there.filter((name) => name !== month)
  expect(await stateOf(database)).toEqual({ isWhole: false, partitions: rest })
  // Whoever holds the rows of the partition so keeps an index from being built in place.
  const writer = await database.pool.connect()
  await writer.query('begin')
  await writer.query(`lock table ${month} in row exclusive mode`)
  const preparing = store.maintenance?.prepare({ atMs: Date.now() })
  await vi.waitUntil(async () => (await isBuilding(database)) === 1, 20_000)
  await database.pool.query(`update ${month} set rating_milli = 1 where id = '1'`)
  await writer.query('commit')
  writer.release()
  await preparing
  expect(await stateOf(database)).toEqual({ isWhole: true, partitions: there })
})

it('takes away what was left behind, and builds anew', async () => {
  const { database, store, month } = await openLarge()
  await migrateStore(store)
  const name = `${INDEX}${month.slice('feedback_events'.length)}`
  await database.pool.query(
    `create index ${name} on ${month} (tenant_id, message_id) where reasons is not null`,
  )
  // As a build leaves it that is stopped.
  await database.pool.query(
    `update pg_index set indisvalid = false where indexrelid = '${name}'::regclass`,
  )
  await store.maintenance?.prepare({ atMs: Date.now() })
  const partitions = await partitionsOf(database)
  expect(await stateOf(database)).toEqual({ isWhole: true, partitions })
})

it('is stopped with its call, leaves connections as they were, and goes on another time', async () => {
  const { database, month } = await openLarge()
  const name = new URL(database.url).pathname.slice(1)
  await database.pool.query(`alter database "${name}" set statement_timeout = '7s'`)
  const pool = new Pool({ connectionString: database.url, max: 3 })
  const store = postgresStore({ pool })
  onTestFinished(async () => {
    await store.close()
    await pool.end()
  })
  await migrateStore(store)
  const writer = await database.pool.connect()
  await writer.query('begin')
  await writer.query(`lock table ${month} in row exclusive mode`)
  const stop = new AbortController()
  const preparing = store.maintenance?.prepare({ atMs: Date.now() }, { signal: stop.signal })
  await vi.waitUntil(async () => (await isBuilding(database)) === 1, 20_000)
  stop.abort('enough')
  await expect(preparing).rejects.toBe('enough')
  await writer.query('commit')
  writer.release()
  const lent = await Promise.all([pool.connect(), pool.connect(), pool.connect()])
  for (const client of lent) {
    expect((await client.query('show statement_timeout')).rows).toEqual([
      { statement_timeout: '7s' },
    ])
    client.release()
  }
  expect((await stateOf(database)).isWhole).toBe(false)
  await store.maintenance?.prepare({ atMs: Date.now() })
  expect((await stateOf(database)).isWhole).toBe(true)
})

async function isBuilding({ pool }: PostgresDatabase): Promise<number> {
  const { rows } = await pool.query('select 1 from pg_stat_progress_create_index')
  return rows.length
}
