import type { AgentSummary, AgentSummaryQuery, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, agentModel, attempt, newId } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const DAY_MS = 86_400_000
const { tenantId } = AGENT
const SPAN: AgentSummaryQuery = { tenantId, fromDay: '2026-02-13', toDay: '2026-03-14' }

const ruleOf = (agentId: string, id: string) =>
  ({ tenantId, agentId, id, filter: {}, isEnabled: true, enabledAtMs: AT }) as const

/** Calls of one agent, so many days before the last one of {@link SPAN}. */
async function call(
  store: Store,
  agentId: string,
  { daysAgo, ...changes }: Parameters<typeof attempt>[1] & { readonly daysAgo: number },
): Promise<void> {
  const startedAtMs = AT - daysAgo * DAY_MS
  const attempts = [attempt(newId(), { agentId, startedAtMs, ...changes })]
  await store.ledger.append({ decisions: [], messages: [], attempts })
}

function unused(agentId: string, more: Partial<AgentSummary> = {}): AgentSummary {
  return { agentId, enabledByName: 0, disabledByName: 0, rules: 0, answers: 0, ...more }
}

export function agentSummaryContract(setup: StoreContractSetup): void {
  it('says what is set for each agent that has anything, and what it was used for', async () => {
    const store = await openStore(setup)
    const { agentModels } = store
    const rows = ['a', 'b', 'c'].map((name) => agentModel(`p/${name}`, { agentId: 'named' }))
    await agentModels.put([...rows, agentModel('p/off', { agentId: 'named', isEnabled: false })])
    await agentModels.put([agentModel('p/off', { agentId: 'off', isEnabled: false })])
    await agentModels.putRule(ruleOf('ruled', 'one'))
    await agentModels.putRule(ruleOf('ruled', 'two'))
    await agentModels.putRule({ ...ruleOf('other', 'one'), tenantId: 'tenant-2' })
    await call(store, 'named', { daysAgo: 0 })
    await call(store, 'named', { daysAgo: 29 })
    await call(store, 'named', { daysAgo: 30 })
    await call(store, 'used', { daysAgo: 3, outcome: 'failed', failureKind: 'unavailable' })
    await call(store, 'used', { daysAgo: 4, outcome: 'aborted' })
    await call(store, 'used', { daysAgo: 5, modelId: 'openrouter/b' })
    await call(store, 'once', { daysAgo: 400 })
    await call(store, 'once', { daysAgo: 460 })
    await call(store, 'other', { daysAgo: 1, tenantId: 'tenant-2' })
    expect(await agentModels.listSummaries(SPAN)).toStrictEqual({
      items: [
        unused('named', {
          enabledByName: 3,
          disabledByName: 1,
          answers: 2,
          lastUsedOn: '2026-03-14',
        }),
        unused('off', { disabledByName: 1 }),
        unused('once', { lastUsedOn: '2025-02-07' }),
        unused('ruled', { rules: 2 }),
        unused('used', { answers: 1, lastUsedOn: '2026-03-11' }),
      ],
    })
    const earlier = { tenantId, fromDay: '2026-02-01', toDay: '2026-02-13' }
    expect((await agentModels.listSummaries(earlier)).items[0]).toMatchObject({
      answers: 2,
      lastUsedOn: '2026-03-14',
    })
    expect(await agentModels.listSummaries({ ...SPAN, tenantId: 'nobody' })).toEqual({ items: [] })
  })

  it('counts calls that were added up like those that are only noted', async () => {
    const store = await openStore(setup)
    // Many: what a store does with calls in batches, it has done with some of these.
    const attempts = Array.from({ length: 600 }, (_, index) =>
      attempt(newId(), { agentId: `a-${index % 3}`, startedAtMs: AT - (index % 5) * DAY_MS }),
    )
    for (let first = 0; first < attempts.length; first += 50) {
      const some = attempts.slice(first, first + 50)
      await store.ledger.append({ decisions: [], messages: [], attempts: some })
      const { items } = await store.agentModels.listSummaries(SPAN)
      const counted = items.reduce((sum, { answers }) => sum + answers, 0)
      expect(counted).toBe(first + some.length)
    }
    const { items } = await store.agentModels.listSummaries(SPAN)
    expect(items.map(({ answers, lastUsedOn }) => [answers, lastUsedOn])).toEqual(
      Array.from({ length: 3 }, () => [200, '2026-03-14']),
    )
  })

  it('gives every agent once, page by page, in the order of their ids', async () => {
    const store = await openStore(setup)
    const ids = ['Z', 'a', 'a-1', 'a0', 'b', 'é', 'ﬀ', '👩🏽‍🚀']
    for (const [index, agentId] of ids.toReversed().entries()) {
      if (index % 3 === 0) await store.agentModels.put([agentModel('p/a', { agentId })])
      if (index % 3 === 1) await store.agentModels.putRule(ruleOf(agentId, 'one'))
      if (index % 3 === 2) await call(store, agentId, { daysAgo: index * 40 })
    }
    const all = await store.agentModels.listSummaries(SPAN)
    expect(all.items.map(({ agentId }) => agentId)).toEqual(ids)
    expect(all).not.toHaveProperty('nextCursor')
    const pages = async (query: AgentSummaryQuery): Promise<readonly AgentSummary[]> => {
      const page = await store.agentModels.listSummaries(query)
      expect(page.items.length).toBeLessThanOrEqual(query.limit ?? 0)
      const { nextCursor: cursor } = page
      return cursor === undefined
        ? page.items
        : [...page.items, ...(await pages({ ...query, cursor }))]
    }
    for (const limit of [1, 3, 8]) expect(await pages({ ...SPAN, limit })).toEqual(all.items)
    const agentIds = ['é', 'nobody', 'a0', 'Z', 'a0']
    const some = all.items.filter(({ agentId }) => agentIds.includes(agentId))
    for (const limit of [1, 2, 9]) expect(await pages({ ...SPAN, agentIds, limit })).toEqual(some)
    expect(await pages({ ...SPAN, agentIds: [], limit: 1 })).toEqual([])
  })

  it.each([0, 201, 1.5])('refuses %d agents', async (limit) => {
    const store = await openStore(setup)
    expect(await errorOf(store.agentModels.listSummaries({ ...SPAN, limit }))).toMatchObject({
      code: 'invalid-request',
    })
  })
}
