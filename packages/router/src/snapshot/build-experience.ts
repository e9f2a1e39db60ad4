import type { ExperienceCell, TaskExperience, TaskType } from '@imrs/core'
import { GENERAL_TASK, fromRatingMilli } from '@imrs/core'

import { BUCKET_PREFIX } from '../prepare/experience-type-of.ts'
import type { ModelTable } from './build-table.ts'
import type { OwnRating } from './own-ratings.ts'

type Rows = Pick<ModelTable, 'rowOf' | 'table'>

/**
 * Adds the months and epochs of each (task type, model) up, by row, from the agent's own scope. Ratings of models that
 * left are left out. What is in buckets of requests without a task counts as `general`.
 */
export function buildExperience(
  cells: readonly ExperienceCell[],
  { rowOf, table }: Rows,
): ReadonlyMap<TaskType, TaskExperience> {
  const tasks = new Map<TaskType, TaskCounts>()
  for (const cell of cells) {
    const row = rowOf.get(cell.modelId)
    if (row === undefined || cell.count === 0 || cell.scope !== 'agent') continue
    const taskType = countedAs(cell.taskType)
    let task = tasks.get(taskType)
    if (task === undefined) {
      task = new TaskCounts(table.size)
      tasks.set(taskType, task)
    }
    task.add(row, cell)
  }
  return tasks
}

/** The same with ratings that came since; what was given stays as it is. */
export function addRatings(
  experience: ReadonlyMap<TaskType, TaskExperience>,
  ratings: readonly OwnRating[],
  { rowOf, table }: Rows,
): ReadonlyMap<TaskType, TaskExperience> {
  const tasks = new Map(experience)
  const copies = new Map<TaskType, TaskCounts>()
  for (const { message, moved } of ratings) {
    const row = rowOf.get(message.model)
    // Hints are no ratings, and move weights alone.
    if (row === undefined || (moved.change.count === 0 && moved.change.sum === 0)) continue
    const taskType = countedAs(message.creditedTaskType)
    let task = copies.get(taskType)
    if (task === undefined) {
      task = new TaskCounts(table.size, tasks.get(taskType))
      copies.set(taskType, task)
      tasks.set(taskType, task)
    }
    task.add(row, moved.change)
  }
  return tasks
}

/** Adds to one row of a task. */
class TaskCounts implements TaskExperience {
  readonly count: Float64Array
  readonly sum: Float64Array

  /** Begins with a copy of what is given, where it is of the same table. */
  constructor(size: number, from?: TaskExperience) {
    const isSame = from?.count.length === size
    this.count = isSame ? Float64Array.from(from.count) : new Float64Array(size)
    this.sum = isSame ? Float64Array.from(from.sum) : new Float64Array(size)
  }

  add(row: number, { count, sum }: Pick<ExperienceCell, 'count' | 'sum'>): void {
    this.count[row] = (this.count[row] ?? 0) + count
    this.sum[row] = (this.sum[row] ?? 0) + fromRatingMilli(sum)
  }
}

function countedAs(taskType: TaskType): TaskType {
  return taskType.startsWith(BUCKET_PREFIX) ? GENERAL_TASK : taskType
}
