import type { BudgetRule, Store } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { aRule } from './__fixtures__/keeper-setup.ts'
import { BudgetRules } from './budget-rules.ts'

const payer = { tenantId: 't', agentId: 'a' }
const idsOf = (rules: BudgetRules): readonly string[] =>
  rules.holdingAll(payer).map(({ rule }) => rule.id)

function makeRules(store: Pick<Store, 'budgets' | 'changes'>) {
  const told: (readonly BudgetRule[])[] = []
  const onError = (error: unknown): void => {
    throw error
  }
  const onChange = (rules: ReadonlySet<BudgetRule>): void => void told.push([...rules])
  const runtime = createTestRuntime()
  return { rules: new BudgetRules({ store, runtime, onChange, onError }), told, runtime }
}

it('never goes back to what was read before a change, whichever reading ends last', async () => {
  const store = memoryStore()
  await store.budgets.put(aRule({ id: 'old' }))
  const gate = Promise.withResolvers<void>()
  let isFirst = true
  const list: Store['budgets']['list'] = async (query, options) => {
    const rules = await store.budgets.list(query, options)
    if (isFirst) {
      isFirst = false
      await gate.promise
    }
    return rules
  }
  const { rules } = makeRules({ changes: store.changes, budgets: { ...store.budgets, list } })
  const slow = rules.refresh()
  await store.changes.versions([])
  await store.budgets.put(aRule({ id: 'new' }))
  await rules.refresh()
  expect(idsOf(rules)).toEqual(['new', 'old'])
  gate.resolve()
  await slow
  expect(idsOf(rules)).toEqual(['new', 'old'])
})

it('tells the rules there are, one that did not change as the object it was', async () => {
  const store = memoryStore()
  const fresh = { ...store.budgets }
  fresh.list = async () => structuredClone(await store.budgets.list())
  for (const id of ['a', 'b']) await store.budgets.put(aRule({ id }))
  const { rules, told } = makeRules({ changes: store.changes, budgets: fresh })
  await rules.refresh()
  await store.budgets.put(aRule({ id: 'b', limit: 1 }))
  await rules.refresh()
  const [[a, b] = [], [sameA, otherB] = []] = told
  expect(sameA).toBe(a)
  expect(otherB).not.toBe(b)
  expect(otherB?.limit).toBe(1)
})

it('asks the store once for requests that come together, and not before a second has passed', async () => {
  const store = memoryStore()
  let asked = 0
  let gate = Promise.resolve()
  const versions: Store['changes']['versions'] = async (topics) => {
    asked += 1
    await gate
    return store.changes.versions(topics)
  }
  const { rules, runtime } = makeRules({ changes: { versions }, budgets: store.budgets })
  await rules.refresh()
  await runtime.advance(999)
  rules.recheck()
  expect(asked).toBe(1)
  await runtime.advance(1)
  const answered = Promise.withResolvers<void>()
  gate = answered.promise
  for (let count = 0; count < 5; count += 1) rules.recheck()
  await runtime.advance(5_000)
  rules.recheck()
  expect(asked).toBe(2)
  answered.resolve()
  await rules.settled()
  rules.recheck()
  await rules.settled()
  expect(asked).toBe(3)
})
