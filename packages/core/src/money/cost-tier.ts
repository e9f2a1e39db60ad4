import Big from 'big.js'

import type { CostTier, DecimalText, ModelPricing, PriceSet } from '../domain/pricing.ts'

/** Upper bounds of the tiers, dollars per 1,000,000 tokens of the blended price (3 prompt : 1 answer). */
export interface CostTierBounds {
  /** Default: `'1'`. */
  readonly low: DecimalText
  /** Default: `'10'`. */
  readonly standard: DecimalText
}

export const DEFAULT_COST_TIER_BOUNDS: CostTierBounds = Object.freeze({ low: '1', standard: '10' })

/**
 * One price to compare models by: three prompt tokens to one answer token, dollars per 1,000,000.
 * `undefined` when either price is unknown.
 */
export function blendedPrice(pricing: ModelPricing): number | undefined {
  return blended(pricing)?.toNumber()
}

/**
 * `free` only when every known price, those of the tiers included, is zero; `undefined` when the price
 * of the prompt or of the answer is unknown.
 */
export function costTierOf(
  pricing: ModelPricing,
  bounds: CostTierBounds = DEFAULT_COST_TIER_BOUNDS,
): CostTier | undefined {
  const price = blended(pricing)
  if (price === undefined) return undefined
  if (price.eq(0)) return [pricing, ...(pricing.tiers ?? [])].every(isFree) ? 'free' : 'low'
  if (price.lte(bounds.low)) return 'low'
  return price.lte(bounds.standard) ? 'standard' : 'premium'
}

function isFree(prices: PriceSet): boolean {
  const { input, output, cachedInput, cacheWrite, reasoning, request } = prices
  return [input, output, cachedInput, cacheWrite, reasoning, request].every(
    (price) => price === undefined || new Big(price).eq(0),
  )
}

function blended(pricing: ModelPricing): Big | undefined {
  if (pricing.input === undefined || pricing.output === undefined) return undefined
  return new Big(pricing.input).times(3).plus(pricing.output).times('0.25')
}
