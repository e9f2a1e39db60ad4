import { join } from 'node:path'

import { MIGRATION_NAMES, TABLES } from '@imrs/store-kysely'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

async function migrated(): Promise<{ readonly path: string; readonly raw: Database.Database }> {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const path = join(folder.path, 'imrs.db')
  const store = sqliteStore({ path })
  await store.migrate()
  await store.migrate()
  await store.close()
  const raw = new Database(path)
  onTestFinished(() => void raw.close())
  return { path, raw }
}

it('makes a new database the newest version, once', async () => {
  const { raw } = await migrated()
  expect(raw.prepare('select name from imrs_migrations').pluck().all()).toEqual(MIGRATION_NAMES)
  expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
})

it('has the columns and indexes of the schema', async () => {
  const { raw } = await migrated()
  for (const [table, definition] of Object.entries(TABLES)) {
    const columns = raw.prepare('select name from pragma_table_info(?)').pluck().all(table)
    expect(columns, table).toEqual(Object.keys(definition.columns))
    for (const [index, { columns: expected, where }] of Object.entries(definition.indexes ?? {})) {
      const indexed = raw.prepare('select name from pragma_index_info(?)').pluck().all(index)
      expect(indexed, index).toEqual(expected)
      const text = raw.prepare('select sql from sqlite_schema where name = ?').pluck().get(index)
      expect(String(text).includes(' where '), index).toBe(where !== undefined)
    }
  }
})

it('gives rows of agent_model_config ids that are UUIDs', async () => {
  const { raw } = await migrated()
  const insert = `insert into agent_model_config (agent_id, model_id, is_enabled, enabled_at,
    tenant_id) values ('a', 'm', 1, '', 't') returning id`
  expect(raw.prepare(insert).pluck().get()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
  )
})

it('refuses a database of a newer version, and leaves it as it is', async () => {
  const { path, raw } = await migrated()
  raw.prepare("insert into imrs_migrations values ('9999-from-the-future', '2100')").run()
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await expect(store.migrate()).rejects.toMatchObject({
    code: 'schema-too-new',
    message: expect.stringContaining('9999-from-the-future') as string,
  })
  expect(raw.prepare('select count(*) from imrs_migrations').pluck().get()).toBe(
    MIGRATION_NAMES.length + 1,
  )
})
