import type { ExperienceCell } from '@imrs/core'
import { escapeIdentifier } from 'pg'
import type { Pool } from 'pg'

/** The experience of all scopes, read past the store. */
export async function experienceIn(pool: Pool, schema = 'public'): Promise<ExperienceCell[]> {
  const { rows } = await pool.query<ExperienceCell>(`select scope, tenant_id as "tenantId",
    agent_id as "agentId", task_type as "taskType", model_id as "modelId", month, epoch,
    rating_count::int as count, rating_sum::int as sum,
    rating_sum_of_squares::int as "sumOfSquares" from ${escapeIdentifier(schema)}.model_experience`)
  return rows
}

/** Empties every table of the schema, partitions included. */
export async function emptyTables(pool: Pool, schema = 'public'): Promise<void> {
  const { rows } = await pool.query<{ readonly name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname = $1 and tablename not like 'imrs_migrations%'`,
    [schema],
  )
  await pool.query(`truncate ${rows.map((row) => row.name).join(', ')}`)
}
