import { CAPABILITIES, COST_TIERS, MODEL_TYPES } from '@imrs/core'
import type { Capability, CostTier, ModelQuery, ModelType } from '@imrs/core'
import { z } from 'zod'

import { definedOnly } from '../../wire/defined-only.ts'
import { flag, wholeNumber } from '../../wire/values.ts'

const SORTS = {
  id: 'id',
  display_name: 'displayName',
  priority: 'priority',
  pricing_input: 'inputPrice',
  ctx_length: 'contextLength',
  released_at: 'releasedAt',
} as const

type SortName = keyof typeof SORTS
const SORT_NAMES = Object.keys(SORTS) as [SortName, ...SortName[]]

/** Which models; each narrows. */
export interface ModelFilterWire {
  readonly provider?: string | undefined
  readonly cost_tier?: CostTier | undefined
  readonly capability?: Capability | undefined
  readonly model_type?: ModelType | undefined
  readonly search?: string | undefined
}

const filterShape = {
  provider: z.string().min(1).max(50).optional(),
  cost_tier: z.enum(COST_TIERS).optional(),
  capability: z.enum(CAPABILITIES).optional(),
  model_type: z.enum(MODEL_TYPES).optional(),
  search: z.string().min(1).max(255).optional(),
}

export const modelFilterSchema: z.ZodType<ModelFilterWire> = z.strictObject(filterShape)

/** The query of the catalogue's list. */
export interface ModelListQuery extends ModelFilterWire {
  readonly is_available?: boolean | undefined
  readonly sort: SortName
  readonly direction: 'asc' | 'desc'
  readonly page: number
  readonly per_page: number
  readonly cursor?: string | undefined
}

export const modelListSchema: z.ZodType<ModelListQuery> = z.strictObject({
  ...filterShape,
  is_available: flag.optional(),
  sort: z.enum(SORT_NAMES).default('id'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  page: wholeNumber(1, 10_000).prefault('1'),
  per_page: wholeNumber(1, 200).prefault('20'),
  cursor: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe('The `next_cursor` of the page before, for what lies past the first 10,000.'),
})

/** The filter as the router reads it, without what was left out. */
export function toModelFilter(
  filter: ModelFilterWire,
): Pick<ModelQuery, 'providerId' | 'costTier' | 'capability' | 'modelType' | 'search'> {
  return definedOnly({
    providerId: filter.provider,
    costTier: filter.cost_tier,
    capability: filter.capability,
    modelType: filter.model_type,
    search: filter.search,
  })
}

/** A stored filter as it travels. */
export function fromModelFilter(
  filter: Pick<ModelQuery, 'providerId' | 'costTier' | 'capability' | 'modelType' | 'search'>,
): ModelFilterWire {
  return definedOnly({
    provider: filter.providerId,
    cost_tier: filter.costTier,
    capability: filter.capability,
    model_type: filter.modelType,
    search: filter.search,
  })
}

export function toModelQuery(query: ModelListQuery): ModelQuery {
  const place =
    query.cursor === undefined
      ? { page: query.page, perPage: query.per_page }
      : { cursor: query.cursor, limit: query.per_page }
  return {
    ...toModelFilter(query),
    isAvailable: query.is_available,
    sort: SORTS[query.sort],
    direction: query.direction,
    ...place,
  }
}
