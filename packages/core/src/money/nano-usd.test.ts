import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { TokenUsage } from '../chat/token-usage.ts'
import type { ModelPricing } from '../domain/pricing.ts'
import {
  costOfUsage,
  fromNanoUsd,
  perMillionFromPerToken,
  perTokenFromPerMillion,
  toNanoUsd,
} from './nano-usd.ts'

/** Non-negative decimal text with up to 15 digits behind the point. */
const decimalText = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.stringMatching(/^\d{1,15}$/))
  .map(([whole, fraction]) => `${whole}.${fraction}`)

describe('prices', () => {
  it.each([
    ['0.00000015', '0.15'],
    ['0.000000123456789012', '0.123456789012'],
    ['1.5e-7', '0.15'],
    ['0', '0'],
    ['0.000010', '10'],
  ])('of a token, %s, are %s per 1,000,000, exactly', (perToken, perMillion) => {
    expect(perMillionFromPerToken(perToken)).toBe(perMillion)
  })

  it.each([
    ['0.15', 0.00000015],
    ['10', 0.00001],
    ['0', 0],
  ])('per 1,000,000, %s, are %d a token', (perMillion, perToken) => {
    expect(perTokenFromPerMillion(perMillion)).toBe(perToken)
  })

  it('keep every digit', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const back = new Big(perMillionFromPerToken(text)).div(1_000_000)
        expect(back.eq(text)).toBe(true)
      }),
    )
  })
})

describe('nano-dollars', () => {
  it.each([
    ['0.0000000005', 0],
    ['0.0000000015', 2],
    ['0.0000000025', 2],
    ['0.00000000250000001', 3],
    ['1', 1_000_000_000],
    [0.1, 100_000_000],
    [0.3, 300_000_000],
  ])('of %s dollars are %d, rounded half-even', (usd, nanoUsd) => {
    expect(toNanoUsd(usd)).toBe(nanoUsd)
  })

  it('survive the way out and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (nanoUsd) => {
        expect(toNanoUsd(fromNanoUsd(nanoUsd))).toBe(nanoUsd)
      }),
    )
  })
})

const prices: ModelPricing = { input: '3', output: '15' }

describe('the cost of a call', () => {
  it.each<{ name: string; usage: TokenUsage; pricing: ModelPricing; expected: number | undefined }>(
    [
      {
        name: 'is tokens times prices',
        usage: { inputTokens: 1_000, outputTokens: 100 },
        pricing: prices,
        expected: 4_500_000,
      },
      {
        name: 'counts cached tokens once',
        usage: { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 400 },
        pricing: { ...prices, cachedInput: '0.3' },
        expected: 600 * 3_000 + 400 * 300,
      },
      {
        name: 'charges cached tokens as others when their price is not known',
        usage: { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 400 },
        pricing: prices,
        expected: 1_000 * 3_000,
      },
      {
        name: 'counts tokens written to the cache once',
        usage: {
          inputTokens: 1_000,
          outputTokens: 0,
          cachedInputTokens: 400,
          cacheWriteTokens: 100,
        },
        pricing: { ...prices, cachedInput: '0.3', cacheWrite: '3.75' },
        expected: 500 * 3_000 + 400 * 300 + 100 * 3_750,
      },
      {
        name: 'counts reasoning tokens once',
        usage: { inputTokens: 0, outputTokens: 100, reasoningTokens: 60 },
        pricing: { ...prices, reasoning: '20' },
        expected: 40 * 15_000 + 60 * 20_000,
      },
      {
        name: 'has the price of the request in it',
        usage: { inputTokens: 0, outputTokens: 0 },
        pricing: { ...prices, request: '0.005' },
        expected: 5_000_000,
      },
      {
        name: 'is not known when the price of the answer is not',
        usage: { inputTokens: 1, outputTokens: 1 },
        pricing: { input: '3' },
        expected: undefined,
      },
      {
        name: 'is not known when the price of the prompt is not',
        usage: { inputTokens: 1, outputTokens: 1 },
        pricing: { output: '3' },
        expected: undefined,
      },
      {
        name: 'is known when what is not known was not used',
        usage: { inputTokens: 1, outputTokens: 0 },
        pricing: { input: '3' },
        expected: 3_000,
      },
      {
        name: 'is zero when the prices are',
        usage: { inputTokens: 9, outputTokens: 9 },
        pricing: { input: '0', output: '0.000' },
        expected: 0,
      },
      {
        name: 'is rounded once, at the end',
        usage: { inputTokens: 1, outputTokens: 1 },
        pricing: { input: '0.0004', output: '0.0002' },
        expected: 1,
      },
      {
        name: 'is rounded half-even',
        usage: { inputTokens: 1, outputTokens: 0 },
        pricing: { input: '0.0025', output: '1' },
        expected: 2,
      },
    ],
  )('$name', ({ usage, pricing, expected }) => {
    expect(costOfUsage(usage, pricing)).toBe(expected)
  })

  const tiered: ModelPricing = {
    input: '1',
    output: '10',
    cachedInput: '0.1',
    tiers: [
      { abovePromptTokens: 100, input: '2' },
      { abovePromptTokens: 200, input: '4', output: '40' },
    ],
  }

  it.each([
    [100, 100 * 1_000 + 10_000],
    [101, 101 * 2_000 + 10_000],
    [200, 200 * 2_000 + 10_000],
    [201, 201 * 4_000 + 40_000],
  ])('of %d prompt tokens takes the tier they are above', (inputTokens, expected) => {
    expect(costOfUsage({ inputTokens, outputTokens: 1 }, tiered)).toBe(expected)
  })

  it('takes what a tier leaves out, or leaves undefined, from below it', () => {
    const tier = { abovePromptTokens: 100, input: '2', output: undefined, cachedInput: undefined }
    const usage: TokenUsage = { inputTokens: 200, outputTokens: 1, cachedInputTokens: 50 }
    expect(costOfUsage(usage, { ...tiered, tiers: [tier] })).toBe(150 * 2_000 + 50 * 100 + 10_000)
  })

  it('of a split prompt is that of the whole when all prices are one', () => {
    const count = fc.nat(1_000_000)
    fc.assert(
      fc.property(count, count, count, decimalText, (...drawn) => {
        const [plain, cached, written, price] = drawn
        const whole = plain + cached + written
        const usage: TokenUsage = {
          inputTokens: whole,
          outputTokens: 0,
          cachedInputTokens: cached,
          cacheWriteTokens: written,
        }
        const split = costOfUsage(usage, { input: price, cachedInput: price, cacheWrite: price })
        expect(split).toBe(costOfUsage({ inputTokens: whole, outputTokens: 0 }, { input: price }))
      }),
    )
  })

  it('is exact: within half a nano-dollar of rational arithmetic', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), decimalText, decimalText, (...drawn) => {
        const [inputTokens, outputTokens, input, output] = drawn
        const cost = costOfUsage({ inputTokens, outputTokens }, { input, output })
        const scale = 10n ** 15n
        const scaled = (price: string): bigint => BigInt(new Big(price).times('1e15').toFixed())
        const exact =
          BigInt(inputTokens) * scaled(input) * 1_000n +
          BigInt(outputTokens) * scaled(output) * 1_000n
        const off = exact - BigInt(cost ?? -1) * scale
        expect(2n * (off < 0n ? -off : off) <= scale).toBe(true)
      }),
    )
  })
})
