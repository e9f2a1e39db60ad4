import { agentTopic, effectiveAgentModel, seededRandom } from '@imrs/core'
import type { AgentModel, EnableRule, EnabledModelQuery, Model, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AGENT_TOPIC, AT, ODD_TEXT, agentModel, model } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

function rule(id: string, changes: Partial<EnableRule> = {}): EnableRule {
  return { ...AGENT, id, filter: {}, isEnabled: true, enabledAtMs: AT, ...changes }
}

const models: readonly Model[] = [
  model('gpt-4o', { capabilities: ['text', 'vision'], costTier: 'premium' }),
  model('gpt-free', { costTier: 'free' }),
  model('embed', { costTier: 'free', modelType: 'embedding' }),
  model('llama', { providerId: 'local', costTier: 'free', priority: 70, isAvailable: false }),
  model('phi', { providerId: 'local' }),
]

async function openWithModels(setup: StoreContractSetup): Promise<Store> {
  const store = await openStore(setup)
  for (const each of models) await store.models.put(each)
  return store
}

async function enabled(store: Store, query: EnabledModelQuery = {}): Promise<string> {
  const names: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await store.agentModels.listEnabled(AGENT, { ...query, cursor })
    names.push(...page.items.map((item) => item.model.externalId))
    cursor = page.nextCursor
    if (cursor !== undefined) continue
    expect(page).toMatchObject({ total: names.length, totalIsEstimate: false })
    return names.join(' ')
  }
}

/** Rules, rows and models drawn at random, the same for one seed. */
function drawn(seed: number): { rules: EnableRule[]; rows: AgentModel[]; models: Model[] } {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const maybe = <T>(from: readonly T[]): T | undefined => (random() < 0.3 ? pick(from) : undefined)
  const drawnModels = Array.from({ length: 40 }, (_, index) =>
    model(`${pick(['gpt', 'llama', 'phi'])}-${index}`, {
      providerId: pick(['a', 'b', 'c']),
      costTier: maybe(['free', 'low']),
      capabilities: random() < 0.5 ? ['text'] : ['text', 'vision'],
      modelType: pick(['chat', 'chat', 'embedding']),
    }),
  )
  const rules = Array.from({ length: Math.floor(random() * 6) }, (_, index) =>
    rule(`r${index}`, {
      filter: {
        providerId: maybe(['a', 'b']),
        costTier: maybe(['free', 'low']),
        capability: maybe(['vision']),
        modelType: maybe(['chat']),
        search: maybe(['gpt', 'lla', 'phi-1']),
      },
      isEnabled: random() < 0.6,
      enabledAtMs: AT + Math.floor(random() * 4),
      ...(random() < 0.5 ? { priorityOverride: Math.floor(random() * 101) } : {}),
    }),
  )
  const rows = drawnModels
    .filter(() => random() < 0.2)
    .map(({ id }) => agentModel(id, { isEnabled: random() < 0.5 }))
  return { rules, rows, models: drawnModels }
}

export function enableRuleContract(setup: StoreContractSetup): void {
  it('gives rules back as they were put, oldest first, then by id', async () => {
    const store = await openStore(setup)
    const filter = {
      providerId: 'openrouter',
      costTier: 'free',
      capability: 'vision',
      modelType: 'chat',
      search: ODD_TEXT,
    } as const
    const full = rule('z', { filter, isEnabled: false, priorityOverride: 0, enabledBy: ODD_TEXT })
    const others = [rule('a', { enabledAtMs: AT + 1 }), rule('b'), rule('B')]
    for (const each of [full, ...others]) await store.agentModels.putRule(each)
    expect(await store.agentModels.listRules(AGENT)).toStrictEqual([
      others[2],
      others[1],
      full,
      others[0],
    ])
    await store.agentModels.putRule(rule('z', { enabledAtMs: AT + 2, enabledBy: undefined }))
    expect((await store.agentModels.listRules(AGENT)).at(-1)).toStrictEqual(
      rule('z', { enabledAtMs: AT + 2 }),
    )
  })

  it('deletes a rule once, and says so', async () => {
    const store = await openStore(setup)
    await store.agentModels.putRule(rule('a'))
    const deletion = { ...AGENT, ruleId: 'a', atMs: AT }
    const elsewhere = { ...deletion, tenantId: 'tenant-2' }
    expect(await store.agentModels.deleteRule(elsewhere)).toBe(false)
    expect(await store.agentModels.deleteRule({ ...deletion, agentId: 'agent-2' })).toBe(false)
    expect(await store.agentModels.deleteRule(deletion)).toBe(true)
    expect(await store.agentModels.deleteRule(deletion)).toBe(false)
    expect(await store.agentModels.listRules(AGENT)).toEqual([])
    expect(await store.changes.versions([AGENT_TOPIC])).toEqual([2])
  })

  it('audits rules with who, when and what, and raises the version of their agent', async () => {
    const store = await openStore(setup)
    const filter = { costTier: 'free' } as const
    await store.agentModels.putRule(rule('a', { filter, enabledBy: 'user-1' }))
    const deletion = { ...AGENT, ruleId: 'a', by: 'user-2', atMs: AT + 1 }
    await store.agentModels.deleteRule(deletion)
    const { tenantId, agentId } = AGENT
    const subject = 'agent-1/a'
    const [deleted, put, ...others] = await store.audit.list({ tenantId })
    expect(deleted).toMatchObject({ action: 'enable-rule-deleted', actor: 'user-2', subject })
    expect(deleted).toMatchObject({ tenantId, atMs: AT + 1, details: { agentId, ruleId: 'a' } })
    expect(put).toMatchObject({ action: 'enable-rule-put', actor: 'user-1', subject, atMs: AT })
    expect(put?.details).toEqual({ agentId, ruleId: 'a', filter, isEnabled: true })
    expect(others).toEqual([])
    const other = agentTopic({ ...AGENT, tenantId: 'tenant-2' })
    expect(await store.changes.versions([AGENT_TOPIC, other])).toEqual([2, 0])
  })

  it('enables what a rule says, now and for models that come later', async () => {
    const store = await openWithModels(setup)
    expect(await enabled(store)).toBe('')
    await store.agentModels.putRule(rule('a', { filter: { costTier: 'free' } }))
    expect(await enabled(store)).toBe('llama embed gpt-free')
    await store.models.put(model('later', { costTier: 'free' }))
    expect(await enabled(store)).toBe('llama embed gpt-free later')
    await store.models.setOverrides('openrouter/later', { set: { costTier: 'low' }, atMs: AT })
    expect(await enabled(store)).toBe('llama embed gpt-free')
  })

  it('lets the newest rule win, and a row over any', async () => {
    const store = await openWithModels(setup)
    await store.agentModels.putRule(rule('z', { priorityOverride: 5 }))
    const off = { filter: { search: 'gpt' }, isEnabled: false, enabledAtMs: AT + 1 }
    await store.agentModels.putRule(rule('a', off))
    expect(await enabled(store)).toBe('llama phi embed')
    await store.agentModels.put([
      agentModel('openrouter/gpt-4o', { priorityOverride: 99 }),
      agentModel('local/phi', { isEnabled: false }),
      agentModel('openrouter/never-listed'),
    ])
    expect(await enabled(store)).toBe('llama embed gpt-4o')
    const { items } = await store.agentModels.listEnabled(AGENT)
    expect(items).toStrictEqual([
      { model: models[3], priority: 5, decidedBy: 'rule', ruleId: 'z' },
      { model: models[2], priority: 5, decidedBy: 'rule', ruleId: 'z' },
      { model: models[0], priority: 99, decidedBy: 'row' },
    ])
  })

  it('filters, searches and pages what is enabled', async () => {
    const store = await openWithModels(setup)
    await store.agentModels.putRule(rule('a'))
    expect(await enabled(store, { limit: 2 })).toBe('llama phi embed gpt-4o gpt-free')
    expect(await enabled(store, { search: 'gpt', limit: 1 })).toBe('gpt-4o gpt-free')
    expect(await enabled(store, { providerId: 'local', isAvailable: true })).toBe('phi')
    const tooMany = store.agentModels.listEnabled(AGENT, { limit: 201 })
    expect(await errorOf(tooMany)).toMatchObject({ code: 'invalid-request' })
  })

  it('keeps tenants and agents apart', async () => {
    const store = await openWithModels(setup)
    for (const other of [{ tenantId: 'tenant-2' }, { agentId: 'agent-2' }]) {
      await store.agentModels.putRule(rule('a', other))
      await store.agentModels.put([agentModel('local/phi', other)])
      expect((await store.agentModels.listEnabled({ ...AGENT, ...other })).total).toBe(5)
    }
    expect(await store.agentModels.listRules(AGENT)).toEqual([])
    expect(await enabled(store)).toBe('')
    await store.agentModels.putRule(rule('a', { isEnabled: false }))
    expect((await store.agentModels.listEnabled({ ...AGENT, tenantId: 'tenant-2' })).total).toBe(5)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('agrees with the pure function, seed %i', async (seed) => {
    const store = await openStore(setup)
    const given = drawn(seed)
    await Promise.all(given.models.map((each) => store.models.put(each)))
    await store.agentModels.put(given.rows)
    for (const each of given.rules) await store.agentModels.putRule(each)
    const rules = await store.agentModels.listRules(AGENT)
    const rows = new Map(given.rows.map((row) => [row.modelId, row]))
    const listed = await store.agentModels.listEnabled(AGENT, { limit: 200 })
    const expected = given.models.flatMap((each) => {
      const { isEnabled, priority } = effectiveAgentModel(each, rows, rules)
      return isEnabled ? [`${each.id} ${priority}`] : []
    })
    const found = listed.items.map((item) => `${item.model.id} ${item.priority}`)
    expect(found.toSorted()).toEqual(expected.toSorted())
    expect((await enabled(store, { limit: 3 })).split(' ').filter(Boolean)).toHaveLength(
      expected.length,
    )
  })

  it('keeps one rule for tens of thousands of models', async () => {
    const store = await openStore(setup)
    const many = Array.from({ length: 12_000 }, (_, index) => model(`m${index}`))
    await store.models.sync({ providerId: 'openrouter', syncedAtMs: AT, models: many })
    await store.agentModels.putRule(rule('a', { filter: { providerId: 'openrouter' } }))
    const page = await store.agentModels.listEnabled(AGENT, { limit: 3 })
    expect(page).toMatchObject({ total: 10_000, totalIsEstimate: true })
    expect(page.items.map((item) => item.model.externalId)).toEqual(['m0', 'm1', 'm10'])
    expect(await store.agentModels.list(AGENT)).toEqual([])
  }, 20_000)
}
