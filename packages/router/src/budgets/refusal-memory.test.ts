import { expect, it } from 'vitest'

import { AT, aModel, aRule } from './__fixtures__/keeper-setup.ts'
import { RefusalMemory } from './refusal-memory.ts'

const request = { atMs: AT, inputTokens: 100 }
const about = { subject: 't', left: 0, resetsAtMs: AT + 1, message: '' }

it('is empty once its rules are gone', () => {
  const memory = new RefusalMemory()
  const [kept, gone] = [aRule(), aRule({ id: 'gone' })]
  for (const rule of [kept, gone]) memory.remember({ ...about, rule, modelId: 'p/m' })
  const isAll = (rule: typeof kept): boolean =>
    memory.exhausted([{ rule, subject: 't' }], { ...request, callOf: () => undefined }).all
  memory.keep(new Set([kept]))
  expect([isAll(kept), isAll(gone), memory.isEmpty]).toEqual([true, false, false])
  memory.keep(new Set())
  expect(memory.isEmpty).toBe(true)
})

it('knows a bounded number of models of one rule, those refused last', () => {
  const memory = new RefusalMemory()
  const rule = aRule({ unit: 'nano-usd' })
  const ids = Array.from({ length: 70 }, (_, index) => `p/m${index}`)
  for (const modelId of ids) memory.remember({ ...about, rule, modelId })
  const callOf = (id: string) => ({ model: aModel(id), inputTokens: 100 })
  const { models } = memory.exhausted([{ rule, subject: 't' }], { ...request, callOf })
  expect([...models]).toEqual(ids.slice(6))
})
