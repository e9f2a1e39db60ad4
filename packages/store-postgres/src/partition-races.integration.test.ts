import { uuidBoundOf } from '@imrs/core'
import type { MessageRecord, Store } from '@imrs/core'
import type { Pool } from 'pg'
import { expect, it, onTestFinished, vi } from 'vitest'

import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import { monthPartitions } from './partitions.ts'
import { postgresStore } from './postgres-store.ts'

// Migrates a database of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

/** A month that has no partition. */
const atMs = Date.UTC(2025, 0, 31, 23, 59)
const message: MessageRecord = {
  id: `${uuidBoundOf(atMs)}-7000-8000-000000000001`,
  tenantId: 't',
  agentId: 'a',
  userId: 'u',
  role: 'assistant',
  model: 'p/m',
  metadata: {},
  createdAtMs: atMs,
  taskType: 'code',
  creditedTaskType: 'code',
  toolsUsed: [],
}

async function open(): Promise<{ database: PostgresDatabase; store: Store }> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const store = postgresStore({ connectionString: database.url })
  onTestFinished(() => store.close())
  await store.migrate()
  return { database, store }
}

async function untilOneWaits(pool: Pool): Promise<void> {
  const waiting = `select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  while ((await pool.query(waiting)).rowCount === 0) continue
}

/** Makes the month a partition, as upkeep does, while something is written into it that takes the rest for its place. */
async function makeDuring(
  { pool }: PostgresDatabase,
  table: string,
  write: () => Promise<unknown>,
): Promise<void> {
  const [month] = monthPartitions(atMs, 0)
  if (month === undefined) throw new Error('There is no month')
  const name = `${table}_${month.suffix}`
  const upkeep = await pool.connect()
  await upkeep.query(`begin; lock table ${table}_default in access exclusive mode;
    create table ${name} (like ${table} including all);
    alter table ${table} attach partition ${name}
      for values from ('${month.from}') to ('${month.to}')`)
  const writing = write()
  await untilOneWaits(pool)
  await upkeep.query('commit')
  upkeep.release()
  await writing
  const { rows } = await pool.query<{ many: number }>(`select count(*)::int as many from ${name}`)
  expect(rows).toEqual([{ many: 1 }])
}

it('a record whose month becomes a partition while it waits goes there, and is not refused', async () => {
  const { database, store } = await open()
  const batch = { decisions: [], attempts: [], messages: [message] }
  await makeDuring(database, 'messages', () => store.ledger.append(batch))
})

it('a rating too', async () => {
  const { database, store } = await open()
  await store.ledger.append({ decisions: [], attempts: [], messages: [message] })
  const rating = {
    id: '00000000-0000-7000-8000-000000000002',
    tenantId: 't',
    messageId: message.id,
    userId: 'u',
    feedbackType: 'explicit',
    ratingMilli: 700,
    atMs,
  } as const
  await makeDuring(database, 'feedback_events', () => store.feedback.record(rating))
})
