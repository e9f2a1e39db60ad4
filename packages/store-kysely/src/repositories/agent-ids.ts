import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'

/** Which agents: so many, after one. */
export interface AgentRange {
  readonly tenantId: string
  /** Agents after this one; an empty text is before all. */
  readonly after: string
  readonly count: number
}

/**
 * The first agents of a range that have a row, a rule or figures, in no order, at least as many as there
 * are up to `count`. Goes from one agent to the next along an index: it does not matter how many rows,
 * days and calls each has.
 */
export async function agentIds(work: StoreWork, range: AgentRange): Promise<readonly string[]> {
  const { database, traits } = work
  const steps = [
    nextOf(qualified(traits.schema, 'agent_model_config'), range),
    nextOf(qualified(traits.schema, 'model_enable_rules'), range),
    nextUsed(work, range),
  ]
  const found = new Set<string>()
  for (const next of steps) {
    work.check()
    const { rows } = await walk(work, range, next).execute(database)
    for (const row of rows) found.add(row.agent_id)
  }
  return [...found]
}

/** The id after another one. */
type NextAgent = (after: RawBuilder<unknown>) => RawBuilder<unknown>

function walk(
  { traits }: StoreWork,
  { tenantId, after, count }: AgentRange,
  next: NextAgent,
): RawBuilder<{ readonly agent_id: string }> {
  return sql`with recursive ${usedMonths(traits.schema, tenantId)},
    agents(agent_id, place) as (
      select (${next(sql`${after}`)}), 1
      union all
      select (${next(sql`agents.agent_id`)}), agents.place + 1 from agents
        where agents.agent_id is not null and agents.place < ${sql.lit(count)})
    select agent_id from agents where agent_id is not null`
}

function nextOf(table: RawBuilder<unknown>, { tenantId }: AgentRange): NextAgent {
  return (after) => sql`select later.agent_id from ${table} as later
    where later.tenant_id = ${tenantId} and later.agent_id > ${after}
    order by later.agent_id limit 1`
}

/** Figures are in the order of months: the next agent is the first of the next ones of each. */
function nextUsed({ traits }: StoreWork, { tenantId }: AgentRange): NextAgent {
  const table = qualified(traits.schema, 'model_performance_monthly')
  return (after) => sql`select min(found.agent_id) from (
    select (select later.agent_id from ${table} as later
        where later.tenant_id = ${tenantId} and later.period = months.period
          and later.agent_id > ${after}
        order by later.agent_id limit 1) as agent_id
      from months) as found`
}

/** The months of a tenant's figures, as a common table, and a row without one. */
export function usedMonths(schema: string | undefined, tenantId: string): RawBuilder<unknown> {
  const table = qualified(schema, 'model_performance_monthly')
  return sql`months(period) as (
    select (select period from ${table} where tenant_id = ${tenantId} order by period limit 1)
    union all
    select (select later.period from ${table} as later
        where later.tenant_id = ${tenantId} and later.period > months.period
        order by later.period limit 1)
      from months where months.period is not null)`
}
