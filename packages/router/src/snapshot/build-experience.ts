import type { ExperienceCell, TaskExperience, TaskType } from '@imrs/core'
import { GENERAL_TASK, fromRatingMilli } from '@imrs/core'

import { BUCKET_PREFIX } from '../prepare/experience-type-of.ts'
import type { ModelTable } from './build-table.ts'

/**
 * Adds the months and epochs of each (task type, model) up, by row, from the agent's own scope. Ratings of models that
 * left are left out. What is in buckets of requests without a task counts as `general`.
 */
export function buildExperience(
  cells: readonly ExperienceCell[],
  { rowOf, table }: Pick<ModelTable, 'rowOf' | 'table'>,
): ReadonlyMap<TaskType, TaskExperience> {
  const counts = new Map<TaskType, { count: Float64Array; sum: Float64Array }>()
  for (const cell of cells) {
    const row = rowOf.get(cell.modelId)
    if (row === undefined || cell.count === 0 || cell.scope !== 'agent') continue
    const taskType = cell.taskType.startsWith(BUCKET_PREFIX) ? GENERAL_TASK : cell.taskType
    let task = counts.get(taskType)
    if (task === undefined) {
      task = { count: new Float64Array(table.size), sum: new Float64Array(table.size) }
      counts.set(taskType, task)
    }
    task.count[row] = (task.count[row] ?? 0) + cell.count
    task.sum[row] = (task.sum[row] ?? 0) + fromRatingMilli(cell.sum)
  }
  return counts
}
