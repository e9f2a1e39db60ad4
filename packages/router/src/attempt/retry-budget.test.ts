import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { RetryBudget } from './retry-budget.ts'

function make(budget: { readonly budgetShare: number; readonly budgetPerSecond: number }) {
  const runtime = createTestRuntime()
  const budgets = new RetryBudget({ runtime, ...budget })
  const takeAll = (providerId = 'p'): number => {
    let taken = 0
    while (taken < 10_000 && budgets.take(providerId)) taken += 1
    return taken
  }
  return { runtime, budgets, takeAll }
}

describe('the retry budget', () => {
  it('is earned by calls, as a share of them', () => {
    const { budgets, takeAll } = make({ budgetShare: 0.25, budgetPerSecond: 0 })
    for (let call = 0; call < 40; call += 1) budgets.earned('p')
    expect(takeAll()).toBe(10)
    expect(budgets.hasOne('p')).toBe(false)
  })

  it('is earned by time, up to ten seconds of it', async () => {
    const { runtime, takeAll } = make({ budgetShare: 0, budgetPerSecond: 2 })
    expect(takeAll()).toBe(20)
    await runtime.advance(2_500)
    expect(takeAll()).toBe(5)
    await runtime.advance(3_600_000)
    expect(takeAll()).toBe(20)
  })

  it('is each provider’s own', () => {
    const { budgets, takeAll } = make({ budgetShare: 1, budgetPerSecond: 0 })
    budgets.earned('p')
    expect(takeAll('q')).toBe(0)
    expect(takeAll('p')).toBe(1)
  })

  it('does not grow without end', () => {
    const { budgets, takeAll } = make({ budgetShare: 1, budgetPerSecond: 0 })
    for (let call = 0; call < 5_000; call += 1) budgets.earned('p')
    expect(takeAll()).toBe(100)
  })
})
