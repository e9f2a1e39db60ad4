import type { TaskType } from '@imrs/core'

import { ENOUGH_RATINGS } from '../performance/performance-api.ts'
import type { PerformanceRow, RatingFigure } from '../performance/performance-api.ts'

/** A model that could be used. */
export interface Usable {
  readonly modelId: string
  readonly displayName: string
  /** 0 to 100. */
  readonly priority: number
}

/** Everything that recommendations are made of. */
export interface Evidence {
  /** A row for each model and kind of task. */
  readonly rows: readonly PerformanceRow[]
  readonly usable: readonly Usable[]
  /** Averages that differ by less are equal. */
  readonly tolerance: number
}

/** What is known of one model at one kind of task. */
export interface ModelAtTask {
  readonly modelId: string
  readonly row: PerformanceRow
}

/** One of which enough is known. */
export interface KnownModel extends ModelAtTask {
  readonly rating: RatingFigure
}

/** Models at one kind of task, those that can be used alone. */
export interface TaskFigures {
  readonly taskType: TaskType
  readonly all: readonly ModelAtTask[]
  /** Best first. */
  readonly known: readonly KnownModel[]
  readonly ratings: number
}

export function tasksOf({ rows, usable }: Evidence): readonly TaskFigures[] {
  const ids = new Set(usable.map(({ modelId }) => modelId))
  const tasks = Map.groupBy(rows, (row) => row.taskType ?? '')
  return [...tasks]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([taskType, given]) => {
      const all = given.flatMap((row): readonly ModelAtTask[] =>
        row.modelId !== undefined && ids.has(row.modelId) ? [{ modelId: row.modelId, row }] : [],
      )
      const known = all.flatMap(({ modelId, row }): readonly KnownModel[] =>
        row.rating?.isKnown === true ? [{ modelId, row, rating: row.rating }] : [],
      )
      return {
        taskType,
        all,
        known: known.toSorted((left, right) => right.rating.mean - left.rating.mean),
        ratings: all.reduce((sum, { row }) => sum + (row.rating?.count ?? 0), 0),
      }
    })
}

/** What a request costs, when that is known of enough calls. */
export function knownCost({
  calls,
  unpricedCalls,
  costPerRequestNanoUsd,
}: PerformanceRow): number | undefined {
  return calls - unpricedCalls >= ENOUGH_RATINGS ? costPerRequestNanoUsd : undefined
}
