import type { FigureKey, RatingSum, RatingSumQuery } from '@imrs/core'
import { sql } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import { GROUP_COLUMNS, figureKey, nameOf, selectedGroups } from './figure-groups.ts'
import type { GroupColumns } from './figure-groups.ts'
import { idsOf, renamedFrom } from './renamed-models.ts'

interface RatingRow extends GroupColumns {
  readonly count: number
  readonly sum: number
  readonly sum_of_squares: number
}

type MutableSum = FigureKey & { count: number; sum: number; sumOfSquares: number }

/** Adds up in the database, and what comes of it by the ids that models have now. */
export async function sumRatings(
  work: StoreWork,
  { groupBy: given, ...query }: RatingSumQuery,
): Promise<readonly RatingSum[]> {
  const groupBy = given.filter((group) => group !== 'day')
  const rows = await readSums(work, { groupBy, ...query })
  const renamed = groupBy.includes('model')
    ? await renamedFrom(work, new Set(rows.map((row) => row.model_id)))
    : undefined
  const sums = new Map<string, MutableSum>()
  for (const row of rows) {
    const columns = { ...row, model_id: renamed?.get(row.model_id) ?? row.model_id }
    const name = nameOf(columns)
    let sum = sums.get(name)
    if (sum === undefined) {
      sum = { ...figureKey(groupBy, columns), count: 0, sum: 0, sumOfSquares: 0 }
      sums.set(name, sum)
    }
    sum.count += row.count
    sum.sum += row.sum
    sum.sumOfSquares += row.sum_of_squares
  }
  return [...sums.values()]
}

async function readSums(
  work: StoreWork,
  { tenantId, agentId, taskType, modelId, from, to, groupBy }: RatingSumQuery,
): Promise<readonly RatingRow[]> {
  const modelIds = modelId === undefined ? undefined : await idsOf(work, modelId)
  const conditions = [
    sql`tenant_id = ${tenantId}`,
    sql`scope = 'agent'`,
    ...(agentId === undefined ? [] : [sql`agent_id = ${agentId}`]),
    ...(taskType === undefined ? [] : [sql`task_type = ${taskType}`]),
    ...(modelIds === undefined ? [] : [sql`model_id in (${sql.join(modelIds)})`]),
    ...(from === undefined ? [] : [sql`month >= ${from}`]),
    ...(to === undefined ? [] : [sql`month <= ${to}`]),
  ]
  const keys = sql.join(GROUP_COLUMNS.map((column) => sql.ref(column)))
  const { rows } = await sql<RatingRow>`select ${keys},
      cast(sum(rating_count) as bigint) as count, cast(sum(rating_sum) as bigint) as sum,
      cast(sum(rating_sum_of_squares) as bigint) as sum_of_squares
    from (select ${selectedGroups(groupBy, 'month')},
        rating_count, rating_sum, rating_sum_of_squares
      from ${qualified(work.traits.schema, 'model_experience')}
      where ${sql.join(conditions, sql` and `)}) as cells
    group by ${keys} having sum(rating_count) > 0`.execute(work.database)
  return rows
}
