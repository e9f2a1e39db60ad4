import type {
  CallOptions,
  ExperienceCell,
  FigureQuery,
  PerformanceCell,
  PerformanceRepository,
  RatingQuery,
} from '@imrs/core'
import { sql } from 'kysely'

import { fromExperienceRow } from '../rows/feedback-row.ts'
import { COLUMNS, fromEntry, fromPerformanceRow } from '../rows/performance-row.ts'
import type { PerformanceRow } from '../schema/database.ts'
import { qualified } from '../schema/qualified.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { ALL_AGENTS, periodsOf } from './figure-periods.ts'
import { sumFigures } from './figure-sums.ts'
import { COUNTS_BY_NAME, addUp } from './performance-writes.ts'
import { sumRatings } from './rating-sums.ts'
import { sumReasons } from './reason-sums.ts'

export function performanceRepository(session: StoreSession): PerformanceRepository {
  const read = <T>(
    work: (given: StoreWork) => Promise<T>,
    options: CallOptions | undefined,
  ): Promise<T> => session.readBehind(work, options)
  return {
    listFigures: (query, options) => read((work) => listFigures(work, query), options),
    sumFigures: (query, options) => read((work) => sumFigures(work, query), options),
    listRatings: (query, options) => read((work) => listRatings(work, query), options),
    sumRatings: (query, options) => read((work) => sumRatings(work, query), options),
    sumReasons: (query, options) => read((work) => sumReasons(work, query), options),
  }
}

/** Rows and notes in one statement: between two, a note could become part of a row that was read. */
async function listFigures(
  { database, traits }: StoreWork,
  query: FigureQuery,
): Promise<readonly PerformanceCell[]> {
  const { tenantId, period } = query
  const table = period === 'day' ? 'model_performance_daily' : 'model_performance_monthly'
  const [, ...columns] = COLUMNS
  const nothing = columns.map((column) => (TEXTS.has(column) ? sql`''` : sql`0`))
  const { rows } = await sql<PerformanceRow & { readonly entry: string }>`
    select ${sql.join(COLUMNS.map((column) => sql.ref(column)))}, '' as entry
      from ${qualified(traits.schema, table)}
      where tenant_id = ${tenantId} and agent_id > ${ALL_AGENTS}
    union all select tenant_id, ${sql.join(nothing)}, entry
      from ${qualified(traits.schema, 'figure_entries')} where tenant_id = ${tenantId}`.execute(
    database,
  )
  const cells = rows.map((row): PerformanceCell => {
    if (row.entry === '') return fromPerformanceRow(row)
    const cell = fromEntry(row)
    return { ...cell, period: periodsOf(cell.period)[period] }
  })
  return addUp(cells.filter((cell) => fits(cell, query)))
}

const TEXTS: ReadonlySet<string> = new Set([
  'period',
  'agent_id',
  'task_type',
  'model_id',
  'provider_id',
  ...COUNTS_BY_NAME,
])

function fits(
  cell: PerformanceCell,
  { agentId, taskType, modelId, from, to }: FigureQuery,
): boolean {
  return (
    (agentId === undefined || cell.agentId === agentId) &&
    (taskType === undefined || cell.taskType === taskType) &&
    (modelId === undefined || cell.modelId === modelId) &&
    (from === undefined || cell.period >= from) &&
    (to === undefined || cell.period <= to)
  )
}

async function listRatings(
  { database }: StoreWork,
  { tenantId, agentId, taskType, modelId, from, to }: RatingQuery,
): Promise<readonly ExperienceCell[]> {
  const rows = await database
    .selectFrom('model_experience')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('scope', '=', 'agent')
    .$if(agentId !== undefined, (query) => query.where('agent_id', '=', agentId ?? ''))
    .$if(taskType !== undefined, (query) => query.where('task_type', '=', taskType ?? ''))
    .$if(modelId !== undefined, (query) => query.where('model_id', '=', modelId ?? ''))
    .$if(from !== undefined, (query) => query.where('month', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('month', '<=', to ?? ''))
    .execute()
  return rows.map(fromExperienceRow)
}
