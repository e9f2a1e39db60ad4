import { MODEL_SORTS, budgetWindow } from '@imrs/core'
import type { ModelFilter, Store } from '@imrs/core'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import type { PostgresClient, PostgresQuery } from './options.ts'
import { postgresStore } from './postgres-store.ts'

// Each test migrates a database of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let database: PostgresDatabase
let store: Store
let explaining: PoolClient
const asked: PostgresQuery[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  const connect = async (): Promise<PostgresClient> => {
    const client: PostgresClient = await database.pool.connect()
    const query: PostgresClient['query'] = (given) => {
      asked.push(given)
      return client.query(given)
    }
    return {
      query,
      on: (event: 'error', listener: (error: Error) => void) => client.on(event, listener),
      off: (event, listener) => client.off(event, listener),
      release: (discard) => client.release(discard),
    } as PostgresClient
  }
  store = postgresStore({ pool: { connect } })
  await store.migrate()
  explaining = await database.pool.connect()
  // Tables are empty here. With these off, a plan has a sort or reads a whole table only where no index
  // gives the rows, or their order: what is shown is that there is one.
  await explaining.query(
    'set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off',
  )
})
afterAll(async () => {
  await store.close()
  explaining.release()
  await database.drop()
})

/** A node of a plan, as far as it is looked at. */
interface Plan {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Plan[]
}

/** The plans of the statements that a call of the store makes. */
async function plansOf(call: () => Promise<unknown>): Promise<readonly Plan[]> {
  asked.length = 0
  await call().catch(() => undefined)
  const plans: Plan[] = []
  for (const { text, values } of asked.filter((each) => isPlanned(each.text))) {
    const { rows } = await explaining.query<{ 'QUERY PLAN': readonly [{ Plan: Plan }] }>({
      text: `explain (format json) ${text}`,
      values,
    })
    const [row] = rows
    if (row !== undefined) plans.push(row['QUERY PLAN'][0].Plan)
  }
  return plans
}

function isPlanned(text: string): boolean {
  return /^\s*(select|with|update|delete|insert)/i.test(text) && !text.includes('pg_advisory')
}

/** A node and all below it. */
function nodesOf(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

/** The tables that a plan reads as a whole. */
function readWhole(plans: readonly Plan[]): readonly string[] {
  return plans
    .flatMap(nodesOf)
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => node['Relation Name'] ?? '')
}

/** The indexes that a plan may read from end to end: neither begun at a place nor left after a few rows. */
function readThrough(plan: Plan, isLimited = false): readonly string[] {
  const own =
    plan['Index Name'] !== undefined &&
    plan['Index Cond'] === undefined &&
    !isLimited &&
    !plan['Index Name'].startsWith('pg_')
      ? [plan['Index Name']]
      : []
  const passes = ['Limit', 'LockRows', 'Append', 'Merge Append', 'Result', 'Subquery Scan']
  const limits = plan['Node Type'] === 'Limit' || (isLimited && passes.includes(plan['Node Type']))
  return [...own, ...(plan.Plans ?? []).flatMap((child) => readThrough(child, limits))]
}

const filters: readonly (readonly [string, ModelFilter, RegExp])[] = [
  ['no filter', {}, /^ix_model_/],
  ['a type', { modelType: 'chat', isAvailable: true }, /^ix_model_/],
  ['a tier', { costTier: 'free' }, /^ix_model_/],
  ['a capability', { capability: 'vision' }, /^ix_model_/],
  ['a provider', { providerId: 'p', modelType: 'chat', costTier: 'free' }, /^ix_model_/],
  ['two providers', { providerIds: ['p', 'q'] }, /^ix_model_/],
]

const cases = filters.flatMap(([name, filter, index]) =>
  MODEL_SORTS.flatMap((sort) =>
    (['asc', 'desc'] as const).map((direction) => ({ name, filter, index, sort, direction })),
  ),
)

it.each(cases)(
  'reads a page of $name by $sort, $direction, in the order of an index',
  async (given) => {
    const { filter, index, sort, direction } = given
    const plans = await plansOf(() => store.models.list({ ...filter, sort, direction }))
    expect(plans.length).toBeGreaterThan(0)
    expect(readWhole(plans)).toEqual([])
    for (const plan of plans) {
      const limits = nodesOf(plan).filter((node) => node['Node Type'] === 'Limit')
      const scans = limits
        .flatMap((limit) => limit.Plans ?? [])
        .filter((node) => node['Index Name'] !== undefined)
      // Straight from the index into the limit: no sort in between.
      expect(scans.length, JSON.stringify(plan)).toBeGreaterThan(0)
      for (const scan of scans) expect(scan['Index Name']).toMatch(index)
    }
  },
)

it('begins a search in the text index', async () => {
  // Only a bitmap reads such an index.
  await explaining.query('set enable_bitmapscan = on')
  for (const sort of MODEL_SORTS) {
    const plans = await plansOf(() =>
      store.models.list({ search: 'gpt mini', providerId: 'p', sort }),
    )
    const indexes = plans.flatMap(nodesOf).map((node) => node['Index Name'])
    expect(indexes).toContain('ix_model_search')
    expect(readWhole(plans)).toEqual([])
  }
  await explaining.query('set enable_bitmapscan = off')
})

const key = { tenantId: 't', agentId: 'a' } as const
const id = '01890000-0000-7000-8000-000000000000'
const message = {
  id,
  ...key,
  userId: 'u',
  role: 'assistant',
  model: 'p/a',
  metadata: {},
  createdAtMs: 0,
  taskType: 'code',
  creditedTaskType: 'code',
  toolsUsed: [],
} as const
const signal = {
  id,
  tenantId: 't',
  messageId: id,
  userId: 'u',
  feedbackType: 'explicit',
  ratingMilli: 500,
  atMs: 0,
} as const
const { startMs: windowStartMs, endMs: windowEndMs } = budgetWindow('day', 0)
const charge = { ruleId: 'r', subject: 't', windowStartMs, windowEndMs, limit: 10, amount: 1 }
const rule = {
  tenantId: 't',
  id: 'r',
  scope: 'tenant',
  subject: 't',
  unit: 'tokens',
  period: 'day',
} as const
const settlement = { tenantId: 't', reservationId: id, actual: [{ ruleId: 'r', amount: 1 }] }
const nothing = { decisions: [], attempts: [], messages: [] } as const

/** What requests and feedback wait for, and what runs all the time. */
const hot: Readonly<Record<string, () => Promise<unknown>>> = {
  'ledger.append': () => store.ledger.append({ ...nothing, messages: [message] }),
  'ledger.getMessage': () => store.ledger.getMessage({ tenantId: 't', messageId: id }),
  'ledger.getDecision': () => store.ledger.getDecision({ tenantId: 't', decisionId: id }),
  'ledger.listAttempts': () => store.ledger.listAttempts({ tenantId: 't', messageId: id }),
  'ledger.listCalls': () => store.ledger.listCalls({ tenantId: 't' }),
  'ledger.listCalls of a user': () =>
    store.ledger.listCalls({
      tenantId: 't',
      userId: 'u',
      fromMs: 0,
      toMs: 1e12,
      after: { startedAtMs: 1, id },
    }),
  'ledger.listRated': () => store.ledger.listRated({ ...key, fromMs: 0, toMs: 1e12 }),
  'feedback.record': () => store.feedback.record(signal, { watch: () => (state) => ({ state }) }),
  'feedback.listEvents': () => store.feedback.listEvents({ tenantId: 't', messageId: id }),
  'feedback.listExperience': () =>
    store.feedback.listExperience({ ...key, scopes: ['agent', 'tenant', 'global'] }),
  'feedback.checkpointExperience': () =>
    store.feedback.checkpointExperience({ tenantId: 't', beforeMs: 1 }),
  'budgets.put, reserve, settle and release': async () => {
    await store.budgets.put({ ...rule, limit: 10, createdAtMs: 0, updatedAtMs: 0 })
    await store.budgets.reserve({ id, tenantId: 't', charges: [charge], expiresAtMs: 1 })
    await store.ledger.append({ ...nothing, settlements: [settlement] })
    await store.budgets.release({ tenantId: 't', reservationId: id })
  },
  'budgets.expire': () => store.budgets.expire({ atMs: 1, limit: 10 }),
  'budgets.usage': () => store.budgets.usage({ tenantId: 't', atMs: 0 }),
  'preferences.get': () => store.preferences.get({ tenantId: 't', userId: 'u' }),
  'preferences.putSelection': () =>
    store.preferences.putSelection({ tenantId: 't', userId: 'u' }, { modelId: 'auto', atMs: 0 }),
  'agentModels.list': () => store.agentModels.list(key),
  'agentModels.listRules': () => store.agentModels.listRules(key),
  'agentModels.listSummaries': () =>
    store.agentModels.listSummaries({
      tenantId: 't',
      fromDay: '2026-01-01',
      toDay: '2026-01-03',
      agentIds: ['a', 'b'],
    }),
  'agentModels.listSummaries of all': () =>
    store.agentModels.listSummaries({ tenantId: 't', fromDay: '2026-01-01', toDay: '2026-01-03' }),
  'models.get': () => store.models.get('p/a'),
  'models.getAlias': () => store.models.getAlias('a'),
  'models.findByExternalId': () => store.models.findByExternalId('a'),
  'models.listEvents': () => store.models.listEvents({ sinceSeq: 1, providerId: 'p' }),
  'models.listEvents, newest first': () =>
    store.models.listEvents({ direction: 'desc', beforeSeq: 9, type: 'price-changed' }),
  'providers.putHealth': () =>
    store.providers.putHealth({ providerId: 'p', status: 'down', checkedAtMs: 1 }),
  'providers.listHealthChanges': () => store.providers.listHealthChanges({ fromMs: 1, toMs: 9 }),
  'providers.listHealthChanges of one': () =>
    store.providers.listHealthChanges({ providerId: 'p', beforeSeq: 9 }),
  'changes.versions': () => store.changes.versions(['catalog']),
  'audit.list of a tenant': () => store.audit.list({ tenantId: 't' }),
  'audit.list of all tenants': () => store.audit.list({ beforeSeq: 9 }),
  'performance of a tenant by day': () =>
    store.performance.listFigures({ tenantId: 't', period: 'day', from: '2026-01-01' }),
  'performance of a tenant, ratings': () => store.performance.listRatings({ tenantId: 't' }),
  'performance.sumReasons': () =>
    store.performance.sumReasons({ ...key, taskType: 'code', fromMs: 0, toMs: 1e12 }),
  'maintenance.drop': async () =>
    store.maintenance?.drop({
      answersBeforeMs: 1e12,
      catalogEventsBeforeMs: 1,
      auditBeforeMs: 1,
      healthChangesBeforeMs: 1,
    }),
}

it.each(Object.entries(hot))('reads no whole table for %s', async (_name, call) => {
  const plans = await plansOf(call)
  expect(plans.length).toBeGreaterThan(0)
  expect(readWhole(plans)).toEqual([])
  expect(plans.flatMap((plan) => readThrough(plan))).toEqual([])
})

it('reads reasons in the index of ratings that have any, and no month that is not asked for', async () => {
  const month = (of: Date, ahead: number): number =>
    Date.UTC(of.getUTCFullYear(), of.getUTCMonth() + ahead)
  const now = new Date()
  const [fromMs, toMs] = [month(now, 0), month(now, 1)]
  const plans = await plansOf(() => store.performance.sumReasons({ tenantId: 't', fromMs, toMs }))
  const nodes = plans.flatMap(nodesOf)
  const suffix = new Date(fromMs).toISOString().slice(0, 7).replace('-', '_')
  expect(nodes.map((node) => node['Index Name'])).toContain(
    `feedback_events_${suffix}_tenant_id_message_id_idx`,
  )
  const read = new Set(nodes.flatMap((node) => node['Relation Name'] ?? []))
  // The rest may hold any month.
  for (const name of ['model_aliases', 'llm_model_catalog']) read.delete(name)
  expect([...read].toSorted()).toEqual(
    ['feedback_events', 'messages'].flatMap((table) => [`${table}_${suffix}`]),
  )
})

it('has one index on values inside a column, which searches use', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select indexname as name from pg_indexes where schemaname = 'public' and indexdef like '% USING gin %'`,
  )
  // JSON is read as a whole, and asked for by nothing inside it.
  expect(rows).toEqual([{ name: 'ix_model_search' }])
})
