import type { Model, ModelPricing } from '@imrs/core'
import { costOfUsage } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { aModel } from './__fixtures__/keeper-setup.ts'
import { amountOf, outputTokensOf, promptTokensOf } from './budget-amounts.ts'

describe('the answer is asked for with at most', () => {
  it.each<[string, Partial<Model> & { readonly wanted?: number }, number]>([
    ['4,096 tokens when nobody says', {}, 4_096],
    ['what the request says', { wanted: 9_000 }, 9_000],
    ['what the model takes', { maxOutputTokens: 700 }, 700],
    ['no more than the model takes', { maxOutputTokens: 700, wanted: 9_000 }, 700],
    ['what the context leaves', { contextLength: 1_500 }, 500],
    ['one token', { contextLength: 900 }, 1],
    ['what was said, when no context is known', { contextLength: 0, wanted: 9_000 }, 9_000],
  ])('%s', (_rule, { wanted, ...fields }, expected) => {
    const size = { model: aModel('m', fields), inputTokens: 1_000, maxOutputTokens: wanted }
    expect(outputTokensOf(size)).toBe(expected)
  })
})

describe('the prompt is taken to be', () => {
  it('twice its estimate and 512 tokens', () => {
    expect(promptTokensOf({ model: aModel('m'), inputTokens: 1_000 })).toBe(2_512)
    expect(promptTokensOf({ model: aModel('m'), inputTokens: 0 })).toBe(512)
  })

  it('no longer than the context, and never shorter than its estimate', () => {
    const model = aModel('m', { contextLength: 2_000 })
    expect(promptTokensOf({ model, inputTokens: 1_000 })).toBe(2_000)
    expect(promptTokensOf({ model, inputTokens: 2_100 })).toBe(2_100)
  })
})

describe('a call takes', () => {
  const size = (pricing: ModelPricing, inputTokens = 1_000) => ({
    model: aModel('m', { pricing }),
    inputTokens,
    maxOutputTokens: 100,
  })

  it('one request, and prompt and answer together as tokens', () => {
    expect(amountOf('requests', size({}))).toBe(1)
    expect(amountOf('tokens', size({}))).toBe(2_612)
  })

  it.each<[string, ModelPricing, number | undefined]>([
    ['prompt and answer', { input: '1', output: '2' }, 2_512_000 + 200_000],
    ['the price of the request', { input: '1', output: '2', request: '0.01' }, 12_712_000],
    ['the prompt written to a cache', { input: '1', output: '0', cacheWrite: '3' }, 7_536_000],
    ['the prompt read from one', { input: '1', output: '0', cachedInput: '2' }, 5_024_000],
    ['an answer of thoughts', { input: '0', output: '1', reasoning: '5' }, 500_000],
    ['nothing, when it is free', { input: '0', output: '0' }, 0],
    ['nobody knows, without the price of the prompt', { output: '0' }, undefined],
    ['nobody knows, without the price of the answer', { input: '0' }, undefined],
    [
      'a tier above',
      { input: '1', output: '1', tiers: [{ abovePromptTokens: 2_511, input: '9' }] },
      2_512 * 9_000 + 100_000,
    ],
    [
      'a tier that is out of reach',
      { input: '1', output: '1', tiers: [{ abovePromptTokens: 2_512, input: '9' }] },
      2_612_000,
    ],
    [
      'the most that a dearer tier below can cost',
      { input: '9', output: '9', tiers: [{ abovePromptTokens: 2_000, input: '1', output: '1' }] },
      2_100 * 9_000,
    ],
  ])('of money at most %s', (_what, pricing, expected) => {
    expect(amountOf('nano-usd', size(pricing))).toBe(expected)
  })

  it('of money never less than a call within its bounds costs', () => {
    const cents = fc.integer({ min: 0, max: 5_000 }).map((price) => String(price / 100))
    const maybe = fc.option(cents, { nil: undefined })
    const prices = fc.record({ cachedInput: maybe, cacheWrite: maybe, reasoning: maybe })
    const tier = fc.record({
      abovePromptTokens: fc.integer({ min: 1, max: 4_000 }),
      input: maybe,
      output: maybe,
      cacheWrite: maybe,
    })
    const pricing = fc
      .tuple(prices, cents, cents, fc.array(tier, { maxLength: 3 }))
      .map(([others, input, output, tiers]) => ({
        ...others,
        input,
        output,
        tiers: tiers.sort((left, right) => left.abovePromptTokens - right.abovePromptTokens),
      }))
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        pricing,
        fc.nat(1_500),
        fc.array(share, { minLength: 5, maxLength: 5 }),
        (...drawn) => {
          const [given, inputTokens, [a = 0, b = 0, c = 0, d = 0, e = 0]] = drawn
          const call = size(given, inputTokens)
          const prompt = Math.floor(promptTokensOf(call) * a)
          const output = Math.floor(outputTokensOf(call) * b)
          const cached = Math.floor(prompt * c)
          const usage = {
            inputTokens: prompt,
            outputTokens: output,
            cachedInputTokens: cached,
            cacheWriteTokens: Math.floor((prompt - cached) * d),
            reasoningTokens: Math.floor(output * e),
          }
          const cost = costOfUsage(usage, given) ?? Number.NaN
          expect(cost).toBeLessThanOrEqual(amountOf('nano-usd', call) ?? Number.NaN)
        },
      ),
    )
  })
})
