import type { FigureGroup, FigureKey } from '@imrs/core'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** What sums are told apart by, as columns; empty where they are not. */
export interface GroupColumns {
  readonly model_id: string
  readonly task_type: string
  readonly agent_id: string
  readonly period: string
}

export const GROUP_COLUMNS = ['model_id', 'task_type', 'agent_id', 'period'] as const

/** A value for each column: of the given row where it tells apart, else empty. */
export function groupColumns(
  groupBy: readonly FigureGroup[],
  { model_id, task_type, agent_id, period }: GroupColumns,
): GroupColumns {
  const has = (group: FigureGroup, value: string): string => (groupBy.includes(group) ? value : '')
  return {
    model_id: has('model', model_id),
    task_type: has('task-type', task_type),
    agent_id: has('agent', agent_id),
    period: groupBy.includes('day') ? period : has('month', period.slice(0, 'YYYY-MM'.length)),
  }
}

/** The same of the rows of a table, in a select. `period` is the table's column of days, weeks or months. */
export function selectedGroups(
  groupBy: readonly FigureGroup[],
  period: 'period' | 'month',
): RawBuilder<unknown> {
  const has = (group: FigureGroup, value: RawBuilder<unknown>): RawBuilder<unknown> =>
    groupBy.includes(group) ? value : sql`''`
  const time = sql.ref(period)
  const shown = groupBy.includes('day') ? time : has('month', sql`substr(${time}, 1, 7)`)
  return sql`${has('model', sql.ref('model_id'))} as model_id,
    ${has('task-type', sql.ref('task_type'))} as task_type,
    ${has('agent', sql.ref('agent_id'))} as agent_id, ${shown} as period`
}

/** The key that sums are given out with. */
export function figureKey(groupBy: readonly FigureGroup[], columns: GroupColumns): FigureKey {
  const isOfTime = groupBy.includes('day') || groupBy.includes('month')
  return {
    ...(groupBy.includes('model') ? { modelId: columns.model_id } : {}),
    ...(groupBy.includes('task-type') ? { taskType: columns.task_type } : {}),
    ...(groupBy.includes('agent') ? { agentId: columns.agent_id } : {}),
    ...(isOfTime ? { period: columns.period } : {}),
  }
}

/** One text for each key. */
export function nameOf({ model_id, task_type, agent_id, period }: GroupColumns): string {
  // No stored text holds what parts them.
  return `${model_id}\0${task_type}\0${agent_id}\0${period}`
}
