import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { TableDefinition } from '../schema/table-definition.ts'
import { createTables } from './create-tables.ts'
import type { MigrationStep, NumberedMigration } from './migration-list.ts'

const SUMS = [
  'request_count',
  'attempt_count',
  'failure_count',
  'aborted_count',
  'input_tokens',
  'output_tokens',
  'unmeasured_count',
  'cost_nano_usd',
  'unpriced_count',
  'total_ms_sum',
] as const

const COUNTS = ['failures_by_kind', 'first_part_histogram', 'total_histogram'] as const

const cells: TableDefinition = {
  columns: {
    tenant_id: 'text',
    // A day, the first day of a week of a month, or a month.
    period: 'text',
    // Empty for all agents together.
    agent_id: 'text',
    task_type: 'text',
    model_id: 'text',
    provider_id: 'text',
    request_count: 'bigint',
    attempt_count: 'bigint',
    failure_count: 'bigint',
    aborted_count: 'bigint',
    failures_by_kind: 'text',
    input_tokens: 'bigint',
    output_tokens: 'bigint',
    unmeasured_count: 'bigint',
    cost_nano_usd: 'bigint',
    unpriced_count: 'bigint',
    total_ms_sum: 'double',
    first_part_histogram: 'text',
    total_histogram: 'text',
  },
  primaryKey: ['tenant_id', 'period', 'agent_id', 'task_type', 'model_id'],
  isClustered: true,
}

/**
 * Calls are noted when they are recorded, and added up afterwards, many at a time: by day, week and
 * month, for each agent and for all of them. Counts by name become text that adds up by being joined.
 *
 * The rows of days are written anew, and the others made from them; calls that are recorded meanwhile
 * wait. That is about a second for every 100,000 rows of days.
 */
export const figures: NumberedMigration = {
  name: '0012-figures',
  tables: {
    model_performance_daily: cells,
    model_performance_weekly: cells,
    model_performance_monthly: cells,
    figure_entries: {
      columns: { tenant_id: 'text', message_id: 'text', id: 'text', entry: 'text' },
      primaryKey: ['tenant_id', 'message_id', 'id'],
      isClustered: true,
    },
  },
  up: async (step: MigrationStep) => {
    const { database, schema } = step
    const kept = qualified(schema, 'model_performance_before')
    const days = qualified(schema, 'model_performance_daily')
    const columns = [
      sql`tenant_id, day, agent_id, task_type, model_id, provider_id`,
      ...SUMS.map((name) => sql.ref(name)),
      ...COUNTS.map((name) => sql`${joinedJson(step, name)} as ${sql.ref(name)}`),
    ]
    await sql`create table ${kept} as select ${sql.join(columns)} from ${days}`.execute(database)
    await database.schema.dropTable('model_performance_daily').execute()
    await database.schema.dropTable('model_performance_monthly').execute()
    await createTables(step)
    const month = sql`substr(day, 1, 7)`
    const week = sql`substr(day, 1, 8) || case when substr(day, 9) < '08' then '01'
      when substr(day, 9) < '15' then '08' when substr(day, 9) < '22' then '15' else '22' end`
    const periods = { daily: sql`day`, weekly: week, monthly: month }
    for (const [name, period] of Object.entries(periods)) {
      for (const agent of [sql`agent_id`, sql`''`]) {
        await addUp(step, { table: `model_performance_${name}`, period, agent })
      }
    }
    await sql`drop table ${kept}`.execute(database)
  },
}

/** Counts by name, out of JSON. */
function joinedJson({ traits }: MigrationStep, column: string): RawBuilder<string> {
  const each = sql.raw(traits.name === 'sqlite' ? 'json_each' : 'jsonb_each_text')
  return sql<string>`coalesce((select string_agg(each.key || ':' || each.value, ' ')
    from ${each}(${sql.ref(column)}) as each), '')`
}

interface Target {
  readonly table: string
  readonly period: RawBuilder<unknown>
  readonly agent: RawBuilder<unknown>
}

async function addUp({ database, schema }: MigrationStep, given: Target): Promise<void> {
  const { table, period, agent } = given
  const names = ['tenant_id', 'period', 'agent_id', 'task_type', 'model_id', 'provider_id']
  const columns = [...names, ...SUMS, ...COUNTS].map((name) => sql.ref(name))
  const sums = [
    ...SUMS.map((name) => sql`sum(${sql.ref(name)})`),
    ...COUNTS.map((name) => sql`coalesce(string_agg(nullif(${sql.ref(name)}, ''), ' '), '')`),
  ]
  await sql`insert into ${qualified(schema, table)} (${sql.join(columns)})
    select tenant_id, made_period, made_agent, task_type, model_id, max(provider_id), ${sql.join(sums)}
    from (select *, ${period} as made_period, ${agent} as made_agent
      from ${qualified(schema, 'model_performance_before')}) as days
    group by tenant_id, made_period, made_agent, task_type, model_id`.execute(database)
}
