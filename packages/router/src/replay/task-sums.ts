import type { TaskExperience, TaskType } from '@imrs/core'

import type { ReplayTable } from './replay-table.ts'

/** What the ratings of a stream add up to, by task and model. */
export interface TaskSums {
  add(rating: { readonly task: TaskType; readonly model: number; readonly rating: number }): void
  /** As `RankRequest.experience` wants it; good until the next rating. */
  experience(task: TaskType, table: ReplayTable): TaskExperience | undefined
}

export function createTaskSums(modelCount: number): TaskSums {
  const tasks = new Map<TaskType, { count: Float64Array; sum: Float64Array }>()
  return {
    add: ({ task, model, rating }) => {
      let found = tasks.get(task)
      if (found === undefined) {
        found = { count: new Float64Array(modelCount), sum: new Float64Array(modelCount) }
        tasks.set(task, found)
      }
      found.count[model]! += 1
      found.sum[model]! += rating
    },
    experience: (task, { modelOf }) => {
      const found = tasks.get(task)
      if (found === undefined || modelOf.length === modelCount) return found
      // While some models have not joined, rows are not models.
      return {
        count: Float64Array.from(modelOf, (model) => found.count[model] ?? 0),
        sum: Float64Array.from(modelOf, (model) => found.sum[model] ?? 0),
      }
    },
  }
}
