import { searchTerms } from '@imrs/core'
import type { ModelFilter, ModelListRange, ModelPlace, ModelSort } from '@imrs/core'
import { sql } from 'kysely'
import type { Expression, SelectQueryBuilder, SqlBool } from 'kysely'

import { toTime } from '../rows/columns.ts'
import type { ModelRow } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'
import { fitsFilter, providersOf } from './model-filter.ts'
import type { BeginAt } from './model-filter.ts'

interface SortColumn {
  readonly column: keyof ModelRow
  readonly isNullable: boolean
}

export const SORT_COLUMNS: Readonly<Record<ModelSort, SortColumn>> = {
  id: { column: 'id', isNullable: false },
  displayName: { column: 'display_name', isNullable: false },
  priority: { column: 'priority', isNullable: false },
  inputPrice: { column: 'pricing_input_number', isNullable: true },
  contextLength: { column: 'ctx_length', isNullable: true },
  releasedAt: { column: 'released_at', isNullable: true },
}

export interface IdRange extends Pick<
  ModelListRange,
  'sort' | 'direction' | 'count' | 'offset' | 'after'
> {
  /** Rows whose value is known, or those whose is not. */
  readonly part: 'known' | 'unknown'
}

interface Place {
  id: string
  value: unknown
}

/** Ids with the value they are sorted by. */
export type IdQuery = SelectQueryBuilder<{ places: Place }, 'places', Place>

/** More parts than this are slower than reading on past what does not fit. */
const MAX_PARTS = 100

/**
 * The ids of a page, in order. Of several providers so many of each, merged: in no order of the whole
 * catalogue need the models of these few be near.
 */
export function orderedIds(work: StoreWork, filter: ModelFilter, range: IdRange): IdQuery {
  const providers = providersOf(filter) ?? []
  const isSearch = searchTerms(filter.search ?? '').length > 0
  if (providers.length < 2 || providers.length > MAX_PARTS || isSearch) {
    return idsOf(work, filter, range)
  }
  const { count, offset, direction } = range
  const [first, ...others] = providers.map((providerId, index) =>
    wrapped(
      work,
      idsOf(
        work,
        { ...filter, providerIds: undefined, providerId },
        { ...range, count: count + offset, offset: 0 },
      ),
      `part_${index}`,
    ),
  )
  if (first === undefined) return idsOf(work, filter, range)
  const all = others.reduce((union, part) => union.unionAll(part), first)
  return wrapped(work, all, 'places')
    .orderBy('value', direction)
    .orderBy('id', direction)
    .limit(count)
    .offset(offset)
}

/** `select id, value from (…)`: what has an order and a limit of its own can then be part of a union. */
function wrapped({ database }: StoreWork, query: IdQuery, name: string): IdQuery {
  const places = database.selectFrom(query.as(name)).select(['id', 'value'])
  // Whatever the name, the rows are places.
  return places as unknown as IdQuery
}

function idsOf({ database, traits }: StoreWork, filter: ModelFilter, range: IdRange): IdQuery {
  const { sort, direction, after, count, offset, part } = range
  const { column, isNullable } = SORT_COLUMNS[sort]
  let query = database
    .selectFrom('llm_model_catalog')
    .select(['id', sql.ref(column).as('value')])
    .where(fitsFilter(filter, traits, beginOf(filter, sort)))
  if (isNullable) query = query.where(column, part === 'known' ? 'is not' : 'is', null)
  if (after !== undefined) query = query.where(isAfter(after, part, column))
  if (column !== 'id') query = query.orderBy(column, direction)
  return query.orderBy('id', direction).limit(count).offset(offset) as unknown as IdQuery
}

/** What few rows of the order are left out by is checked as they are read; what leaves out many is begun at. */
function beginOf(filter: ModelFilter, sort: ModelSort): BeginAt {
  if (searchTerms(filter.search ?? '').length > 0) return []
  const isOfProvider = providersOf(filter) !== undefined
  return !isOfProvider && sort === 'inputPrice' ? ['cost_tier'] : ['provider_id']
}

function isAfter(
  { sort, direction, value, id }: ModelPlace,
  part: IdRange['part'],
  column: string,
): Expression<SqlBool> {
  const operator = sql.raw(direction === 'asc' ? '>' : '<')
  if (sort === 'id' || part === 'unknown') return sql<SqlBool>`${sql.ref('id')} ${operator} ${id}`
  const stored = sort === 'releasedAt' ? toTime(Number(value)) : value
  const place = sql`(${sql.ref(column)}, ${sql.ref('id')})`
  return sql<SqlBool>`${place} ${operator} (${stored}, ${id})`
}
