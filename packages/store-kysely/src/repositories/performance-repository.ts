import type {
  CallOptions,
  ExperienceCell,
  FigureQuery,
  PerformanceCell,
  PerformanceRepository,
  RatingQuery,
} from '@imrs/core'

import { fromExperienceRow } from '../rows/feedback-row.ts'
import { fromPerformanceRow } from '../rows/performance-row.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'

export function performanceRepository(session: StoreSession): PerformanceRepository {
  const read = <T>(
    work: (given: StoreWork) => Promise<T>,
    options: CallOptions | undefined,
  ): Promise<T> => session.read(work, options)
  return {
    listFigures: (query, options) =>
      read(
        (work) => (query.period === 'day' ? listDays(work, query) : listMonths(work, query)),
        options,
      ),
    listRatings: (query, options) => read((work) => listRatings(work, query), options),
  }
}

async function listDays(
  { database }: StoreWork,
  { tenantId, agentId, taskType, modelId, from, to }: FigureQuery,
): Promise<readonly PerformanceCell[]> {
  const rows = await database
    .selectFrom('model_performance_daily')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .$if(from !== undefined, (query) => query.where('day', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('day', '<=', to ?? ''))
    .$if(agentId !== undefined, (query) => query.where('agent_id', '=', agentId ?? ''))
    .$if(taskType !== undefined, (query) => query.where('task_type', '=', taskType ?? ''))
    .$if(modelId !== undefined, (query) => query.where('model_id', '=', modelId ?? ''))
    .execute()
  return rows.map((row) => fromPerformanceRow(row, row.day))
}

async function listMonths(
  { database }: StoreWork,
  { tenantId, agentId, taskType, modelId, from, to }: FigureQuery,
): Promise<readonly PerformanceCell[]> {
  const rows = await database
    .selectFrom('model_performance_monthly')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .$if(from !== undefined, (query) => query.where('month', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('month', '<=', to ?? ''))
    .$if(agentId !== undefined, (query) => query.where('agent_id', '=', agentId ?? ''))
    .$if(taskType !== undefined, (query) => query.where('task_type', '=', taskType ?? ''))
    .$if(modelId !== undefined, (query) => query.where('model_id', '=', modelId ?? ''))
    .execute()
  return rows.map((row) => fromPerformanceRow(row, row.month))
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
