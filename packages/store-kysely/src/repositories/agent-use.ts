import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import { toDayRow } from '../rows/performance-row.ts'
import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import { usedMonths } from './agent-ids.ts'
import { periodsBetween } from './figure-periods.ts'

/** What an agent was used for. */
export interface AgentUse {
  readonly agentId: string
  readonly answers: number
  readonly lastUsedOn: string
}

/** Whose answers are counted, and of which days, the last one included. */
export interface AgentUseQuery {
  readonly tenantId: string
  readonly from: string
  readonly to: string
  readonly agentIds: readonly string[]
}

/** The agents of calls that are noted and not yet added up. */
export async function notedAgents(work: StoreWork, tenantId: string): Promise<readonly string[]> {
  const rows = await work.database
    .selectFrom('figure_entries')
    .select(['tenant_id', 'entry'])
    .where('tenant_id', '=', tenantId)
    .execute()
  return rows.map((row) => toDayRow(row).agent_id)
}

/** How often agents were used in some days, and when last; those that never were are left out. */
export async function agentUse(
  work: StoreWork,
  query: AgentUseQuery,
): Promise<ReadonlyMap<string, AgentUse>> {
  const { tenantId, from, agentIds } = query
  const uses = new Map<string, AgentUse>()
  const add = ({ agentId, answers, lastUsedOn }: AgentUse): void => {
    const known = uses.get(agentId) ?? { answers: 0, lastUsedOn: '' }
    uses.set(agentId, {
      agentId,
      answers: known.answers + answers,
      lastUsedOn: known.lastUsedOn < lastUsedOn ? lastUsedOn : known.lastUsedOn,
    })
  }
  for (const use of await recentUse(work, query)) add(use)
  const others = agentIds.filter((id) => (uses.get(id)?.lastUsedOn ?? '') < from)
  for (const use of await earlierUse(work, tenantId, others)) add(use)
  return uses
}

interface UseRow {
  readonly agent_id: string
  readonly last_day: string
  readonly answers: number
  /** The note of a call: then all else is empty. */
  readonly entry: string
}

/**
 * Sums and notes in one statement: between two, a note could become part of a sum that was read. Days
 * are named one by one, so that those of few agents are found among those of many.
 */
async function recentUse(
  { database, traits }: StoreWork,
  { tenantId, from, to, agentIds }: AgentUseQuery,
): Promise<readonly AgentUse[]> {
  const daily = qualified(traits.schema, 'model_performance_daily')
  const names = periodsBetween({ from, to }, 'day').day
  const own = sql`tenant_id = ${tenantId} and agent_id in (${sql.join([...agentIds])})`
  const { rows } = await sql<UseRow>`
    select agent_id, max(period) as last_day, '' as entry,
        cast(sum(attempt_count - failure_count - aborted_count) as bigint) as answers
      from ${daily} where ${own} and period in (${sql.join([...names])}) group by agent_id
    union all select agent_id, max(period), '', 0
      from ${daily} where ${own} and period > ${to} group by agent_id
    union all select '', '', entry, 0
      from ${qualified(traits.schema, 'figure_entries')} where tenant_id = ${tenantId}`.execute(
    database,
  )
  const wanted = new Set(agentIds)
  return rows.flatMap((row): readonly AgentUse[] => {
    if (row.entry === '') {
      return [{ agentId: row.agent_id, answers: row.answers, lastUsedOn: row.last_day }]
    }
    const day = toDayRow({ tenant_id: tenantId, entry: row.entry })
    if (!wanted.has(day.agent_id)) return []
    const isCounted = day.period >= from && day.period <= to
    const answers = isCounted ? day.attempt_count - day.failure_count - day.aborted_count : 0
    return [{ agentId: day.agent_id, answers, lastUsedOn: day.period }]
  })
}

const DAYS_OF_MONTH = Array.from({ length: 31 }, (_, index) => String(index + 1).padStart(2, '0'))

/** The last day of each agent that has one: the last of its months is found first, then the day in it. */
async function earlierUse(
  { database, traits }: StoreWork,
  tenantId: string,
  agentIds: readonly string[],
): Promise<readonly AgentUse[]> {
  if (agentIds.length === 0) return []
  const { schema } = traits
  const isUsed = (table: string, period: RawBuilder<unknown>, agent: RawBuilder<unknown>) =>
    sql`exists (select 1 from ${qualified(schema, table)} as figures
      where figures.tenant_id = ${tenantId} and figures.period = ${period}
        and figures.agent_id = ${agent})`
  const day = sql`last_months.month || '-' || days.day`
  const { rows } = await sql<{ agent_id: string; last_day: string | null }>`
    with recursive ${usedMonths(schema, tenantId)},
    agents(agent_id) as (values ${rowsOf(agentIds)}),
    days(day) as (values ${rowsOf(DAYS_OF_MONTH)}),
    last_months as materialized (
      select agents.agent_id, (select max(months.period) from months
        where ${isUsed('model_performance_monthly', sql`months.period`, sql`agents.agent_id`)}) as month
      from agents)
    select agent_id, (select max(${day}) from days
      where ${isUsed('model_performance_daily', day, sql`last_months.agent_id`)}) as last_day
    from last_months where month is not null`.execute(database)
  return rows.flatMap(({ agent_id: agentId, last_day: lastUsedOn }) =>
    lastUsedOn === null ? [] : [{ agentId, answers: 0, lastUsedOn }],
  )
}

function rowsOf(values: readonly string[]): RawBuilder<unknown> {
  return sql.join(values.map((value) => sql`(${value})`))
}
