import { asList, asObject } from '@imrs/core'
import type { ModelPricing, PriceSet, PriceTier } from '@imrs/core'
import { calcPrice } from '@pydantic/genai-prices'
import type { ModelInfo, ModelPrice } from '@pydantic/genai-prices'

import { asCount, asNumber } from './foreign-json.ts'
import { priceText, toPricing } from './prices.ts'

/** Whose price list of the package holds. */
export type PricedProvider = 'anthropic' | 'deepseek' | 'google' | 'groq' | 'mistral' | 'openai'

export interface KnownPrice {
  readonly pricing: ModelPricing
  readonly contextLength: number | undefined
}

export interface PriceQuery {
  readonly provider: PricedProvider
  readonly externalId: string
  readonly nowMs: number
}

type PriceField = keyof PriceSet

const FIELDS: readonly (readonly [field: PriceField, key: string])[] = [
  ['input', 'input_mtok'],
  ['output', 'output_mtok'],
  ['cachedInput', 'cache_read_mtok'],
  ['cacheWrite', 'cache_write_mtok'],
]

/** The same for lists that say everything but the price; `{}` when it is not known. */
export function libraryPricing(query: PriceQuery): ModelPricing {
  return findKnownPrice(query)?.pricing ?? {}
}

/** The published price of a model, from data inside the package: nothing is asked anywhere. */
export function findKnownPrice(query: PriceQuery): KnownPrice | undefined {
  const model = findModel(query)
  if (model === undefined) return undefined
  const prices = pricesAt(model, query.nowMs)
  const pricing = toPricing(baseOf(prices), tiersOf(prices), 'genai-prices')
  return { pricing, contextLength: asCount(model.context_window) }
}

function findModel({ provider, externalId, nowMs }: PriceQuery): ModelInfo | undefined {
  try {
    const options = { providerId: provider, timestamp: new Date(nowMs) }
    return calcPrice({}, externalId, options)?.model
  } catch {
    // No price is better than no model.
    return undefined
  }
}

/** The prices that hold at a time. Those of an hour of the day are left out: they do not last. */
function pricesAt({ prices }: ModelInfo, nowMs: number): ModelPrice {
  if (!Array.isArray(prices)) return prices
  const current = prices.findLast(({ constraint }) => {
    if (constraint === undefined) return true
    return constraint.type === 'start_date' && Date.parse(constraint.start_date) <= nowMs
  })
  return current?.prices ?? {}
}

function baseOf(prices: ModelPrice): PriceSet {
  return Object.fromEntries(
    FIELDS.map(([field, key]) => [
      field,
      priceText(asObject(prices[key])?.['base'] ?? prices[key]),
    ]),
  )
}

/** The package keeps tiers for each price; here they are kept for each threshold. */
function tiersOf(prices: ModelPrice): readonly PriceTier[] {
  const tiers = new Map<number, Partial<Record<PriceField, string>>>()
  for (const [field, key] of FIELDS) {
    for (const tier of asList(asObject(prices[key])?.['tiers']) ?? []) {
      const start = asNumber(asObject(tier)?.['start'])
      const price = priceText(asObject(tier)?.['price'])
      if (start === undefined || price === undefined) continue
      tiers.set(start, { ...tiers.get(start), [field]: price })
    }
  }
  return [...tiers].map(([abovePromptTokens, tier]) => ({ abovePromptTokens, ...tier }))
}
