import { toCapabilityMask } from '@imrs/core'
import type { Model, ModelFilter, ModelListPage, ModelQuery } from '@imrs/core'
import { sql } from 'kysely'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'

import { toBoolean } from '../rows/columns.ts'
import { fromModelRow } from '../rows/model-row.ts'
import type { Database } from '../schema/database.ts'
import { assertCount } from '../session/assert-count.ts'
import type { StoreWork } from '../session/store-session.ts'
import { fromCursor, toCursor } from './model-cursor.ts'
import { ROUTABLE_COLUMNS } from './routable-columns.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200

type ModelExpression = ExpressionBuilder<Database, 'llm_model_catalog'>

export async function listModels(work: StoreWork, query: ModelQuery): Promise<ModelListPage> {
  const limit = query.limit ?? DEFAULT_LIMIT
  assertCount('limit', limit, MAX_LIMIT)
  const rows = await work.database
    .selectFrom('llm_model_catalog')
    .selectAll()
    .where((expression) => matches(expression, query))
    .where('id', '>', query.cursor === undefined ? '' : fromCursor(query.cursor))
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(fromModelRow)
  const last = items.at(-1)
  if (rows.length <= limit || last === undefined) return { items }
  return { items, nextCursor: toCursor(last.id) }
}

export async function countModels(work: StoreWork, filter: ModelFilter): Promise<number> {
  const row = await work.database
    .selectFrom('llm_model_catalog')
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .where((expression) => matches(expression, filter))
    .executeTakeFirstOrThrow()
  return row.total
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

function matches(expression: ModelExpression, filter: ModelFilter): Expression<SqlBool> {
  const { providerId, modelType, costTier, capability, isAvailable } = filter
  const conditions: Expression<SqlBool>[] = []
  if (providerId !== undefined) conditions.push(expression('provider_id', '=', providerId))
  if (modelType !== undefined) conditions.push(expression('model_type', '=', modelType))
  if (costTier !== undefined) conditions.push(expression('cost_tier', '=', costTier))
  if (isAvailable !== undefined) {
    conditions.push(expression('is_available', '=', toBoolean(isAvailable)))
  }
  if (capability !== undefined) {
    const bit = sql.lit(toCapabilityMask([capability]))
    conditions.push(sql<SqlBool>`(${sql.ref('capability_mask')} & ${bit}) <> 0`)
  }
  return expression.and(conditions)
}
