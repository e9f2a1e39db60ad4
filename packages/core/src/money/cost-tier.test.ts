import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { COST_TIERS } from '../domain/pricing.ts'
import type { ModelPricing } from '../domain/pricing.ts'
import { blendedPrice, costTierOf } from './cost-tier.ts'

describe('the blended price', () => {
  it('is three parts prompt and one part answer', () => {
    expect(blendedPrice({ input: '1', output: '5' })).toBe(2)
    expect(blendedPrice({ input: '0.1', output: '0.3' })).toBe(0.15)
  })

  it.each<ModelPricing>([{}, { input: '1' }, { output: '1' }, { request: '1' }])(
    'of %j is unknown',
    (pricing) => {
      expect(blendedPrice(pricing)).toBeUndefined()
      expect(costTierOf(pricing)).toBeUndefined()
    },
  )
})

describe('the cost tier', () => {
  it.each<[ModelPricing, string]>([
    [{ input: '0', output: '0' }, 'free'],
    [{ input: '0.00', output: '0', cachedInput: '0', request: '0' }, 'free'],
    [{ input: '0', output: '0', request: '0.01' }, 'low'],
    [{ input: '0', output: '0', reasoning: '2' }, 'low'],
    [{ input: '0', output: '0', cacheWrite: '2' }, 'low'],
    [{ input: '0', output: '0', tiers: [{ abovePromptTokens: 9, input: '1' }] }, 'low'],
    [{ input: '0', output: '0', tiers: [{ abovePromptTokens: 9, input: '0' }] }, 'free'],
    [{ input: '0', output: '0.000001' }, 'low'],
    [{ input: '1', output: '1' }, 'low'],
    [{ input: '1', output: '1.0001' }, 'standard'],
    [{ input: '10', output: '10' }, 'standard'],
    [{ input: '10', output: '10.0001' }, 'premium'],
  ])('of %j is %s', (pricing, tier) => {
    expect(costTierOf(pricing)).toBe(tier)
  })

  it('takes other bounds', () => {
    const bounds = { low: '0.5', standard: '2' }
    expect(costTierOf({ input: '1', output: '1' }, bounds)).toBe('standard')
    expect(costTierOf({ input: '3', output: '3' }, bounds)).toBe('premium')
  })

  it('never falls when a price rises', () => {
    const cents = fc.integer({ min: 0, max: 5_000 })
    fc.assert(
      fc.property(cents, cents, cents, (input, output, more) => {
        const tier = (answer: number) =>
          costTierOf({ input: String(input / 100), output: String(answer / 100) }) ?? 'free'
        expect(COST_TIERS.indexOf(tier(output + more))).toBeGreaterThanOrEqual(
          COST_TIERS.indexOf(tier(output)),
        )
      }),
    )
  })
})
