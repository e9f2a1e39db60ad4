import type { BudgetRule, Store } from '@imrs/core'
import { memoryStore } from '@imrs/testing/host'
import type { FakeAnswer } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from '../__fixtures__/make-router.ts'

const usage = { inputTokens: 100, outputTokens: 50 }
const tenant: Omit<BudgetRule, 'unit' | 'limit'> = {
  tenantId: 'default',
  id: 'daily',
  scope: 'tenant',
  subject: 'default',
  period: 'day',
  createdAtMs: 0,
  updatedAtMs: 0,
}

/** Two models at $1 per 1,000,000 tokens in and out, under one rule. */
async function makeBudgeted(
  rule: BudgetRule,
  answer: () => FakeAnswer = () => ({ text: 'Hi', usage }),
) {
  const store = memoryStore()
  await store.budgets.put(rule)
  const pricing = { input: '1', output: '1' }
  const made = await makeRouter({
    store,
    providers: [
      {
        models: [
          { externalId: 'a', pricing },
          { externalId: 'b', pricing },
          { externalId: 'unpriced' },
        ],
        answer,
      },
    ],
  })
  const used = async () => {
    const rows = await store.budgets.usage({ tenantId: 'default', atMs: made.runtime.now() })
    return rows.map((row) => ({ used: row.used, reserved: row.reserved }))
  }
  return { ...made, used }
}

describe('a budget', () => {
  it('holds calls back once it is used up, and says until when', async () => {
    const { router, providers, runtime } = await makeBudgeted({
      ...tenant,
      unit: 'requests',
      limit: 2,
    })
    const ask = async () => read(await router.chat({ ...hello, model: 'fake/a' }))
    expect(textOfParts(await ask())).toBe('Hi')
    expect(textOfParts(await ask())).toBe('Hi')
    const [error] = partsOf(await ask(), 'error')
    expect(error).toMatchObject({ code: 'budget-exhausted', failureKind: 'budget-exhausted' })
    expect(error?.tried).toMatchObject([{ model: 'fake/a', wasCalled: false }])
    expect(error?.retryAfterMs).toBe(86_400_000 - (runtime.now() % 86_400_000))
    expect(providers[0]?.calls).toHaveLength(2)
  })

  it('of one model leads Auto to the next, announced', async () => {
    const { router } = await makeBudgeted({
      ...tenant,
      scope: 'model',
      subject: 'fake/a',
      unit: 'requests',
      limit: 0,
    })
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(parts.at(-1)).toMatchObject({ type: 'end', model: 'fake/b' })
    expect(partsOf(parts, 'fallback')).toMatchObject([
      { from: 'fake/a', to: 'fake/b', failureKind: 'budget-exhausted' },
    ])
  })

  it('is settled at what was really used, before the end is given out', async () => {
    const { router, used } = await makeBudgeted({ ...tenant, unit: 'tokens', limit: 100_000 })
    const { parts } = await router.chat({ ...hello, model: 'fake/a' })
    const seen: unknown[] = []
    for await (const part of parts) {
      if (part.type === 'text-delta' || part.type === 'end') seen.push(...(await used()))
    }
    expect(seen).toMatchObject([{ used: 0 }, { used: 150, reserved: 0 }])
    expect((seen[0] as { reserved: number }).reserved).toBeGreaterThan(150)
  })

  it('of money bounds the answer, and refuses a model whose price nobody knows', async () => {
    const rule = { ...tenant, unit: 'nano-usd', limit: 50_000_000 } as const
    const { router, providers, used } = await makeBudgeted(rule)
    await read(await router.chat({ ...hello, model: 'fake/a' }))
    expect(providers[0]?.calls[0]?.maxOutputTokens).toBe(4_096)
    // 150 tokens at a dollar a million.
    expect(await used()).toEqual([{ used: 150_000, reserved: 0 }])
    const [error] = partsOf(
      await read(await router.chat({ ...hello, userId: 'u2', model: 'fake/unpriced' })),
      'error',
    )
    expect(error?.code).toBe('budget-exhausted')
    expect(providers[0]?.calls).toHaveLength(1)
  })

  it('is charged nothing for a call that the provider refused', async () => {
    const failure = { kind: 'unavailable', message: 'Down.' } as const
    const rule = { ...tenant, unit: 'tokens', limit: 100_000 } as const
    const { router, used } = await makeBudgeted(rule, () => ({ failure }))
    await read(await router.chat({ ...hello, model: 'fake/a' }))
    expect(await used()).toEqual([])
  })

  it('is charged an estimate for an answer that the reader left', async () => {
    const rule = { ...tenant, unit: 'tokens', limit: 100_000 } as const
    const { router, used, store } = await makeBudgeted(rule, () => ({ text: 'Hello', hangs: true }))
    const answer = await router.chat({ ...hello, model: 'fake/a' })
    for await (const part of answer.parts) if (part.type === 'text-delta') break
    const key = { tenantId: 'default', messageId: answer.messageId }
    const [attempt] = await store.ledger.listAttempts(key)
    expect(attempt).toMatchObject({ outcome: 'aborted', usageSource: 'estimate' })
    const { inputTokens = 0, outputTokens = 0 } = attempt?.usage ?? {}
    expect(outputTokens).toBeGreaterThan(0)
    expect(await used()).toEqual([{ used: inputTokens + outputTokens, reserved: 0 }])
  })
})

describe('a call whose reader left before it was made', () => {
  /** A router whose store says late, once, that a call may be made. */
  async function makeLate() {
    const inner = memoryStore()
    await inner.budgets.put({ ...tenant, unit: 'requests', limit: 100 })
    const late = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const given = Promise.withResolvers<void>()
    let isLate = false
    const budgets: Store['budgets'] = {
      ...inner.budgets,
      reserve: async (request) => {
        if (isLate) asked.resolve()
        if (isLate) await late.promise
        return inner.budgets.reserve(request)
      },
      release: async (...released) => {
        await inner.budgets.release(...released)
        given.resolve()
      },
    }
    let answer: FakeAnswer = { text: 'Hi' }
    const made = await makeRouter({
      store: { ...inner, budgets },
      providers: [{ models: ['a'], answer: () => answer }],
      breaker: { minimumCalls: 1, openMs: 1_000 },
    })
    const ask = async () => read(await made.router.chat({ ...hello, model: 'fake/a' }))
    return {
      ...made,
      ask,
      fail: async () => {
        answer = { failure: { kind: 'unavailable', message: 'Down.' } }
        await ask()
        answer = { text: 'Hi' }
      },
      leave: async () => {
        isLate = true
        const leaving = new AbortController()
        const { signal } = leaving
        const answer = await made.router.chat({ ...hello, model: 'fake/a' }, { signal })
        const reading = read(answer)
        await asked.promise
        leaving.abort()
        await reading
        isLate = false
        late.resolve()
        await given.promise
      },
      reserved: async () => {
        const rows = await inner.budgets.usage({
          tenantId: 'default',
          atMs: made.runtime.now(),
        })
        return rows.map((row) => row.reserved)
      },
    }
  }

  it('gives back what was set aside for it, and the turn to find out whether the model is back', async () => {
    const { ask, fail, leave, reserved, runtime, providers } = await makeLate()
    await fail()
    await runtime.advance(1_500)
    await leave()
    expect(await reserved()).toEqual([0])
    expect(textOfParts(await ask())).toBe('Hi')
    expect(providers[0]?.calls).toHaveLength(2)
  })
})
