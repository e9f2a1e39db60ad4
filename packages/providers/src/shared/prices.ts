import type { DecimalText, ModelPricing, PriceSet, PriceTier } from '@imrs/core'
import { perMillionFromPerToken } from '@imrs/core'
import Big from 'big.js'

/** Nothing costs more: such a number is a mistake, and no price. */
const MAX_PRICE = 1_000_000_000
const MAX_LENGTH = 64
const DECIMAL = /^\d+(?:\.\d+)?(?:e[+-]?\d{1,2})?$/iu

/** Decimal digits that every double keeps; those behind them are noise of the binary form. */
const EXACT_DIGITS = 15

/**
 * A price as someone wrote it, as decimal text: of text every digit, of a number its decimal digits
 * without binary noise. Anything else, a negative number included, is unknown.
 */
export function priceText(value: unknown): DecimalText | undefined {
  const text = typeof value === 'number' ? numberText(value) : value
  if (typeof text !== 'string' || text.length > MAX_LENGTH || !DECIMAL.test(text)) return undefined
  const price = new Big(text)
  return price.gt(MAX_PRICE) ? undefined : price.toFixed()
}

/** A price of one token, as the price of 1,000,000. */
export function perTokenPrice(value: unknown): DecimalText | undefined {
  const price = priceText(value)
  return price === undefined ? undefined : perMillionFromPerToken(price)
}

/** What is known of the prices; those that are `undefined` are left out. */
export function knownPrices(prices: PriceSet): PriceSet {
  return Object.fromEntries(Object.entries(prices).filter(([, price]) => price !== undefined))
}

/** Prices with their tiers and source; of no prices at all there is no source. */
export function toPricing(
  prices: PriceSet,
  tiers: readonly PriceTier[],
  source: string,
): ModelPricing {
  const known = knownPrices(prices)
  if (Object.keys(known).length === 0) return {}
  const sorted = sortedTiers(tiers)
  return { ...known, ...(sorted.length === 0 ? {} : { tiers: sorted }), source }
}

/** Ascending, one for each threshold: the first. A tier without a price says nothing. */
function sortedTiers(tiers: readonly PriceTier[]): readonly PriceTier[] {
  const byThreshold = new Map<number, PriceTier>()
  for (const { abovePromptTokens, ...prices } of tiers) {
    const known = knownPrices(prices)
    if (Object.keys(known).length === 0 || byThreshold.has(abovePromptTokens)) continue
    byThreshold.set(abovePromptTokens, { abovePromptTokens, ...known })
  }
  return [...byThreshold.values()].toSorted((a, b) => a.abovePromptTokens - b.abovePromptTokens)
}

function numberText(value: number): string | undefined {
  return Number.isFinite(value) ? value.toPrecision(EXACT_DIGITS) : undefined
}
