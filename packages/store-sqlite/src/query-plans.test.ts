import { MODEL_SORTS } from '@imrs/core'
import type { ModelFilter, ModelQuery } from '@imrs/core'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'

import type { SqliteDatabase } from './options.ts'
import { sqliteStore } from './sqlite-store.ts'

const database = new Database(':memory:')
const asked: { readonly sql: string; readonly parameters: unknown[] }[] = []

/** A database that remembers what it was asked. */
const recorded: SqliteDatabase = {
  get inTransaction() {
    return database.inTransaction
  },
  prepare: (sql) => {
    const statement = database.prepare(sql)
    return {
      reader: statement.reader,
      all: (...parameters) => {
        asked.push({ sql, parameters })
        return statement.all(...parameters)
      },
      run: (...parameters) => statement.run(...parameters),
    }
  },
  close: () => database.close(),
}
const store = sqliteStore({ database: recorded })

beforeAll(() => store.migrate())
afterAll(() => store.close())

/** The steps of the statements that a page takes. */
async function plansOf(query: ModelQuery): Promise<readonly string[]> {
  return plansOfCall(() => store.models.list(query))
}

async function plansOfCall(call: () => Promise<unknown>): Promise<readonly string[]> {
  asked.length = 0
  await call()
  return asked.map(({ sql, parameters }) => {
    const steps = database.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
    return steps
      .all(...parameters)
      .map((step) => step.detail)
      .join('\n')
  })
}

const filters: readonly (readonly [string, ModelFilter, RegExp])[] = [
  ['no filter', {}, /llm_model_catalog USING COVERING INDEX/],
  [
    'a type',
    { modelType: 'chat', isAvailable: true },
    /llm_model_catalog USING COVERING INDEX ix_model_/,
  ],
  ['a tier', { costTier: 'free' }, /llm_model_catalog USING COVERING INDEX ix_model_/],
  ['a capability', { capability: 'vision' }, /llm_model_catalog USING COVERING INDEX ix_model_/],
  [
    'a provider',
    { providerId: 'p', modelType: 'chat', costTier: 'free' },
    /SEARCH llm_model_catalog USING COVERING INDEX ix_model_provider\w* \(provider_id=\?/,
  ],
  [
    'two providers',
    { providerIds: ['p', 'q'] },
    /SEARCH llm_model_catalog USING COVERING INDEX ix_model_provider\w* \(provider_id=\?/,
  ],
]

const cases = filters.flatMap(([name, filter, plan]) =>
  MODEL_SORTS.flatMap((sort) =>
    (['asc', 'desc'] as const).map((direction) => ({ name, filter, plan, sort, direction })),
  ),
)

it.each(cases)(
  'reads a page of $name by $sort, $direction, in the order of an index',
  async (given) => {
    const { filter, plan, sort, direction } = given
    for (const text of await plansOf({ ...filter, sort, direction })) {
      expect(text).toMatch(plan)
      // What is read of the catalogue comes in order; only rows of pages are sorted once more.
      expect(text).not.toMatch(/COVERING INDEX[^\n]*\nUSE TEMP B-TREE/)
    }
  },
)

it('reads reasons in the index of ratings that have any, of the time that is asked for', async () => {
  const query = { tenantId: 't', agentId: 'a', fromMs: 1e12, toMs: 2e12 }
  const [plan = ''] = await plansOfCall(() => store.performance.sumReasons(query))
  const steps = plan.split('\n').filter((step) => /^(SEARCH|SCAN)/.test(step))
  expect(steps[0]).toMatch(
    /SEARCH event USING INDEX ix_feedback_reasons \(tenant_id=\? AND message_id>\? AND message_id<\?\)/,
  )
  expect(steps.filter((step) => step.startsWith('SCAN') && !step.includes('VIRTUAL'))).toEqual([])
})

it('begins a search in the text index', async () => {
  for (const sort of MODEL_SORTS) {
    const [plan] = await plansOf({ search: 'gpt mini', providerId: 'p', sort })
    expect(plan).toMatch(/model_search VIRTUAL TABLE INDEX/)
    expect(plan).toMatch(/SEARCH llm_model_catalog USING INTEGER PRIMARY KEY \(rowid=\?\)/)
  }
})
