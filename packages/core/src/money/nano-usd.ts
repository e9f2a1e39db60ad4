import Big from 'big.js'

import type { TokenUsage } from '../chat/token-usage.ts'
import type { DecimalText, ModelPricing, PriceSet } from '../domain/pricing.ts'

/** An amount of money: an integer count of 1e-9 US dollars. Safe up to nine million dollars. */
export type NanoUsd = number

const HALF_EVEN = 2
const TOKENS_PER_PRICE = 1_000_000

/** The price of one token, as text, to the price of 1,000,000 tokens: exact, `'0.00000015'` → `'0.15'`. */
export function perMillionFromPerToken(perToken: DecimalText): DecimalText {
  return new Big(perToken).times(TOKENS_PER_PRICE).toFixed()
}

/** The price of 1,000,000 tokens to the price of one, as the number a wire form carries. */
export function perTokenFromPerMillion(perMillion: DecimalText): number {
  return new Big(perMillion).times('0.000001').toNumber()
}

/** Dollars as decimal text or a number to nano-dollars, rounded half-even. */
export function toNanoUsd(usd: DecimalText | number): NanoUsd {
  return new Big(usd).times(1_000_000_000).round(0, HALF_EVEN).toNumber()
}

export function fromNanoUsd(nanoUsd: NanoUsd): number {
  // Both are whole numbers, so the quotient is the number nearest to the exact amount.
  return nanoUsd / 1_000_000_000
}

/**
 * What a call cost, rounded half-even once, at the end.
 *
 * `undefined` when a price that is needed is unknown: a call whose cost is not known is never free.
 * Tokens read from a cache are part of `inputTokens` and are charged once.
 */
export function costOfUsage(usage: TokenUsage, pricing: ModelPricing): NanoUsd | undefined {
  const prices = pricesFor(usage.inputTokens, pricing)
  const cached = usage.cachedInputTokens ?? 0
  const written = usage.cacheWriteTokens ?? 0
  const reasoning = usage.reasoningTokens ?? 0
  const charges: readonly (readonly [number, DecimalText | undefined])[] = [
    [Math.max(0, usage.inputTokens - cached - written), prices.input],
    [cached, prices.cachedInput ?? prices.input],
    [written, prices.cacheWrite ?? prices.input],
    [Math.max(0, usage.outputTokens - reasoning), prices.output],
    [reasoning, prices.reasoning ?? prices.output],
  ]
  let total = new Big(prices.request ?? 0).times(TOKENS_PER_PRICE)
  for (const [tokens, price] of charges) {
    if (tokens === 0) continue
    if (price === undefined) return undefined
    total = total.plus(new Big(price).times(tokens))
  }
  // Σ tokens × dollars per 1,000,000 tokens × 1e9 / 1e6
  return total.times(1000).round(0, HALF_EVEN).toNumber()
}

/** The prices that hold for a prompt of that many tokens. */
export function pricesFor(promptTokens: number, pricing: ModelPricing): PriceSet {
  const { tiers: _tiers, source: _source, ...base } = pricing
  let prices: PriceSet = base
  for (const tier of pricing.tiers ?? []) {
    if (promptTokens > tier.abovePromptTokens) prices = { ...prices, ...knownOf(tier) }
  }
  return prices
}

/** What is written out as `undefined` is left out, too: it must not cover a price that is known. */
function knownOf(prices: PriceSet): PriceSet {
  return Object.fromEntries(Object.entries(prices).filter(([, price]) => price !== undefined))
}
