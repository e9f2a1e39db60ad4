import { COUNTED_MODELS, resolveModelRange, sortValueOf, toModelCursor } from '@imrs/core'
import type { FirstListReading, Model, ModelFilter, ModelListPage, ModelQuery } from '@imrs/core'
import { sql } from 'kysely'

import { fromTime } from '../rows/columns.ts'
import { fromModelRow } from '../rows/model-row.ts'
import type { StoreWork } from '../session/store-session.ts'
import { fitsFilter } from './model-filter.ts'
import { sortedRows } from './model-order.ts'
import { ROUTABLE_COLUMNS } from './routable-columns.ts'

export async function listModels(work: StoreWork, query: ModelQuery): Promise<ModelListPage> {
  const range = resolveModelRange(query)
  // One more than the page says whether another follows.
  const rows = await sortedRows(work, query, { ...range, count: range.count + 1 })
  const items = rows.slice(0, range.count).map(fromModelRow)
  const last = items.at(-1)
  const { sort, direction } = range
  return {
    items,
    ...(rows.length > range.count && last !== undefined
      ? {
          nextCursor: toModelCursor({
            sort,
            direction,
            value: sortValueOf(last, sort),
            id: last.id,
          }),
        }
      : {}),
    ...(range.wantsTotal ? await totalOf(work, query) : {}),
  }
}

async function totalOf(
  work: StoreWork,
  filter: ModelFilter,
): Promise<Pick<ModelListPage, 'total' | 'totalIsEstimate'>> {
  const { total } = await work.database
    .selectFrom(
      work.database
        .selectFrom('llm_model_catalog')
        .select(sql`1`.as('one'))
        .where(fitsFilter(filter, work.traits, 'any'))
        .limit(COUNTED_MODELS + 1)
        .as('counted'),
    )
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { total: Math.min(total, COUNTED_MODELS), totalIsEstimate: total > COUNTED_MODELS }
}

export async function countModels(work: StoreWork, filter: ModelFilter): Promise<number> {
  const row = await work.database
    .selectFrom('llm_model_catalog')
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .where(fitsFilter(filter, work.traits, 'any'))
    .executeTakeFirstOrThrow()
  return row.total
}

/** The oldest row of each provider that a list brought. */
export async function listFirstReadings({
  database,
}: StoreWork): Promise<readonly FirstListReading[]> {
  const rows = await database
    .selectFrom('llm_model_catalog')
    .select((expression) => ['provider_id', expression.fn.min('created_at').as('created_at')])
    .where('origin', '=', 'sync')
    .groupBy('provider_id')
    .orderBy('provider_id')
    .execute()
  return rows.map((row) => ({ providerId: row.provider_id, atMs: fromTime(row.created_at) }))
}

/** All chat models, or those of the ids, without the provider's own rows, which may be large. */
export async function listRoutable(
  work: StoreWork,
  modelIds: readonly string[] | undefined,
): Promise<readonly Model[]> {
  let query = work.database
    .selectFrom('llm_model_catalog')
    .select(ROUTABLE_COLUMNS)
    .where('model_type', '=', 'chat')
    .orderBy('id')
  if (modelIds !== undefined) {
    query = query.where('id', 'in', work.traits.textsOf(JSON.stringify(modelIds)))
  }
  const rows = await query.execute()
  return rows.map((row) => fromModelRow({ ...row, metadata: '{}' }))
}
