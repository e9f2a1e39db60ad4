import { samePrices } from '../money/same-prices.ts'
import { changedFacts } from './listed-facts.ts'
import type { Model } from './model.ts'
import type { ModelPricing } from './pricing.ts'

/** A model costs something else, digit by digit as the list said it. */
export interface PriceChange {
  readonly modelId: string
  readonly from: ModelPricing
  readonly to: ModelPricing
}

/** A model got an end date or a successor. */
export interface ModelDeprecation {
  readonly modelId: string
  readonly expiresAtMs?: number | undefined
  readonly successorId?: string | undefined
}

/** One thing a sync did to a model. */
export type CatalogChange =
  | { readonly type: 'model-added'; readonly modelId: string }
  | {
      readonly type: 'model-updated'
      readonly modelId: string
      /** The names of the fields that changed, sorted. */
      readonly fields: readonly string[]
    }
  | { readonly type: 'model-removed'; readonly modelId: string }
  | ({ readonly type: 'model-deprecated' } & ModelDeprecation)
  | ({ readonly type: 'price-changed' } & PriceChange)

export const CATALOG_EVENT_TYPES = [
  'model-added',
  'model-updated',
  'model-removed',
  'model-deprecated',
  'price-changed',
] as const
export type CatalogEventType = (typeof CATALOG_EVENT_TYPES)[number]

/** A row of `catalog_events`. */
export type CatalogEvent = CatalogChange & {
  /** Rises in the order in which the changes were made. */
  readonly seq: number
  readonly providerId: string
  readonly atMs: number
}

/**
 * What changed from the stored row, as its provider's list said it last, to the listed one: that it
 * was added, or which fields changed, followed by what these mean. Pure; every store applies it.
 */
export function catalogChanges(stored: Model | undefined, listed: Model): readonly CatalogChange[] {
  const modelId = listed.id
  if (stored === undefined) return [{ type: 'model-added', modelId }]
  const changes: CatalogChange[] = [
    { type: 'model-updated', modelId, fields: changedFacts(stored, listed) },
  ]
  if (isDeprecatedNow(stored, listed)) changes.push(deprecationOf(listed))
  if (!samePrices(stored.pricing, listed.pricing)) {
    changes.push({ type: 'price-changed', modelId, from: stored.pricing, to: listed.pricing })
  }
  return changes
}

function isDeprecatedNow(stored: Model, { expiresAtMs, successorId }: Model): boolean {
  const hasNewEnd = expiresAtMs !== undefined && expiresAtMs !== stored.expiresAtMs
  return hasNewEnd || (successorId !== undefined && successorId !== stored.successorId)
}

function deprecationOf({ id, expiresAtMs, successorId }: Model): CatalogChange {
  return {
    type: 'model-deprecated',
    modelId: id,
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(successorId === undefined ? {} : { successorId }),
  }
}

/** The parts of a sync's result that its changes give. */
export function deprecationsAndPrices(changes: readonly CatalogChange[]): {
  readonly priceChanges: readonly PriceChange[]
  readonly deprecations: readonly ModelDeprecation[]
} {
  const priceChanges: PriceChange[] = []
  const deprecations: ModelDeprecation[] = []
  for (const { type, ...change } of changes) {
    if (type === 'price-changed') priceChanges.push(change as PriceChange)
    if (type === 'model-deprecated') deprecations.push(change)
  }
  return { priceChanges, deprecations }
}
