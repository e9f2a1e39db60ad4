import type { ModelFilter, ModelListRange } from '@imrs/core'

import type { ModelRow } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'
import { fitsFilter } from './model-filter.ts'
import { SORT_COLUMNS, orderedIds } from './ordered-ids.ts'
import type { IdRange } from './ordered-ids.ts'

/** What {@link ModelListRange} says of the rows to read. */
export type RowRange = Pick<ModelListRange, 'sort' | 'direction' | 'count' | 'offset' | 'after'>

/**
 * Rows in order: those whose value is known, then the others. Two statements where one is not enough,
 * because an index read in either direction has the unknown at one end or the other.
 */
export async function sortedRows(
  work: StoreWork,
  filter: ModelFilter,
  range: RowRange,
): Promise<readonly ModelRow[]> {
  const { after, count, offset } = range
  if (after !== undefined && after.value === undefined) {
    return rowsOf(work, filter, { ...range, part: 'unknown' })
  }
  const known = await rowsOf(work, filter, { ...range, part: 'known' })
  if (!SORT_COLUMNS[range.sort].isNullable || known.length === count) return known
  const skipped = known.length > 0 || offset === 0 ? offset : await knownCount(work, filter, range)
  const rest = { ...range, after: undefined, count: count - known.length, offset: offset - skipped }
  return [...known, ...(await rowsOf(work, filter, { ...rest, part: 'unknown' }))]
}

/** The rows of a part of the order: found by an index that has all that is asked of them, and then read. */
function rowsOf(
  work: StoreWork,
  filter: ModelFilter,
  range: IdRange,
): Promise<readonly ModelRow[]> {
  const { database } = work
  const page = orderedIds(work, filter, range)
  const { column } = SORT_COLUMNS[range.sort]
  return database
    .selectFrom('llm_model_catalog')
    .selectAll()
    .where('id', 'in', database.selectFrom(page.as('page')).select('page.id'))
    .orderBy(column, range.direction)
    .orderBy('id', range.direction)
    .execute()
}

/** How many rows before the offset have a known value; fewer than it. */
async function knownCount(
  { database, traits }: StoreWork,
  filter: ModelFilter,
  range: RowRange,
): Promise<number> {
  const row = await database
    .selectFrom('llm_model_catalog')
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .where(fitsFilter(filter, traits, 'any'))
    .where(SORT_COLUMNS[range.sort].column, 'is not', null)
    .executeTakeFirstOrThrow()
  return row.total
}
