import type { BudgetRule } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { AT, LIFETIME_MS, aModel, aRule, makeKeeper } from './__fixtures__/keeper-setup.ts'
import type { BudgetVerdict, ReservedCall } from './budgeted-call.ts'

const END_OF_DAY = Date.UTC(2026, 2, 15)

function reservedOf(verdict: BudgetVerdict): ReservedCall {
  if (verdict.kind !== 'reserved') throw new Error(`The call was ${verdict.kind}`)
  return verdict
}

function messageOf(verdict: BudgetVerdict): string {
  if (verdict.kind !== 'refused') throw new Error(`The call was ${verdict.kind}`)
  return verdict.failure.message
}

describe('a call is free', () => {
  it.each<[string, Partial<BudgetRule>]>([
    ['another tenant', { tenantId: 't2' }],
    ['another agent', { scope: 'agent', subject: 'b' }],
    ['another user', { scope: 'user', subject: 'v' }],
    ['another provider', { scope: 'provider', subject: 'q' }],
    ['another model', { scope: 'model', subject: 'p/n' }],
  ])('of a rule for %s, without I/O', async (_whom, fields) => {
    const { keeper, call, switchable } = await makeKeeper([aRule({ ...fields, limit: 0 })])
    switchable.state = 'hanging'
    expect(await keeper.reserve(call())).toEqual({ kind: 'free' })
  })

  it('of a rule for users when it has none', async () => {
    const rule = aRule({ scope: 'user', subject: '*', limit: 0 })
    const { keeper, call } = await makeKeeper([rule])
    expect(await keeper.reserve(call({ userId: undefined }))).toEqual({ kind: 'free' })
  })

  it('of a budget of money when the model costs nothing', async () => {
    const { keeper, call } = await makeKeeper([aRule({ unit: 'nano-usd', limit: 0 })])
    const model = aModel('m', { pricing: { input: '0', output: '0' } })
    expect(await keeper.reserve(call({ model }))).toEqual({ kind: 'free' })
    expect(await keeper.reserve(call())).toMatchObject({ kind: 'refused' })
  })
})

describe('a call is held', () => {
  it.each<[string, Partial<BudgetRule>]>([
    ['its tenant', {}],
    ['its agent', { scope: 'agent', subject: 'a' }],
    ['each agent', { scope: 'agent', subject: '*' }],
    ['its user', { scope: 'user', subject: 'u' }],
    ['each user', { scope: 'user', subject: '*' }],
    ['its provider', { scope: 'provider', subject: 'p' }],
    ['each provider', { scope: 'provider', subject: '*' }],
    ['its model', { scope: 'model', subject: 'p/m' }],
    ['each model', { scope: 'model', subject: '*' }],
  ])('by a rule for %s', async (_whom, fields) => {
    const { keeper, call, counted } = await makeKeeper([aRule({ ...fields, limit: 1 })])
    const first = call()
    expect(await keeper.reserve(first)).toMatchObject({ kind: 'reserved' })
    expect(await counted()).toBe('0 + 1')
    const { kind, failure } = (await keeper.reserve(call())) as { kind: string; failure?: unknown }
    expect({ kind, failure }).toMatchObject({
      kind: 'refused',
      failure: { kind: 'budget-exhausted' },
    })
  })

  it('by each on its own where the rule says so', async () => {
    const rules = [aRule({ scope: 'user', subject: '*', limit: 1 })]
    const { keeper, call } = await makeKeeper(rules)
    const kinds: string[] = []
    for (const userId of ['u', 'v', 'u', 'v', '*', '*']) {
      kinds.push((await keeper.reserve(call({ userId }))).kind)
    }
    expect(kinds).toEqual(['reserved', 'reserved', 'refused', 'refused', 'reserved', 'refused'])
  })

  it('by several rules at once, all or none', async () => {
    const rules = [
      aRule({ id: 'daily', limit: 1 }),
      aRule({ id: 'tokens', unit: 'tokens', period: 'minute', limit: 100_000 }),
    ]
    const { keeper, call, counted } = await makeKeeper(rules)
    await keeper.reserve(call())
    expect([await counted(), await counted('tokens')]).toEqual(['0 + 1', '0 + 4808'])
    await keeper.reserve(call())
    expect([await counted(), await counted('tokens')]).toEqual(['0 + 1', '0 + 4808'])
  })
})

describe('what is reserved', () => {
  it('is settled at what is known, and in full where it is not', async () => {
    const rules = [
      aRule(),
      aRule({ id: 'money', unit: 'nano-usd', limit: 1e9 }),
      aRule({ id: 'tokens', unit: 'tokens', limit: 1e6 }),
    ]
    const { keeper, call, counted, store } = await makeKeeper(rules)
    const settle = async (actual: { tokens?: number; nanoUsd?: number }): Promise<string[]> => {
      const settlement = reservedOf(await keeper.reserve(call())).toSettlement(actual)
      const settlements = [settlement]
      await store.ledger.append({ decisions: [], attempts: [], messages: [], settlements })
      return Promise.all(['daily', 'money', 'tokens'].map(counted))
    }
    expect(await settle({ tokens: 7, nanoUsd: 9 })).toEqual(['1 + 0', '9 + 0', '7 + 0'])
    expect(await settle({ tokens: 3 })).toEqual(['2 + 0', '4808009 + 0', '10 + 0'])
    expect(await settle({})).toEqual(['3 + 0', '9616009 + 0', '4818 + 0'])
  })

  it('is given back when the call is not made, and it does not matter when that fails', async () => {
    const { keeper, call, counted, switchable, events } = await makeKeeper([aRule()])
    const reserved = reservedOf(await keeper.reserve(call()))
    switchable.state = 'down'
    await reserved.release()
    expect(events).toMatchObject([{ type: 'internal-failed', part: 'budgets' }])
    expect(await counted()).toBe('0 + 1')
    switchable.state = 'up'
    await reserved.release()
    expect(await counted()).toBe('0 + 0')
  })

  it('bounds the answer when tokens or money are counted, and only then', async () => {
    const { keeper, call } = await makeKeeper([aRule()])
    expect(await keeper.reserve(call())).toMatchObject({ maxOutputTokens: undefined })
    expect(await keeper.reserve(call({ maxOutputTokens: 9 }))).toMatchObject({ maxOutputTokens: 9 })
    for (const unit of ['tokens', 'nano-usd'] as const) {
      const counted = await makeKeeper([aRule({ unit, limit: 1e9 })])
      const verdict = await counted.keeper.reserve(counted.call())
      expect(verdict).toMatchObject({ maxOutputTokens: 4_096 })
    }
  })

  it('counts in full when its process died, looked for every 30 seconds', async () => {
    const { keeper, call, counted, runtime } = await makeKeeper([aRule()])
    await keeper.reserve(call())
    await runtime.advance(LIFETIME_MS - 1)
    await keeper.reserve(call())
    await keeper.settled()
    expect(await counted()).toBe('0 + 2')
    await runtime.advance(29_999)
    await keeper.reserve(call())
    await keeper.settled()
    expect(await counted()).toBe('0 + 3')
    await runtime.advance(1)
    await keeper.reserve(call())
    await keeper.settled()
    expect(await counted()).toBe('1 + 3')
  })

  it('is looked for at the start, all that there is', async () => {
    const { call, counted, runtime, another } = await makeKeeper([aRule({ limit: 2_000 })])
    const dying = another()
    for (let count = 0; count < 1_001; count += 1) await dying.reserve(call())
    await runtime.advance(LIFETIME_MS)
    const next = another()
    await next.start()
    await next.settled()
    expect(await counted()).toBe('1001 + 0')
  })

  it('is looked for no further once the keeper is closed, however much there is', async () => {
    const { call, another, runtime, counted } = await makeKeeper([aRule({ limit: 2_000 })])
    const dying = another()
    for (let count = 0; count < 1_001; count += 1) await dying.reserve(call())
    await runtime.advance(LIFETIME_MS)
    const next = another()
    await next.start()
    await next.close()
    expect(await counted()).toBe('500 + 501')
  })

  it('is not looked for once the keeper is closed', async () => {
    const { keeper, call, counted, runtime } = await makeKeeper([aRule()])
    await keeper.reserve(call())
    await keeper.close()
    await runtime.advance(LIFETIME_MS)
    await keeper.reserve(call())
    await keeper.settled()
    expect(await counted()).toBe('0 + 2')
  })
})

describe('a refusal', () => {
  it('says which budget, how much, and until when; is told once; names no user', async () => {
    const rule = aRule({ scope: 'user', subject: '*', unit: 'nano-usd', limit: 5_000_000 })
    const { keeper, call, events } = await makeKeeper([rule])
    const first = reservedOf(await keeper.reserve(call({ userId: 'ann@example.org' })))
    const verdict = await keeper.reserve(call({ userId: 'ann@example.org' }))
    expect(messageOf(verdict)).toBe(
      'The budget "daily" allows $0.005 a day for this user; $0.000192 is left, and this call may take $0.004808. Calls that are running hold $0.004808. It begins anew at 2026-03-15T00:00:00.000Z.',
    )
    expect(verdict).not.toHaveProperty('failure.retryAfterMs')
    expect(events).toEqual([
      {
        type: 'budget-refused',
        atMs: AT,
        tenantId: 't',
        ruleId: 'daily',
        modelId: 'p/m',
        resetsAtMs: END_OF_DAY,
      },
    ])
    await first.release()
  })

  it('says how long to wait when nothing is held that could come back', async () => {
    const { keeper, call, store } = await makeKeeper([aRule({ limit: 1 })])
    const settlement = reservedOf(await keeper.reserve(call())).toSettlement({})
    const settlements = [settlement]
    await store.ledger.append({ decisions: [], attempts: [], messages: [], settlements })
    const verdict = await keeper.reserve(call())
    expect(verdict).toMatchObject({ failure: { retryAfterMs: END_OF_DAY - AT } })
    expect(messageOf(verdict)).toBe(
      'The budget "daily" allows 1 request a day; 0 requests are left. It begins anew at 2026-03-15T00:00:00.000Z.',
    )
  })

  it('of a call that no window could hold is made without asking', async () => {
    const rule = aRule({ scope: 'agent', subject: '*', unit: 'tokens', limit: 4_807 })
    const { keeper, call, switchable, events } = await makeKeeper([rule])
    switchable.state = 'hanging'
    const verdict = await keeper.reserve(call())
    expect(messageOf(verdict)).toBe(
      'The budget "daily" allows 4,807 tokens a day for this agent, and this call alone may take 4,808 tokens. Shorten it, ask for a shorter answer (`maxOutputTokens`), or choose a cheaper model.',
    )
    expect(verdict).not.toHaveProperty('failure.retryAfterMs')
    expect(events).toMatchObject([{ type: 'budget-refused' }])
  })

  it('of a model without prices, under a budget of money, says so', async () => {
    const rule = aRule({ scope: 'model', subject: '*', unit: 'nano-usd', limit: 1e12 })
    const { keeper, call } = await makeKeeper([rule])
    const model = aModel('m', { pricing: { input: '1' } })
    expect(messageOf(await keeper.reserve(call({ model })))).toBe(
      'The budget "daily" allows $1000.00 a day with Model m, and nobody knows what Model m costs. Set its prices, or choose another model.',
    )
  })

  it('ends with the window', async () => {
    const { keeper, call, runtime } = await makeKeeper([aRule({ period: 'minute', limit: 1 })])
    await keeper.reserve(call())
    expect((await keeper.reserve(call())).kind).toBe('refused')
    await runtime.advance(6_411)
    expect((await keeper.reserve(call())).kind).toBe('reserved')
  })

  it('never happens to a call whose signal aborted: it rejects, and reserves nothing', async () => {
    const { keeper, call, counted, events } = await makeKeeper([aRule()])
    const signal = AbortSignal.abort('enough')
    await expect(keeper.reserve(call(), { signal })).rejects.toBe('enough')
    expect(await counted()).toBe('0 + 0')
    expect(events).toEqual([])
  })
})

describe('while the store is down', () => {
  it('a call that a budget holds is refused, in its own words', async () => {
    const { keeper, call, switchable, events } = await makeKeeper([aRule()])
    switchable.state = 'down'
    const verdict = await keeper.reserve(call())
    expect(verdict).toMatchObject({ kind: 'refused', failure: { kind: 'budget-exhausted' } })
    expect(messageOf(verdict)).toContain('cannot be checked now')
    expect(events).toMatchObject([{ type: 'internal-failed', part: 'budgets' }])
    switchable.state = 'up'
    expect((await keeper.reserve(call())).kind).toBe('reserved')
  })

  it('it is let through where the host wants that, but for one that would never fit', async () => {
    const { keeper, call, switchable, events } = await makeKeeper([aRule({ limit: 0 })], 'allow')
    expect((await keeper.reserve(call())).kind).toBe('refused')
    const { keeper: other, ...rest } = await makeKeeper([aRule()], 'allow')
    rest.switchable.state = 'down'
    expect(await other.reserve(rest.call())).toEqual({ kind: 'free' })
    expect(rest.events).toMatchObject([{ type: 'internal-failed', part: 'budgets' }])
    switchable.state = 'down'
    expect((await keeper.reserve(call())).kind).toBe('refused')
    expect(events).toMatchObject([{ type: 'budget-refused' }, { type: 'budget-refused' }])
  })

  it('a keeper that could not read the rules holds every call, until it can', async () => {
    const { call, switchable, another } = await makeKeeper([])
    switchable.state = 'down'
    const keeper = another()
    await expect(keeper.start()).rejects.toMatchObject({ code: 'store-unavailable' })
    expect((await keeper.reserve(call())).kind).toBe('refused')
    switchable.state = 'up'
    expect((await keeper.reserve(call())).kind).toBe('free')
  })
})

describe('a change of the rules', () => {
  it('of this process holds at once', async () => {
    const { keeper, call, store } = await makeKeeper([])
    await store.budgets.put(aRule({ limit: 0 }))
    await keeper.changed()
    expect((await keeper.reserve(call())).kind).toBe('refused')
  })

  it('of another one holds after a second, and nobody waits for it', async () => {
    const { keeper, call, store, runtime } = await makeKeeper([])
    await runtime.advance(1_000)
    await store.budgets.put(aRule({ limit: 0 }))
    expect((await keeper.reserve(call())).kind).toBe('free')
    await keeper.settled()
    expect((await keeper.reserve(call())).kind).toBe('refused')
    await store.budgets.delete({ tenantId: 't', ruleId: 'daily' })
    await runtime.advance(999)
    await keeper.reserve(call())
    await keeper.settled()
    expect((await keeper.reserve(call())).kind).toBe('refused')
    await runtime.advance(1)
    await keeper.reserve(call())
    await keeper.settled()
    expect((await keeper.reserve(call())).kind).toBe('free')
  })

  it('that could not be read is told, and read later', async () => {
    const { keeper, call, store, switchable, runtime, events } = await makeKeeper([])
    await store.budgets.put(aRule({ limit: 0 }))
    switchable.state = 'down'
    await keeper.changed()
    await runtime.advance(1_000)
    expect((await keeper.reserve(call())).kind).toBe('free')
    await keeper.settled()
    expect(events).toMatchObject([{ part: 'budgets' }, { part: 'budgets' }])
    switchable.state = 'up'
    await runtime.advance(1_000)
    await keeper.reserve(call())
    await keeper.settled()
    expect((await keeper.reserve(call())).kind).toBe('refused')
  })
})
