import type { Store } from '@imrs/core'
import { expect, it, onTestFinished } from 'vitest'

import { canonicalRows } from '../copy/canonical-row.ts'
import type { StoredRow } from '../copy/canonical-row.ts'
import { migrateStore } from '../migrations/migrate-store.ts'
import { MIGRATION_NAMES, TABLES, tablesAfter } from '../migrations/migrate.ts'
import { MIGRATIONS } from '../migrations/migration-list.ts'
import type { TableDefinition } from '../schema/table-definition.ts'
import { MADE_ROWS, madeRows } from './made-rows.ts'
import { readRows, writeRows } from './store-tables.ts'

/** Tables that a migration makes anew, in another form. */
const REMADE: Readonly<Record<string, string>> = {
  // Nothing had ever written into it.
  budgets: '0003-budgets',
  // Their rows are moved: `expectFigures`.
  model_performance_daily: '0012-figures',
  model_performance_monthly: '0012-figures',
}

export interface MigrationsSetup {
  /** An empty database, of which the test disposes when it ends. */
  readonly open: () => Promise<Store>
}

/** What holds of every migration, those that are yet to be written among them. */
export function migrationsWithData({ open }: MigrationsSetup): void {
  it.each(MIGRATION_NAMES)('keeps every row of a database that %s left', async (last) => {
    const store = await open()
    onTestFinished(() => store.close())
    const steps = MIGRATION_NAMES.slice(0, MIGRATION_NAMES.indexOf(last) + 1)
    expect(await migrateStore(store, { to: last })).toEqual(steps)
    const rest = MIGRATION_NAMES.slice(steps.length)
    expect(await store.migrationStatus()).toEqual({ applied: steps, pending: rest, unknown: [] })
    const tables = Object.entries(tablesAfter(last))
    for (const [name, definition] of tables) {
      await writeRows(store, { name, definition }, madeRows(name, definition))
    }
    const applied: string[] = []
    await migrateStore(store, { onMigrated: (name) => applied.push(name) })
    expect(applied).toEqual(rest)
    for (const [name, definition] of tables) {
      if (rest.includes(REMADE[name] ?? '')) continue
      // The columns of then: what a migration adds has no value to be compared.
      const textOf = canonicalRows(definition)
      const kept = (await readRows(store, { name, definition })).map(textOf)
      expect(kept.toSorted(), name).toEqual(madeRows(name, definition).map(textOf).toSorted())
    }
    await expectReadable(store, Object.fromEntries(tables))
    if (last < '0012') await expectFigures(store, last)
  }, 30_000)

  it('leaves no table out and drops none but those it says', () => {
    const remade = MIGRATIONS.flatMap(({ name, tables }, index) => {
      const before = index === 0 ? {} : tablesAfter(MIGRATIONS[index - 1]?.name ?? '')
      return Object.keys(tables).flatMap((table) => (table in before ? [[table, name]] : []))
    })
    expect(Object.fromEntries(remade)).toEqual(REMADE)
    expect(Object.keys(TABLES)).toEqual(expect.arrayContaining(['messages', 'feedback_events']))
  })
}

/** What days came to before they were made anew is what they come to now, by agents and over all of them. */
async function expectFigures(store: Store, last: string): Promise<void> {
  const name = 'model_performance_daily'
  const before = tablesAfter(last)[name]
  const now = TABLES[name]
  if (before === undefined || now === undefined) throw new Error(`There is no ${name}`)
  const sumOf = (rows: readonly StoredRow[]): number =>
    rows.reduce((sum, row) => sum + Number(row['attempt_count']), 0)
  const rows = await readRows(store, { name, definition: now })
  const ofAll = rows.filter((row) => row['agent_id'] === '')
  const made = sumOf(madeRows(name, before))
  expect(sumOf(ofAll)).toBe(made)
  expect(sumOf(rows)).toBe(2 * made)
}

/** The repositories make sense of the rows, whatever the version that wrote them. */
async function expectReadable(
  store: Store,
  tables: Readonly<Record<string, TableDefinition>>,
): Promise<void> {
  const agent = { tenantId: 't0', agentId: 'agent' }
  const [sent] = madeRows('messages', tables['messages'] ?? { columns: {}, primaryKey: ['id'] })
  const messageId = String(sent?.['id'])
  const onMessage = { ...agent, messageId }
  expect(await store.providers.list()).toHaveLength(MADE_ROWS)
  expect(await store.providers.listHealth()).toHaveLength(MADE_ROWS)
  const hasHistory = 'provider_health_history' in tables
  expect(await store.providers.listHealthChanges()).toHaveLength(hasHistory ? MADE_ROWS : 0)
  expect((await store.models.list({})).items).toHaveLength(MADE_ROWS)
  expect(await store.models.listAliases()).toHaveLength(MADE_ROWS)
  expect(await store.models.listEvents({})).toHaveLength(MADE_ROWS)
  expect(await store.agentModels.list(agent)).toHaveLength(1)
  expect(await store.agentModels.listRules(agent)).toHaveLength(1)
  expect(await store.preferences.get({ tenantId: 't0', userId: 'user' })).toBeDefined()
  expect(await store.ledger.getMessage(onMessage)).toMatchObject({ id: messageId })
  expect(
    await store.ledger.getDecision({ tenantId: 't0', decisionId: 'id-0' }),
  ).toMatchObject({ messageId })
  expect(await store.ledger.listAttempts(onMessage)).toMatchObject([{ position: 1 }])
  expect(await store.feedback.listEvents(onMessage)).toHaveLength(1)
  expect(await store.feedback.listExperience(agent)).toMatchObject([{ modelId: 'p/m0' }])
  expect(await store.audit.list()).toHaveLength(MADE_ROWS)
  expect(await store.changes.versions(['topic-0'])).toEqual([9_000_000_000_000])
}
