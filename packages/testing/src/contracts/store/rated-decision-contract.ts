import type { Decision, RatedDecision, RatedDecisionQuery, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, decision, feedback, message } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const HOUR_MS = 3_600_000

/** Appends a decision with its answer, and a rating where one is given. */
async function answered(
  store: Store,
  changes: Partial<Decision> = {},
  ratingMilli?: number,
): Promise<Decision> {
  const { tenantId = AGENT.tenantId, agentId = AGENT.agentId } = changes
  const sent = message({ tenantId, agentId })
  const choice = decision(sent.id, changes)
  await store.ledger.append({ decisions: [choice], attempts: [], messages: [sent] })
  if (ratingMilli !== undefined) await store.feedback.record(feedback(sent, { ratingMilli }))
  return choice
}

function idsOf(rated: readonly RatedDecision[]): readonly string[] {
  return rated.map(({ decision: { id } }) => id)
}

export function ratedDecisionContract(setup: StoreContractSetup): void {
  it('gives decisions whole, each with the rating that counts on its answer now', async () => {
    const store = await openStore(setup)
    const candidates = [{ modelId: 'p/a', score: 0.1 + 0.2, priority: 1 / 3, ratings: 0 }]
    const first = await answered(store, { candidates, candidateCount: 1, propensity: 0.1 }, 333)
    const second = await answered(store, { opeEligible: false, opeReason: 'sticky' }, 0)
    const { tenantId, messageId } = first
    await store.feedback.record(feedback({ tenantId, id: messageId }, { ratingMilli: 777 }))
    expect(await store.ledger.listRated({ tenantId })).toStrictEqual([
      { decision: first, ratingMilli: 777 },
      { decision: second, ratingMilli: 0 },
    ])
  })

  it('leaves out what was not rated, and what has no answer', async () => {
    const store = await openStore(setup)
    await answered(store)
    const unanswered = decision(message().id)
    await store.ledger.append({ decisions: [unanswered], attempts: [], messages: [] })
    const rated = await answered(store, {}, 500)
    expect(idsOf(await store.ledger.listRated(AGENT))).toEqual([rated.id])
  })

  it('goes by tenant, agent and period: from the first moment, to before the last', async () => {
    const store = await openStore(setup)
    const times = [AT - HOUR_MS, AT, AT + HOUR_MS - 1, AT + HOUR_MS]
    const ids: string[] = []
    for (const atMs of times) ids.push((await answered(store, { atMs }, 500)).id)
    const other = await answered(store, { agentId: 'agent-2' }, 500)
    const theirs = await answered(store, { tenantId: 'tenant-2' }, 500)
    const read = async (query: Partial<RatedDecisionQuery>) =>
      idsOf(await store.ledger.listRated({ tenantId: AGENT.tenantId, ...query }))
    expect(await read({})).toEqual([...ids, other.id])
    expect(await read({ agentId: 'agent-2' })).toEqual([other.id])
    expect(await read({ tenantId: 'tenant-2' })).toEqual([theirs.id])
    expect(await read({ tenantId: 'nobody' })).toEqual([])
    const { agentId } = AGENT
    expect(await read({ agentId, fromMs: AT })).toEqual(ids.slice(1))
    expect(await read({ agentId, toMs: AT + HOUR_MS })).toEqual(ids.slice(0, 3))
    expect(await read({ agentId, fromMs: AT, toMs: AT + HOUR_MS })).toEqual(ids.slice(1, 3))
  })

  it('goes by the name of the strategy, exactly', async () => {
    const store = await openStore(setup)
    const names = ['weighted', 'experiment:new/b:weighted', 'experiment:new/b:weighte_', 'weighted']
    const ids: string[] = []
    for (const name of names) {
      ids.push((await answered(store, { strategy: { name, version: '1' } }, 500)).id)
    }
    const read = async (strategyName: string) =>
      idsOf(await store.ledger.listRated({ ...AGENT, strategyName }))
    expect(await read('weighted')).toEqual([ids[0], ids[3]])
    expect(await read('experiment:new/b:weighted')).toEqual([ids[1]])
    expect(await read('experiment:new/b:weighte_')).toEqual([ids[2]])
    expect(await read('weight')).toEqual([])
  })

  it('gives every decision once, page by page, also two of one message', async () => {
    const store = await openStore(setup)
    const first = await answered(store, {}, 100)
    const again = decision(first.messageId)
    await store.ledger.append({ decisions: [again], attempts: [], messages: [] })
    for (let index = 0; index < 5; index += 1) await answered(store, {}, 200)
    const seen: Decision[] = []
    for (;;) {
      const page = await store.ledger.listRated({ ...AGENT, limit: 3, after: seen.at(-1) })
      if (page.length === 0) break
      expect(page.length).toBeLessThanOrEqual(3)
      seen.push(...page.map((rated) => rated.decision))
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(7)
    expect(seen).toHaveLength(7)
    const messageIds = seen.map(({ messageId }) => messageId)
    expect(messageIds).toEqual(messageIds.toSorted())
  })

  it.each([0, 1_001, 1.5])('refuses %d rows', async (limit) => {
    const store = await openStore(setup)
    expect(await errorOf(store.ledger.listRated({ ...AGENT, limit }))).toMatchObject({
      code: 'invalid-request',
      field: 'limit',
    })
  })
}
