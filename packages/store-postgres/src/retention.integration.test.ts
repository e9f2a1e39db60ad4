import { uuidBoundOf } from '@imrs/core'
import type { MaintenanceRepository, MessageRecord, Store } from '@imrs/core'
import { expect, it, onTestFinished, vi } from 'vitest'

import { experienceIn } from './__fixtures__/raw-rows.ts'
import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import type { PostgresStoreOptions } from './options.ts'
import { postgresStore } from './postgres-store.ts'

// Each test migrates a database of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const TABLES = ['attempts', 'feedback_events', 'messages', 'routing_decisions']
const JANUARY = Date.UTC(2025, 0)
const FEBRUARY = Date.UTC(2025, 1)
const MARCH = Date.UTC(2025, 2)

let given = 0

/** An answer of a time, by its id too. */
function answerAt(atMs: number, changes: Partial<MessageRecord> = {}): MessageRecord {
  given += 1
  const id = `${uuidBoundOf(atMs)}-7000-8000-${given.toString(16).padStart(12, '0')}`
  return {
    id,
    tenantId: `t${given % 2}`,
    agentId: 'a',
    userId: `u${given % 5}`,
    role: 'assistant',
    model: `p/${given % 3}`,
    metadata: {},
    createdAtMs: atMs,
    taskType: 'code',
    creditedTaskType: 'code',
    toolsUsed: [],
    ...changes,
  }
}

async function rate(store: Store, { id, tenantId, userId = '' }: MessageRecord): Promise<string> {
  given += 1
  const outcome = await store.feedback.record({
    id: `00000000-0000-7000-8000-${given.toString(16).padStart(12, '0')}`,
    tenantId,
    messageId: id,
    userId,
    feedbackType: 'explicit',
    ratingMilli: (given * 97) % 1001,
    atMs: MARCH,
  })
  return outcome.kind
}

async function append(store: Store, messages: readonly MessageRecord[]): Promise<void> {
  await store.ledger.append({ decisions: [], attempts: [], messages })
}

interface Opened {
  readonly database: PostgresDatabase
  readonly store: Store
  readonly maintenance: MaintenanceRepository
}

async function open(options: Partial<PostgresStoreOptions> = {}): Promise<Opened> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const store = postgresStore({ connectionString: database.url, ...options })
  onTestFinished(() => store.close())
  await store.migrate()
  const { maintenance } = store
  if (maintenance === undefined) throw new Error('There is no upkeep')
  return { database, store, maintenance }
}

/** With partitions for the months of the start of 2025, and rated answers in all of them. */
async function filled(): Promise<Opened & { readonly answers: readonly MessageRecord[] }> {
  const opened = await open()
  await opened.maintenance.prepare({ atMs: JANUARY })
  const answers = [JANUARY, FEBRUARY, MARCH].flatMap((start) =>
    Array.from({ length: 20 }, (_, day) => answerAt(start + day * 86_400_000)),
  )
  await append(opened.store, answers)
  for (const answer of answers) expect(await rate(opened.store, answer)).toBe('recorded')
  return { ...opened, answers }
}

async function partitionsOf({ pool }: PostgresDatabase): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'select inhrelid::regclass::text as name from pg_inherits join pg_class on oid = inhparent where relkind = $1 order by 1',
    ['p'],
  )
  return rows.map(({ name }) => name)
}

async function rowsOf({ pool }: PostgresDatabase, table: string): Promise<number> {
  const { rows } = await pool.query<{ many: number }>(`select count(*)::int as many from ${table}`)
  return rows[0]?.many ?? -1
}

it('makes the months ahead in life, and moves what landed elsewhere to its month', async () => {
  const { database, store, maintenance } = await open()
  const stray = [answerAt(JANUARY), answerAt(JANUARY + 5), answerAt(MARCH)]
  await append(store, stray)
  for (const answer of stray) await rate(store, answer)
  expect(await rowsOf(database, 'messages_default')).toBe(3)
  const atMs = Date.UTC(2040, 10, 30, 23, 59)
  const prepared = await maintenance.prepare({ atMs })
  expect(prepared.madePartitions.toSorted()).toEqual(
    [
      ...TABLES.flatMap((table) => ['2040_11', '2040_12', '2041_01'].map((at) => `${table}_${at}`)),
      ...['messages', 'feedback_events'].flatMap((table) => [
        `${table}_2025_01`,
        `${table}_2025_03`,
      ]),
    ].toSorted(),
  )
  expect(prepared).toMatchObject({ movedRows: 6, leftPartitions: [], isElsewhere: false })
  expect(await rowsOf(database, 'messages_default')).toBe(0)
  expect(await rowsOf(database, 'messages_2025_01')).toBe(2)
  expect(await rowsOf(database, 'feedback_events_2025_03')).toBe(1)
  for (const { tenantId, id: messageId } of stray) {
    expect(await store.ledger.getMessage({ tenantId, messageId })).toBeDefined()
  }
  // What is made so is like the others: indexes, keys and all.
  await append(store, stray)
  expect(await rowsOf(database, 'messages')).toBe(3)
  const indexes = `select regexp_replace(indexdef, '_\\d{4}_\\d{2}|_default', '', 'g') as text
    from pg_indexes where tablename = $1 order by indexdef`
  const texts = async (table: string): Promise<number> =>
    (await database.pool.query(indexes, [table])).rows.length
  expect(await texts('messages_2025_01')).toBe(await texts('messages'))
  expect((await maintenance.prepare({ atMs })).madePartitions).toEqual([])
})

it('leaves a month where it is when very many rows of it lie elsewhere', async () => {
  const { database, maintenance } = await open()
  await database.pool.query(
    `insert into messages (id, role, model, metadata, created_at, task_type, credited_task_type,
      tools_used, tenant_id, agent_id)
      select $1 || '-7000-8000-' || lpad(to_hex(n), 12, '0'), 'assistant', 'm', '{}', now(), 'code',
        'code', '[]', 't', 'a' from generate_series(1, 20001) n`,
    [uuidBoundOf(JANUARY)],
  )
  const { leftPartitions } = await maintenance.prepare({ atMs: Date.now() })
  expect(leftPartitions).toEqual(['messages_2025_01'])
  expect(await rowsOf(database, 'messages_default')).toBe(20_001)
  const dropped = await maintenance.drop({ answersBeforeMs: FEBRUARY })
  expect(dropped).toMatchObject({ messages: 20_001, partitions: [] })
  expect(await rowsOf(database, 'messages')).toBe(0)
})

it('drops whole months, and a rebuild afterwards says what experience was', async () => {
  const { database, store, maintenance, answers } = await filled()
  const before = await experienceIn(database.pool)
  const planned = await maintenance.drop({ answersBeforeMs: MARCH + 5, isDryRun: true })
  const dropped = await maintenance.drop({ answersBeforeMs: MARCH + 5 })
  expect(dropped.partitions.map(({ name }) => name).toSorted()).toEqual(
    TABLES.flatMap((table) => [`${table}_2025_01`, `${table}_2025_02`]),
  )
  expect(dropped).toEqual({ ...planned, tenants: 2 })
  expect(dropped).toMatchObject({ answersBeforeMs: MARCH, messages: 0, feedbackEvents: 0 })
  expect((await partitionsOf(database)).filter((name) => /2025_0[12]/.test(name))).toEqual([])
  const left = await database.pool.query(
    "select 1 from pg_class where relname like 'imrs_dropped%'",
  )
  expect(left.rows).toEqual([])
  expect(await rowsOf(database, 'messages')).toBe(20)
  expect(await rowsOf(database, 'feedback_events')).toBe(20)
  // As if all experience were lost: what is left must make it again.
  await database.pool.query("delete from model_experience where scope <> 'global'")
  await database.pool.query('delete from experience_users')
  await database.pool.query(
    'update model_experience set rating_count = 0, rating_sum = 0, rating_sum_of_squares = 0',
  )
  for (const tenantId of ['t0', 't1']) {
    expect((await store.feedback.rebuildExperience({ tenantId })).differenceCount).toBeGreaterThan(
      0,
    )
  }
  const bySize = (cells: typeof before): typeof before =>
    cells.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
  expect(bySize(await experienceIn(database.pool))).toEqual(bySize(before))
  const [old, young] = [answers[0], answers[59]]
  if (old === undefined || young === undefined) throw new Error('There are no answers')
  expect(await rate(store, old)).toBe('not-found')
  expect(await rate(store, young)).toBe('recorded')
})

it('settles a tenant whose first old answer is rated after the tenants were looked up', async () => {
  const { database, store, maintenance } = await filled()
  const late = answerAt(JANUARY + 1, { tenantId: 'late' })
  // Stands between settling the tenants and taking the month off: the lock of the first table.
  const writer = await database.pool.connect()
  await writer.query('begin')
  await writer.query('lock table only routing_decisions in access share mode')
  const dropping = maintenance.drop({ answersBeforeMs: FEBRUARY })
  const settled = `select 1 from experience_bounds having count(*) = 2`
  await expect.poll(async () => (await database.pool.query(settled)).rows.length).toBe(1)
  await append(store, [late])
  expect(await rate(store, late)).toBe('recorded')
  await writer.query('rollback')
  writer.release()
  await dropping
  expect(await rowsOf(database, 'messages')).toBe(40)
  const { differences } = await store.feedback.rebuildExperience({ tenantId: 'late' })
  expect(differences).toEqual([])
})

it('keeps no writer waiting for long while a table is in use', async () => {
  const { database, store, maintenance } = await filled()
  const reader = await database.pool.connect()
  await reader.query('begin')
  await reader.query('select count(*) from messages')
  const dropping = maintenance.drop({ answersBeforeMs: FEBRUARY })
  const waiting = `select 1 from pg_locks where not granted and mode = 'AccessExclusiveLock'`
  const seen = async (): Promise<number> => (await database.pool.query(waiting)).rows.length
  for (let turn = 0; turn < 3; turn += 1) {
    await expect.poll(seen, { interval: 5 }).toBe(1)
    const begin = performance.now()
    await append(store, [answerAt(MARCH)])
    // Half a second is what upkeep waits; the rest is for a slow machine.
    expect(performance.now() - begin).toBeLessThan(3_000)
  }
  await reader.query('rollback')
  reader.release()
  expect((await dropping).partitions).toHaveLength(4)
}, 20_000)

it('lets one process do it, and the others say so', async () => {
  const { database, maintenance } = await filled()
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query("select pg_advisory_xact_lock(hashtextextended('imrs:maintenance', 0))")
  expect(await maintenance.prepare({ atMs: Date.UTC(2050, 0) })).toEqual({
    madePartitions: [],
    movedRows: 0,
    leftPartitions: [],
    isElsewhere: true,
  })
  expect(await maintenance.drop({ answersBeforeMs: MARCH })).toMatchObject({
    partitions: [],
    isElsewhere: true,
  })
  expect(await rowsOf(database, 'messages')).toBe(60)
  await holder.query('rollback')
  holder.release()
  const both = await Promise.all([
    maintenance.drop({ answersBeforeMs: MARCH }),
    maintenance.drop({ answersBeforeMs: MARCH }),
  ])
  if (both.every(({ isElsewhere }) => isElsewhere))
    await maintenance.drop({ answersBeforeMs: MARCH })
  expect(await rowsOf(database, 'messages')).toBe(20)
})

it('frees what a process left behind that died between taking a month off and dropping it', async () => {
  const { database, maintenance } = await open()
  await maintenance.prepare({ atMs: JANUARY })
  await database.pool.query('alter table messages detach partition messages_2025_01')
  await database.pool.query('alter table messages_2025_01 rename to imrs_dropped_messages_2025_01')
  await maintenance.drop({ answersBeforeMs: JANUARY })
  const { rows } = await database.pool.query(
    "select 1 from pg_class where relname like 'imrs_dropped%'",
  )
  expect(rows).toEqual([])
  expect(await partitionsOf(database)).toContain('messages_2025_02')
})
