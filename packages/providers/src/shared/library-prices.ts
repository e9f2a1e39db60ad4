import type { ModelPricing, PriceSet, PriceTier } from '@imrs/core'
import { calcPrice } from '@pydantic/genai-prices'
import type { ModelPrice } from '@pydantic/genai-prices'
import Big from 'big.js'

/** Where the prices come from. */
const PRICE_SOURCE = 'genai-prices'

/** Our names of what the price list calls otherwise. Only text prices: usage is not told by kind. */
const PRICE_KEYS = [
  ['input', 'input_mtok'],
  ['output', 'output_mtok'],
  ['cachedInput', 'cache_read_mtok'],
  ['cacheWrite', 'cache_write_mtok'],
] as const

export interface LibraryQuery {
  /** The library's name of the provider: `google`, `openai`, `mistral`. */
  readonly libraryId: string
  readonly externalId: string
  readonly nowMs: number
}

/**
 * Prices for a list that has none, from the price library that is installed with this package: no
 * request is made. A model or a price that it does not know is left out.
 */
export function libraryPricing({ libraryId, externalId, nowMs }: LibraryQuery): ModelPricing {
  const known = calcPrice({ input_tokens: 0, output_tokens: 0 }, externalId, {
    providerId: libraryId,
    timestamp: new Date(nowMs),
  })
  return known === null ? {} : toPricing(known.model_price)
}

/** Prices per 1,000,000 tokens, which is how the list has them, as decimal text. */
function toPricing(prices: ModelPrice): ModelPricing {
  const base: Record<string, string> = {}
  const tiers = new Map<number, Record<string, string>>()
  for (const [name, key] of PRICE_KEYS) {
    const price = prices[key]
    if (price === undefined) continue
    base[name] = decimal(typeof price === 'number' ? price : price.base)
    for (const tier of typeof price === 'number' ? [] : price.tiers) {
      tiers.set(tier.start, { ...tiers.get(tier.start), [name]: decimal(tier.price) })
    }
  }
  if (Object.keys(base).length === 0) return {}
  const set: PriceSet = base
  return {
    ...set,
    ...(tiers.size === 0 ? {} : { tiers: toTiers(tiers) }),
    source: PRICE_SOURCE,
  }
}

function toTiers(tiers: ReadonlyMap<number, PriceSet>): readonly PriceTier[] {
  return [...tiers]
    .map(([abovePromptTokens, prices]) => ({ ...prices, abovePromptTokens }))
    .toSorted((left, right) => left.abovePromptTokens - right.abovePromptTokens)
}

/** Never in the form `1e-7`. */
function decimal(price: number): string {
  return new Big(price).toFixed()
}
