import { DISTRIBUTION, TABLES } from '@imrs/store-kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import { postgresStore } from './postgres-store.ts'

let database: PostgresDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  const store = postgresStore({ connectionString: database.url })
  await store.migrate()
  await store.close()
})
afterAll(() => database.drop())

const distributed = Object.entries(DISTRIBUTION).flatMap(([table, distribution]) =>
  distribution.kind === 'distributed' ? [[table, distribution.by] as const] : [],
)

it('is said of every table of a migrated database, and of no other', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select relname as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname = 'public' and relkind in ('r', 'p') and not relispartition
        and relname not like 'imrs_migrations%' order by relname collate "C"`,
  )
  const names = rows.map(({ name }) => name)
  expect(Object.keys(DISTRIBUTION).toSorted()).toEqual(names)
  expect(Object.keys(TABLES).toSorted()).toEqual(names)
})

it.each(distributed)('%s has %s in each of its unique keys', async (table, column) => {
  const { rows } = await database.pool.query<{ name: string; columns: string[] }>(
    `select i.indexrelid::regclass::text as name,
        array(select attname::text from pg_attribute
          where attrelid = i.indrelid and attnum = any((i.indkey::int2[])[0:i.indnkeyatts - 1])) as columns
      from pg_index i where i.indrelid = $1::regclass and i.indisunique`,
    [table],
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { name, columns } of rows) expect(columns, name).toContain(column)
})

it('has tenants as one type everywhere, never null, so that their rows lie together', async () => {
  const { rows } = await database.pool.query(
    `select distinct atttypid::regtype::text as type, attcollation::regcollation::text as collation,
        attnotnull as "isRequired"
      from pg_attribute where attname = 'tenant_id' and attrelid = any($1::regclass[])`,
    [distributed.map(([table]) => table)],
  )
  expect(rows).toEqual([{ type: 'text', collation: '"C"', isRequired: true }])
})

it('needs no trigger and no foreign key on a distributed table', async () => {
  const tables = [distributed.map(([table]) => table)]
  const triggers = await database.pool.query(
    'select tgname from pg_trigger where not tgisinternal and tgrelid = any($1::regclass[])',
    tables,
  )
  const foreign = await database.pool.query(
    "select conname from pg_constraint where contype = 'f' and conrelid = any($1::regclass[])",
    tables,
  )
  expect([triggers.rows, foreign.rows]).toEqual([[], []])
})
