import type { BudgetRule, Model } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { AT, aModel, aRule, makeKeeper } from './__fixtures__/keeper-setup.ts'
import type { KeeperSetup } from './__fixtures__/keeper-setup.ts'
import type { BudgetedCall } from './budgeted-call.ts'
import type { ExhaustedBudgets } from './exhausted-budgets.ts'

interface Asked {
  readonly userId?: string
  readonly agentId?: string
  readonly tenantId?: string
  readonly inputTokens?: number
  readonly maxOutputTokens?: number
  readonly models?: readonly Model[]
}

function exhausted({ keeper, runtime }: KeeperSetup, asked: Asked = {}): ExhaustedBudgets {
  const { userId = 'u', agentId = 'a', tenantId = 't' } = asked
  const { inputTokens = 100, maxOutputTokens, models = [aModel('m'), aModel('n')] } = asked
  return keeper.exhausted(
    { tenantId, agentId, userId },
    {
      atMs: runtime.now(),
      inputTokens,
      callOf: (id) => {
        const model = models.find((each) => each.id === id)
        return model === undefined ? undefined : { model, inputTokens, maxOutputTokens }
      },
    },
  )
}

/** What is exhausted, in few words. */
function words({ all, providers, models }: ExhaustedBudgets): string {
  return [...(all ? ['all'] : []), ...providers, ...models].join(' ')
}

/** Uses up what a call reserves. */
async function use(setup: KeeperSetup, fields: Partial<BudgetedCall> = {}): Promise<void> {
  const verdict = await setup.keeper.reserve(setup.call(fields))
  if (verdict.kind !== 'reserved') throw new Error(`The call was ${verdict.kind}`)
  const settlements = [verdict.toSettlement({})]
  await setup.store.ledger.append({ decisions: [], attempts: [], messages: [], settlements })
}

describe('what is exhausted', () => {
  it.each<[Partial<BudgetRule>, string]>([
    [{}, 'all'],
    [{ scope: 'agent', subject: '*' }, 'all'],
    [{ scope: 'user', subject: 'u' }, 'all'],
    [{ scope: 'provider', subject: '*' }, 'p'],
    [{ scope: 'provider', subject: 'p' }, 'p'],
    [{ scope: 'model', subject: '*' }, 'p/m'],
    [{ scope: 'model', subject: 'p/m' }, 'p/m'],
  ])('is learnt from a refusal of %j', async (fields, expected) => {
    const setup = await makeKeeper([aRule({ ...fields, limit: 1 })])
    await use(setup)
    expect(words(exhausted(setup))).toBe('')
    await setup.keeper.reserve(setup.call())
    expect(words(exhausted(setup))).toBe(expected)
    setup.switchable.state = 'hanging'
    expect(words(exhausted(setup))).toBe(expected)
  })

  it('is nothing while running calls may give something back', async () => {
    const setup = await makeKeeper([aRule({ limit: 1 })])
    await setup.keeper.reserve(setup.call())
    expect((await setup.keeper.reserve(setup.call())).kind).toBe('refused')
    expect(words(exhausted(setup))).toBe('')
  })

  it('of others is nothing', async () => {
    const setup = await makeKeeper([aRule({ scope: 'user', subject: '*', limit: 1 })])
    await use(setup)
    await setup.keeper.reserve(setup.call())
    expect(words(exhausted(setup, { userId: 'v' }))).toBe('')
    expect(words(exhausted(setup, { tenantId: 't2' }))).toBe('')
    expect(words(exhausted(setup))).toBe('all')
  })

  it('ends with the window', async () => {
    const setup = await makeKeeper([aRule({ period: 'minute', limit: 1 })])
    await use(setup)
    await setup.keeper.reserve(setup.call())
    await setup.runtime.advance(6_410)
    expect(words(exhausted(setup))).toBe('all')
    await setup.runtime.advance(1)
    expect(words(exhausted(setup))).toBe('')
  })

  it('is forgotten when the rule changes or goes', async () => {
    const setup = await makeKeeper([aRule({ limit: 1 }), aRule({ id: 'other', limit: 1 })])
    await use(setup)
    await setup.keeper.reserve(setup.call())
    await setup.store.budgets.put(aRule({ id: 'other', limit: 2, updatedAtMs: AT + 1 }))
    await setup.keeper.changed()
    expect(words(exhausted(setup))).toBe('all')
    await setup.store.budgets.put(aRule({ limit: 2, updatedAtMs: AT + 1 }))
    await setup.keeper.changed()
    expect(words(exhausted(setup))).toBe('')
    await use(setup)
    await setup.keeper.reserve(setup.call())
    expect(words(exhausted(setup))).toBe('all')
    await setup.store.budgets.delete({ tenantId: 't', ruleId: 'daily' })
    await setup.keeper.changed()
    expect(words(exhausted(setup))).toBe('')
  })

  it('is forgotten when another process changes the rule, though nothing is reserved meanwhile', async () => {
    const setup = await makeKeeper([aRule({ limit: 1 })])
    await use(setup)
    await setup.keeper.reserve(setup.call())
    await setup.store.budgets.put(aRule({ limit: 2, updatedAtMs: AT + 1 }))
    await setup.runtime.advance(1_000)
    expect(words(exhausted(setup))).toBe('all')
    await setup.keeper.settled()
    expect(words(exhausted(setup))).toBe('')
  })

  it('of tokens depends on the size of the request', async () => {
    const setup = await makeKeeper([aRule({ unit: 'tokens', limit: 10_000 })])
    await use(setup)
    await setup.keeper.reserve(setup.call({ inputTokens: 600 }))
    // 5,192 are left.
    expect(words(exhausted(setup, { inputTokens: 600 }))).toBe('p/m')
    expect(words(exhausted(setup, { inputTokens: 200 }))).toBe('')
    expect(words(exhausted(setup, { inputTokens: 600, maxOutputTokens: 10 }))).toBe('')
    expect(words(exhausted(setup, { inputTokens: 5_191 }))).toBe('p/m')
    expect(words(exhausted(setup, { inputTokens: 5_192 }))).toBe('all')
  })

  it('goes by the least that was left, whatever was refused since', async () => {
    const setup = await makeKeeper([aRule({ unit: 'tokens', limit: 10_000 })])
    await setup.keeper.reserve(setup.call({ inputTokens: 9_000 }))
    expect(words(exhausted(setup))).toBe('')
    await use(setup)
    await use(setup)
    await setup.keeper.reserve(setup.call())
    expect(words(exhausted(setup))).toBe('p/m')
    await setup.keeper.reserve(setup.call({ inputTokens: 9_000 }))
    expect(words(exhausted(setup))).toBe('p/m')
  })

  it('of money depends on the size of the request and on the prices now', async () => {
    const setup = await makeKeeper([aRule({ unit: 'nano-usd', limit: 10_000_000 })])
    await use(setup)
    for (const name of ['m', 'n']) {
      await setup.keeper.reserve(setup.call({ inputTokens: 600, model: aModel(name) }))
    }
    expect(words(exhausted(setup, { inputTokens: 600 }))).toBe('p/m p/n')
    expect(words(exhausted(setup, { inputTokens: 200 }))).toBe('')
    const cheaper = aModel('m', { pricing: { input: '0.5', output: '0.5' } })
    const models = [cheaper, aModel('n')]
    expect(words(exhausted(setup, { inputTokens: 600, models }))).toBe('p/n')
    expect(words(exhausted(setup, { inputTokens: 600, models: [] }))).toBe('')
  })

  it('holds models without prices, until they have some', async () => {
    const setup = await makeKeeper([aRule({ unit: 'nano-usd', limit: 10_000_000 })])
    const unpriced = aModel('m', { pricing: {} })
    await setup.keeper.reserve(setup.call({ model: unpriced }))
    expect(words(exhausted(setup, { models: [unpriced] }))).toBe('p/m')
    expect(words(exhausted(setup))).toBe('')
  })

  it('says why, in the words of the refusal that lasts longest', async () => {
    const rules = [
      aRule({ period: 'minute', limit: 1 }),
      aRule({ id: 'monthly', scope: 'model', subject: '*', period: 'month', limit: 1 }),
    ]
    const setup = await makeKeeper(rules)
    await use(setup)
    await setup.keeper.reserve(setup.call())
    expect(exhausted(setup).reason?.resetsAtMs).toBe(Date.UTC(2026, 2, 14, 9, 27))
    await setup.runtime.advance(60_000)
    await setup.keeper.reserve(setup.call())
    const { reason } = exhausted(setup)
    expect(reason?.resetsAtMs).toBe(Date.UTC(2026, 3, 1))
    expect(reason?.message).toContain('"monthly"')
  })

  it('is remembered of a bounded number of users, those heard of last', async () => {
    const setup = await makeKeeper([
      aRule({ scope: 'user', subject: '*', unit: 'tokens', limit: 9 }),
    ])
    for (let user = 0; user <= 1_000; user += 1) {
      await setup.keeper.reserve(setup.call({ userId: `u${user}` }))
    }
    const isKnown = (user: number): boolean => exhausted(setup, { userId: `u${user}` }).all
    expect([isKnown(0), isKnown(1), isKnown(1_000)]).toEqual([false, true, true])
  })
})
