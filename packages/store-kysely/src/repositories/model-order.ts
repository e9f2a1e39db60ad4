import type { ModelListRange, ModelPlace, ModelSort } from '@imrs/core'
import { sql } from 'kysely'
import type { Expression, SelectQueryBuilder, SqlBool } from 'kysely'

import { toTime } from '../rows/columns.ts'
import type { Database, ModelRow } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'
import type { ModelExpression } from './model-filter.ts'

interface SortColumn {
  readonly column: keyof ModelRow
  readonly isNullable: boolean
}

const SORT_COLUMNS: Readonly<Record<ModelSort, SortColumn>> = {
  id: { column: 'id', isNullable: false },
  displayName: { column: 'display_name', isNullable: false },
  priority: { column: 'priority', isNullable: false },
  inputPrice: { column: 'pricing_input_number', isNullable: true },
  contextLength: { column: 'ctx_length', isNullable: true },
  releasedAt: { column: 'released_at', isNullable: true },
}

type Fits = (expression: ModelExpression) => Expression<SqlBool>

/** What {@link ModelListRange} says of the rows to read. */
export type RowRange = Pick<ModelListRange, 'sort' | 'direction' | 'count' | 'offset' | 'after'>

/**
 * Rows in order: those whose value is known, then the others. Two statements where one is not enough,
 * because an index read in either direction has the unknown at one end or the other.
 */
export async function sortedRows(
  work: StoreWork,
  fits: Fits,
  range: RowRange,
): Promise<readonly ModelRow[]> {
  const { column, isNullable } = SORT_COLUMNS[range.sort]
  const { after, count, offset } = range
  if (after !== undefined && after.value === undefined) return unknownRows(work, fits, range)
  let query = ordered(work, fits, range)
  if (isNullable) query = query.where(column, 'is not', null)
  if (after !== undefined) query = query.where(isAfter(after, column))
  const known = await query.limit(count).offset(offset).execute()
  if (!isNullable || known.length === count) return known
  const skipped = known.length > 0 || offset === 0 ? offset : await knownCount(work, fits, range)
  const rest = { ...range, after: undefined, count: count - known.length, offset: offset - skipped }
  return [...known, ...(await unknownRows(work, fits, rest))]
}

function unknownRows(work: StoreWork, fits: Fits, range: RowRange): Promise<readonly ModelRow[]> {
  const { after, direction, count, offset } = range
  let query = ordered(work, fits, range).where(SORT_COLUMNS[range.sort].column, 'is', null)
  if (after !== undefined) query = query.where('id', direction === 'asc' ? '>' : '<', after.id)
  return query.limit(count).offset(offset).execute()
}

/** How many rows before the offset have a known value; fewer than it. */
async function knownCount({ database }: StoreWork, fits: Fits, range: RowRange): Promise<number> {
  const row = await database
    .selectFrom('llm_model_catalog')
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .where(fits)
    .where(SORT_COLUMNS[range.sort].column, 'is not', null)
    .executeTakeFirstOrThrow()
  return row.total
}

function ordered(
  { database }: StoreWork,
  fits: Fits,
  { sort, direction }: RowRange,
): SelectQueryBuilder<Database, 'llm_model_catalog', ModelRow> {
  const { column } = SORT_COLUMNS[sort]
  const query = database.selectFrom('llm_model_catalog').selectAll().where(fits)
  return column === 'id'
    ? query.orderBy('id', direction)
    : query.orderBy(column, direction).orderBy('id', direction)
}

function isAfter({ sort, direction, value, id }: ModelPlace, column: string): Expression<SqlBool> {
  const operator = sql.raw(direction === 'asc' ? '>' : '<')
  if (sort === 'id') return sql<SqlBool>`${sql.ref('id')} ${operator} ${id}`
  const stored = sort === 'releasedAt' ? toTime(Number(value)) : value
  const place = sql`(${sql.ref(column)}, ${sql.ref('id')})`
  return sql<SqlBool>`${place} ${operator} (${stored}, ${id})`
}
