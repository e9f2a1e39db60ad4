import type { Model } from './model.ts'

/**
 * What lists of models are sorted by. `inputPrice` is the price of 1,000,000 prompt tokens as a
 * number; `displayName` goes by code point.
 */
export const MODEL_SORTS = [
  'id',
  'displayName',
  'priority',
  'inputPrice',
  'contextLength',
  'releasedAt',
] as const

export type ModelSort = (typeof MODEL_SORTS)[number]
export type SortDirection = 'asc' | 'desc'

/** What a model is sorted by; `undefined` is unknown and comes last, whatever the direction. */
export type ModelSortValue = string | number | undefined

export function sortValueOf(model: Model, sort: ModelSort): ModelSortValue {
  const { id, displayName, priority, contextLength, releasedAtMs } = model
  if (sort === 'inputPrice') {
    return model.pricing.input === undefined ? undefined : Number(model.pricing.input)
  }
  return { id, displayName, priority, contextLength, releasedAt: releasedAtMs }[sort]
}
