import { ImrsError } from '../errors/imrs-error.ts'
import type { Capability } from './capability.ts'
import { fromModelCursor } from './model-cursor.ts'
import type { ModelPlace } from './model-cursor.ts'
import { fitsSearch } from './model-search.ts'
import { MODEL_SORTS } from './model-sort.ts'
import type { ModelSort, SortDirection } from './model-sort.ts'
import type { Model, ModelType } from './model.ts'
import type { CostTier } from './pricing.ts'

/** Every field narrows. */
export interface ModelFilter {
  readonly providerId?: string | undefined
  /** Any of these. An empty list fits no model. */
  readonly providerIds?: readonly string[] | undefined
  readonly modelType?: ModelType | undefined
  readonly costTier?: CostTier | undefined
  readonly capability?: Capability | undefined
  readonly isAvailable?: boolean | undefined
  /** Words that begin words of the id or the display name ({@link fitsSearch}). */
  readonly search?: string | undefined
}

/** Whether a model is one of those a filter is about. Pure; what every store answers. */
export function fitsModelFilter(model: Model, filter: ModelFilter): boolean {
  const { providerIds, capability, search } = filter
  const fields = ['providerId', 'modelType', 'costTier', 'isAvailable'] as const
  return (
    fields.every((field) => filter[field] === undefined || filter[field] === model[field]) &&
    (providerIds === undefined || providerIds.includes(model.providerId)) &&
    (capability === undefined || model.capabilities.includes(capability)) &&
    (search === undefined || fitsSearch(model, search))
  )
}

/**
 * Which models to list, in which order, and which part of the list.
 *
 * Fast at any size, first page and any later one by cursor: every {@link sort} in both directions,
 * with no filter; with `providerId` and any others; or with any others that at least one model in a
 * thousand fits. A `search` takes the longer the more models its most common word begins a word of, and
 * the same in every order. Measured in `docs/catalog-queries.md`.
 */
export interface ModelQuery extends ModelFilter {
  /** Default: `id`. */
  readonly sort?: ModelSort | undefined
  /** Models of one value go by id in the same direction; an unknown value is last in both. Default: `asc`. */
  readonly direction?: SortDirection | undefined
  /** Models a page, by cursor: 1 to 200. Default: 50. */
  readonly limit?: number | undefined
  /** The `nextCursor` of the page before, of the same filter and order. Not with {@link page}. */
  readonly cursor?: string | undefined
  /** The number of the page, from 1; only within the first 10,000 models, cursors go further. */
  readonly page?: number | undefined
  /** Models a page, by number: 1 to 200. Default: {@link limit}. */
  readonly perPage?: number | undefined
}

export interface ModelListPage {
  readonly items: readonly Model[]
  /** Absent on the last page. */
  readonly nextCursor?: string | undefined
  /** How many models fit, when a page was asked for by number. Exact up to 10,000, and never more. */
  readonly total?: number | undefined
  /** `true` when more than {@link total} fit. */
  readonly totalIsEstimate?: boolean | undefined
}

/** What {@link ModelQuery} asks for, complete and checked. */
export interface ModelListRange {
  readonly sort: ModelSort
  readonly direction: SortDirection
  readonly count: number
  readonly offset: number
  /** The place after which it begins. */
  readonly after: ModelPlace | undefined
  readonly wantsTotal: boolean
}

/** How far totals are counted and pages numbered. */
export const COUNTED_MODELS = 10_000

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200

/** @throws ImrsError `invalid-request` naming the field that is wrong. */
export function resolveModelRange(query: ModelQuery): ModelListRange {
  const { sort = 'id', direction = 'asc', limit = DEFAULT_LIMIT, cursor } = query
  if (!MODEL_SORTS.includes(sort)) {
    throw invalid('sort', `one of ${MODEL_SORTS.join(', ')}, got ${String(sort)}`)
  }
  assertBetween('limit', limit, MAX_LIMIT)
  if (query.page === undefined) {
    const after = cursor === undefined ? undefined : fromModelCursor(cursor, { sort, direction })
    return { sort, direction, count: limit, offset: 0, after, wantsTotal: false }
  }
  const count = query.perPage ?? limit
  assertBetween('perPage', count, MAX_LIMIT)
  if (cursor !== undefined) throw invalid('cursor', 'left out when `page` is given')
  assertBetween('page', query.page, Math.ceil(COUNTED_MODELS / count))
  const offset = (query.page - 1) * count
  return { sort, direction, count, offset, after: undefined, wantsTotal: true }
}

function assertBetween(field: string, value: number, highest: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= highest) return
  throw invalid(field, `1 to ${highest}, got ${value}`)
}

function invalid(field: string, rule: string): ImrsError {
  return new ImrsError('invalid-request', `\`${field}\` must be ${rule}`, { field })
}
