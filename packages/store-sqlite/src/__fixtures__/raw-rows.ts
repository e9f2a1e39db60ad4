import type { StoredExperienceCell } from '@imrs/core'
import type Database from 'better-sqlite3'

/** The experience of all scopes, read past the store. */
export function experienceIn(database: Database.Database): readonly StoredExperienceCell[] {
  const statement = database.prepare(`select scope, tenant_id as tenantId, agent_id as agentId,
    task_type as taskType, model_id as modelId, month, epoch, rating_count as count,
    rating_sum as sum, rating_sum_of_squares as sumOfSquares, weight_milli as weightMilli,
    weighted_sum as weightedSum, weighted_sum_of_squares as weightedSumOfSquares from model_experience`)
  return statement.all() as StoredExperienceCell[]
}
