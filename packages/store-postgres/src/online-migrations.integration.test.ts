import type { Store } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { MIGRATION_NAMES, migrateStore, tablesAfter } from '@imrs/store-kysely'
import { expect, it, onTestFinished, vi } from 'vitest'

import { madeRows } from '../../store-kysely/src/__fixtures__/made-rows.ts'
import { writeRows } from '../../store-kysely/src/__fixtures__/store-tables.ts'
import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import type { PostgresStoreOptions } from './options.ts'
import { postgresStore } from './postgres-store.ts'

vi.setConfig({ testTimeout: 30_000 })

/** From here on migrations meet databases that are in use. */
const FIRST_ONLINE = '0008-outbox'

/** What migrations do to filled tables while everybody waits, and why they may. */
const LOCKED: Readonly<Record<string, readonly string[]>> = {
  // Nothing had ever written into the outbox.
  '0008-outbox': [
    'an index on outbox: ix_outbox_due',
    'an index on outbox: ix_outbox_key',
    'an index on outbox: ix_outbox_set_aside',
  ],
  // As its comment says: about a second for every 100,000 rows of days.
  '0012-figures': [
    'model_performance_daily is written anew',
    'model_performance_monthly is written anew',
  ],
  // Rows of the audit are few and short, and who writes one waits for nobody's answer.
  '0015-rating-functions': ['an index on audit_log: ix_audit_seq'],
  // On the partitioned table alone: no row is read. Small partitions get theirs afterwards.
  '0017-feedback-reasons': ['an index on feedback_events: ix_feedback_reasons'],
}

/** What is done to partitions after the migration: `partition-indexes.integration.test.ts`. */
const OF_PARTITION = /^an index on feedback_events_(default|\d{4}_\d{2}): ix_feedback_reasons_/

async function openAt(
  migration: string,
  options: PostgresStoreOptions = {},
): Promise<{ database: PostgresDatabase; store: Store }> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const store = postgresStore({ connectionString: database.url, ...options })
  onTestFinished(() => store.close())
  await migrateStore(store, { to: migration })
  for (const [name, definition] of Object.entries(tablesAfter(migration))) {
    await writeRows(store, { name, definition }, madeRows(name, definition))
  }
  return { database, store }
}

interface Catalogue {
  /** The file of each table and partition: another one when it was written anew. */
  readonly files: ReadonlyMap<string, string>
  /** `table: index`. */
  readonly indexes: ReadonlySet<string>
  /** `table.column` that must not be null. */
  readonly required: ReadonlySet<string>
}

async function catalogueOf({ pool }: PostgresDatabase): Promise<Catalogue> {
  const ours = `from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not like 'imrs_%'`
  const tables = await pool.query<{ name: string; file: string }>(
    `select c.relname as name, c.oid || ' ' || c.relfilenode as file ${ours}`,
  )
  const indexes = await pool.query<{ name: string }>(
    `select c.relname || ': ' || i.indexrelid::regclass::text as name
      from pg_index i, (select c.* ${ours}) c where i.indrelid = c.oid`,
  )
  const required = await pool.query<{ name: string }>(
    `select c.relname || '.' || attname as name from pg_attribute, (select c.* ${ours}) c
      where attrelid = c.oid and attnotnull and attnum > 0`,
  )
  return {
    files: new Map(tables.rows.map(({ name, file }) => [name, file])),
    indexes: new Set(indexes.rows.map(({ name }) => name)),
    required: new Set(required.rows.map(({ name }) => name)),
  }
}

/** What was done to tables that were there before. */
function done(before: Catalogue, after: Catalogue): string[] {
  const found: string[] = []
  for (const [name, file] of before.files) {
    if (after.files.get(name) !== file) found.push(`${name} is written anew`)
  }
  const isKept = (name: string): boolean =>
    before.files.get(name) === after.files.get(name) && before.files.has(name)
  for (const name of after.indexes) {
    const [table = ''] = name.split(': ')
    if (isKept(table) && !before.indexes.has(name)) found.push(`an index on ${name}`)
  }
  for (const name of after.required) {
    const [table = '', column = ''] = name.split('.')
    const wasThere = before.required.has(name) || !isKept(table)
    if (!wasThere) found.push(`${table} is read for ${column}`)
  }
  return found.toSorted()
}

const online = MIGRATION_NAMES.slice(MIGRATION_NAMES.indexOf(FIRST_ONLINE))

it.each(online)(
  '%s neither rewrites nor indexes a filled table, but for what is said',
  async (name) => {
    const before = MIGRATION_NAMES[MIGRATION_NAMES.indexOf(name) - 1] ?? ''
    const { database, store } = await openAt(before)
    const then = await catalogueOf(database)
    await migrateStore(store, { to: name })
    const found = done(then, await catalogueOf(database))
    expect(found.filter((each) => !OF_PARTITION.test(each))).toEqual(LOCKED[name] ?? [])
  },
)

it('sees a table that is rewritten, an index and a column that is checked', async () => {
  const { database } = await openAt('0007-daily-figures')
  const then = await catalogueOf(database)
  await database.pool.query('alter table llm_providers alter column rate_limit_rpm type bigint')
  await database.pool.query('create index ix_bad on audit_log (action)')
  await database.pool.query("update audit_log set actor = 'somebody'")
  await database.pool.query('alter table audit_log alter column actor set not null')
  const found = done(then, await catalogueOf(database))
  expect(found).toEqual([
    'an index on audit_log: ix_bad',
    'audit_log is read for actor',
    'llm_providers is written anew',
  ])
})

it('lets readers and writers by while it cannot lock a table, and comes back', async () => {
  let isPausing: (() => void) | undefined
  let goOn: (() => void) | undefined
  const pausing = new Promise<void>((resolve) => {
    isPausing = resolve
  })
  const released = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let pauses = 0
  const sleep = async (): Promise<void> => {
    pauses += 1
    isPausing?.()
    await released
  }
  // 0009 adds a column to the decisions.
  const { database, store } = await openAt('0008-outbox', {
    runtime: { ...systemRuntime, sleep },
    changes: { pollEveryMs: 3_600_000 },
  })
  const { pool } = database
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query('select count(*) from routing_decisions')
  const applied: string[] = []
  const migrating = migrateStore(store, { onMigrated: (name) => applied.push(name) })
  await untilWaiting(database)
  // Behind the migration that waits for the holder, which does not end before they are through.
  const [read] = await Promise.all([
    pool.query<{ n: number }>('select count(*)::int as n from routing_decisions'),
    pool.query("update routing_decisions set seed = 7 where tenant_id = 't0'"),
  ])
  expect(read.rows).toEqual([{ n: 3 }])
  await pausing
  expect(applied).toEqual([])
  // In the pause nobody waits for anything.
  expect(await waitingIn(database)).toEqual([])
  await holder.query('commit')
  holder.release()
  goOn?.()
  await migrating
  expect(applied[0]).toBe('0009-presets')
  expect(pauses).toBeGreaterThan(0)
  expect((await store.migrationStatus()).pending).toEqual([])
  const { rows } = await pool.query('select seed from routing_decisions where preset is null')
  expect(rows).toHaveLength(3)
})

it('stops waiting for a lock when it is aborted, and leaves whole migrations', async () => {
  let pauses = 0
  const sleep = async (): Promise<void> => {
    pauses += 1
    // The lock times out by itself each time: only the first two are really waited for.
    if (pauses === 2) abort.abort(new Error('enough'))
  }
  const abort = new AbortController()
  const { database, store } = await openAt('0008-outbox', {
    runtime: {
      ...systemRuntime,
      // The pauses between tries; what else waits, waits for longer.
      sleep: async (delayMs, signal, options) =>
        delayMs >= 1_000
          ? systemRuntime.sleep(delayMs, signal, options)
          : sleep().then(() => signal?.throwIfAborted()),
    },
    changes: { pollEveryMs: 3_600_000 },
  })
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query('select count(*) from routing_decisions')
  await expect(migrateStore(store, { signal: abort.signal })).rejects.toThrow('enough')
  await holder.query('commit')
  holder.release()
  expect((await store.migrationStatus()).applied.at(-1)).toBe('0008-outbox')
})

async function waitingIn({ pool }: PostgresDatabase): Promise<unknown[]> {
  const { rows } = await pool.query<object>(
    `select l.relation::regclass::text as name, l.mode from pg_locks l
      where not l.granted and l.database = (select oid from pg_database where datname = current_database())`,
  )
  return rows
}

async function untilWaiting(database: PostgresDatabase): Promise<void> {
  while ((await waitingIn(database)).length === 0) continue
}
