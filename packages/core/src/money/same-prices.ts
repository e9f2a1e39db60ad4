import Big from 'big.js'

import type { DecimalText, ModelPricing, PriceSet } from '../domain/pricing.ts'

const PRICES = ['input', 'output', 'cachedInput', 'cacheWrite', 'reasoning', 'request'] as const

/** Whether two price lists charge the same: `0.10` is `0.1`, unknown is not zero, the source does not count. */
export function samePrices(left: ModelPricing, right: ModelPricing): boolean {
  const [leftTiers, rightTiers] = [left.tiers ?? [], right.tiers ?? []]
  return (
    sameSet(left, right) &&
    leftTiers.length === rightTiers.length &&
    leftTiers.every((tier, index) => {
      const other = rightTiers[index]
      return other?.abovePromptTokens === tier.abovePromptTokens && sameSet(tier, other)
    })
  )
}

function sameSet(left: PriceSet, right: PriceSet): boolean {
  return PRICES.every((price) => samePrice(left[price], right[price]))
}

function samePrice(left: DecimalText | undefined, right: DecimalText | undefined): boolean {
  if (left === undefined || right === undefined) return left === right
  return left === right || new Big(left).eq(right)
}
