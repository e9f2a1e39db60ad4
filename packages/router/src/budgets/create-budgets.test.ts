import { ImrsError } from '@imrs/core'
import { memoryStore } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read } from '../__fixtures__/make-router.ts'
import type { MakeRouterOptions } from '../__fixtures__/make-router.ts'
import { switchableStore } from '../__fixtures__/switchable-store.ts'
import type { BudgetStatus, SetBudget } from './budget-api.ts'

const daily: SetBudget = { id: 'daily', scope: 'tenant', unit: 'usd', period: 'day', limit: '0.01' }

/** Two models at a dollar per 1,000,000 tokens; a call of `hello` uses 150. */
function makePriced(options: MakeRouterOptions = {}): ReturnType<typeof makeRouter> {
  const pricing = { input: '1', output: '1' }
  const usage = { inputTokens: 100, outputTokens: 50 }
  const models = ['one', 'two'].map((externalId) => ({ externalId, pricing }))
  return makeRouter({ providers: [{ models, answer: () => ({ text: 'Hi', usage }) }], ...options })
}

const ofOne = { ...hello, model: 'fake/one' }

describe('a budget', () => {
  it('is set in dollars, changed under its name, listed and removed', async () => {
    const { router, runtime, store } = await makePriced()
    const atMs = runtime.now()
    const set = await router.budgets.set({ ...daily, by: 'ann' })
    expect(set).toEqual({
      tenantId: 'default',
      id: 'daily',
      scope: 'tenant',
      subject: 'default',
      unit: 'usd',
      period: 'day',
      limit: 0.01,
      createdAtMs: atMs,
      updatedAtMs: atMs,
    })
    expect(await store.budgets.list()).toMatchObject([{ unit: 'nano-usd', limit: 10_000_000 }])
    await runtime.advance(5)
    const changed = await router.budgets.set({ ...daily, limit: 2.5 })
    expect(changed).toEqual({ ...set, limit: 2.5, updatedAtMs: atMs + 5 })
    await router.budgets.set({ ...daily, tenantId: 't2' })
    expect(await router.budgets.list()).toEqual([changed])
    expect(await router.budgets.list({ tenantId: 't2' })).toHaveLength(1)
    await router.budgets.remove({ id: 'daily', by: 'bob' })
    expect(await router.budgets.list()).toEqual([])
    await expect(router.budgets.remove({ id: 'daily' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no budget "daily".',
    })
    const audit = await router.audit.list({ tenantId: 'default' })
    expect(audit.map(({ action, actor }) => [action, actor])).toEqual([
      ['budget-deleted', 'bob'],
      ['budget-put', undefined],
      ['budget-put', 'ann'],
    ])
  })

  it('counts each subject on its own unless one is named', async () => {
    const { router } = await makePriced()
    const subjectOf = async (fields: Partial<SetBudget>): Promise<string> =>
      (await router.budgets.set({ ...daily, ...fields })).subject
    expect(await subjectOf({ scope: 'user' })).toBe('*')
    expect(await subjectOf({ scope: 'user', subject: 'ann' })).toBe('ann')
    expect(await subjectOf({ scope: 'agent', subject: '*' })).toBe('*')
    expect(await subjectOf({ scope: 'provider', subject: 'openai' })).toBe('openai')
    expect(await subjectOf({ scope: 'model', subject: 'openai/gpt-4o' })).toBe('openai/gpt-4o')
    expect(await subjectOf({ tenantId: 't2', subject: 't2' })).toBe('t2')
  })

  it.each<[SetBudget['unit'], SetBudget['limit'], number]>([
    ['usd', '5', 5_000_000_000],
    ['usd', '0.000000001', 1],
    ['usd', '9000000', 9_000_000_000_000_000],
    ['usd', 0.1, 100_000_000],
    ['usd', 0.1 + 0.2, 300_000_000],
    ['usd', 1e-7, 100],
    ['usd', 0, 0],
    ['tokens', 5, 5],
    ['requests', 0, 0],
  ])('of %s %s is stored as %d', async (unit, limit, stored) => {
    const { router, store } = await makePriced()
    await router.budgets.set({ ...daily, unit, limit })
    expect((await store.budgets.list())[0]?.limit).toBe(stored)
  })

  it.each<[string, Partial<Record<keyof SetBudget, unknown>>, string]>([
    [
      'scope',
      { scope: 'team' },
      '`scope` must be one of tenant, agent, user, provider, model, got "team"',
    ],
    ['unit', { unit: 'nano-usd' }, '`unit` must be one of requests, tokens, usd, got "nano-usd"'],
    ['period', { period: 'year' }, '`period` must be one of minute, day, month, got "year"'],
    ['limit', { unit: 'tokens', limit: '5' }, '`limit` must be a whole number from 0 on, got "5"'],
    ['limit', { unit: 'tokens', limit: 1.5 }, 'got 1.5'],
    ['limit', { unit: 'requests', limit: -1 }, 'got -1'],
    ['limit', { limit: '$5' }, '`limit` must be dollars from 0 to 9,000,000 with nine digits'],
    ['limit', { limit: '0.0000000001' }, 'got "0.0000000001"'],
    ['limit', { limit: 1e-12 }, 'got 1e-12'],
    ['limit', { limit: -0.5 }, 'got -0.5'],
    ['limit', { limit: '-1' }, 'got "-1"'],
    ['limit', { limit: 1e10 }, 'got 10000000000'],
    ['limit', { limit: Number.NaN }, '`limit` must be dollars'],
    ['subject', { subject: 'another' }, '`subject` must be left out'],
    ['subject', { scope: 'provider', subject: 'Open AI' }, 'the id of a provider'],
    ['subject', { scope: 'model', subject: 'gpt-4o' }, 'the id of a model'],
    ['subject', { scope: 'user', subject: '' }, '`subject` must have 1 to 128 characters'],
    ['id', { id: '' }, '`id` must have 1 to 128 characters'],
    ['tenantId', { tenantId: 'a\nb' }, '`tenantId` must have'],
  ])('with a wrong %s, %j, is refused', async (field, fields, message) => {
    const { router } = await makePriced()
    // What a caller without types may pass.
    const error = await router.budgets
      .set({ ...daily, ...fields } as SetBudget)
      .catch((thrown: unknown) => thrown)
    expect(ImrsError.is(error)).toBe(true)
    expect(error).toMatchObject({ code: 'invalid-request', field })
    expect((error as ImrsError).message).toContain(message)
    expect(await router.budgets.list()).toEqual([])
  })
})

describe('what is used of budgets', () => {
  it('is told in their units, with what remains', async () => {
    const { router, runtime } = await makePriced()
    await router.budgets.set(daily)
    await router.budgets.set({
      id: 'calls',
      scope: 'user',
      unit: 'requests',
      period: 'minute',
      limit: 9,
    })
    await read(await router.chat(ofOne))
    const { parts } = await router.chat({ ...ofOne, userId: 'u2' })
    const seen: (readonly BudgetStatus[])[] = []
    for await (const part of parts) {
      if (part.type === 'text-delta') seen.push(await router.budgets.usage())
    }
    const [budget] = await router.budgets.list()
    const windowStartMs = Math.floor(runtime.now() / 60_000) * 60_000
    const window = { windowStartMs, windowEndMs: windowStartMs + 60_000 }
    expect(seen[0]?.[0]).toEqual({
      budget,
      subject: 'u1',
      ...window,
      used: 1,
      assumed: 0,
      reserved: 0,
      remaining: 8,
    })
    expect(seen[0]?.[1]).toMatchObject({ subject: 'u2', used: 0, reserved: 1, remaining: 8 })
    expect(seen[0]?.[2]).toMatchObject({ subject: 'default', used: 0.00015 })
    const held = seen[0]?.[2]?.reserved ?? 0
    expect(held).toBeGreaterThan(0.004)
    expect(seen[0]?.[2]?.remaining).toBeCloseTo(0.01 - 0.00015 - held, 9)
    expect(await router.budgets.usage({ id: 'daily' })).toMatchObject([
      { used: 0.0003, reserved: 0, remaining: 0.0097 },
    ])
    expect(await router.budgets.usage({ tenantId: 't2' })).toEqual([])
  })

  it('is nothing for a budget of one subject that used nothing, and not told of each', async () => {
    const { router } = await makePriced()
    await router.budgets.set({ ...daily, id: 'b', scope: 'user', subject: 'u9' })
    await router.budgets.set({ ...daily, id: 'c', scope: 'user' })
    await router.budgets.set({ ...daily, id: 'a' })
    await read(await router.chat(ofOne))
    const rows = async (query: object): Promise<readonly string[]> =>
      (await router.budgets.usage(query)).map(({ budget, used }) => `${budget.id} ${used}`)
    expect(await rows({})).toEqual(['a 0.00015', 'b 0', 'c 0.00015'])
    expect(await rows({ scope: 'user' })).toEqual(['b 0', 'c 0.00015'])
    expect(await rows({ limit: 2 })).toEqual(['a 0.00015', 'b 0'])
    expect(await rows({ limit: 1 })).toEqual(['a 0.00015'])
    await expect(rows({ limit: 0 })).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('Auto', () => {
  it('passes over what a budget refused, and answers with what is left', async () => {
    const { router } = await makePriced()
    await router.budgets.set({ ...daily, scope: 'model', subject: 'fake/one', limit: 0 })
    const ask = async () => read(await router.chat({ ...hello, model: 'auto' }))
    expect(partsOf(await ask(), 'fallback')).toHaveLength(1)
    const parts = await ask()
    expect(partsOf(parts, 'fallback')).toEqual([])
    expect(parts.at(-1)).toMatchObject({ type: 'end', model: 'fake/two' })
    const decision = await router.decide({ ...hello, model: 'auto' })
    expect(decision.exclusions.counts).toEqual({ 'budget-exhausted': 1 })
  })

  it('says which budget is spent and until when, without asking the store', async () => {
    const { router, runtime } = await makePriced()
    await router.budgets.set({ ...daily, unit: 'requests', limit: 1 })
    await read(await router.chat({ ...hello, model: 'auto' }))
    await read(await router.chat({ ...hello, model: 'auto' }))
    const untilMs = 86_400_000 - (runtime.now() % 86_400_000)
    await expect(router.chat({ ...hello, model: 'auto' })).rejects.toMatchObject({
      code: 'budget-exhausted',
      retryAfterMs: untilMs,
      message: expect.stringMatching(
        /2 over a budget\. The budget "daily" allows 1 request a day/,
      ) as string,
    })
    await runtime.advance(untilMs)
    expect((await read(await router.chat({ ...hello, model: 'auto' }))).at(-1)?.type).toBe('end')
  })

  it('does not decide for a person: what they chose is refused in its own words', async () => {
    const { router } = await makePriced()
    await router.budgets.set({ ...daily, unit: 'requests', limit: 0 })
    for (let time = 0; time < 2; time += 1) {
      const [error] = partsOf(await read(await router.chat(ofOne)), 'error')
      expect(error).toMatchObject({ code: 'budget-exhausted' })
    }
  })
})

describe('the option', () => {
  it.each([
    [undefined, 'error'],
    ['refuse', 'error'],
    ['allow', 'end'],
  ] as const)('%s leads to an %s while the store is down', async (whenUnavailable, last) => {
    const switchable = switchableStore(memoryStore())
    const { router } = await makePriced({ store: switchable.store, budgets: { whenUnavailable } })
    await router.budgets.set(daily)
    await read(await router.chat(ofOne))
    const answer = await router.chat(ofOne)
    switchable.state = 'down'
    expect((await read(answer)).at(-1)?.type).toBe(last)
  })

  it('for a store that is down must be one that there is', async () => {
    const budgets = { whenUnavailable: 'ignore' } as unknown as { whenUnavailable: 'allow' }
    await expect(makePriced({ budgets })).rejects.toMatchObject({
      code: 'invalid-config',
      message: '`budgets.whenUnavailable` must be "refuse" or "allow", got "ignore"',
    })
  })
})
