import type { ExperienceCell } from '@imrs/core'
import type Database from 'better-sqlite3'

/** The experience of all scopes, read past the store. */
export function experienceIn(database: Database.Database): readonly ExperienceCell[] {
  const statement = database.prepare(`select scope, tenant_id as tenantId, agent_id as agentId,
    task_type as taskType, model_id as modelId, month, epoch, rating_count as count,
    rating_sum as sum, rating_sum_of_squares as sumOfSquares from model_experience`)
  return statement.all() as ExperienceCell[]
}
