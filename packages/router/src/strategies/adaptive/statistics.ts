import type { CandidateTable, ExperienceCell, ModelShift, TaskType } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import { toStrata } from './strata.ts'
import { TaskStatistics } from './task-statistics.ts'

/** All that is known of the models of one table. */
export interface Statistics {
  readonly tasks: ReadonlyMap<TaskType, TaskStatistics>
  /** Σ n over all tasks. */
  readonly total: number
}

export interface StatisticsSource {
  readonly table: CandidateTable
  readonly rowOf: ReadonlyMap<string, number>
  readonly cells: readonly ExperienceCell[]
  readonly shifts: readonly ModelShift[]
  readonly atMs: number
  readonly options: Pick<ResolvedAdaptiveOptions, 'halfLifeMonths' | 'scopeWeight' | 'drift'>
}

/**
 * Adds up what bears on an agent. A rating counts half after the half-life. Ratings of an epoch
 * before a shift are moved by it, and count as a few. What others gave, in a wider scope, counts as
 * `scopeWeight` ratings at most in each cell: the wider scope's likelihood to a power, which is the
 * prior of the narrower one.
 */
export function collectStatistics(source: StatisticsSource): Statistics {
  const { own, others } = toStrata(source.cells)
  const tasks = addUp(source, own)
  for (const cells of others) {
    for (const [taskType, found] of addUp(source, cells)) {
      const task = tasks.get(taskType) ?? new TaskStatistics(source.table.size)
      tasks.set(taskType, task)
      task.addAll(found, source.options.scopeWeight)
    }
  }
  let total = 0
  for (const task of tasks.values()) total += task.total
  return { tasks, total }
}

/** Months since year 0 of a time. */
export function monthIndexOf(atMs: number): number {
  const date = new Date(atMs)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** `2026-11` as months since year 0. */
export function parseMonth(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

function addUp(
  source: StatisticsSource,
  cells: readonly ExperienceCell[],
): Map<TaskType, TaskStatistics> {
  const { rowOf, table, atMs, options } = source
  const thisMonth = monthIndexOf(atMs)
  const tasks = new Map<TaskType, TaskStatistics>()
  const changes = new EpochChanges(source, tasks)
  // Epoch by epoch, so that a shift meets all that was before it and nothing after.
  for (const cell of cells.toSorted((left, right) => left.epoch - right.epoch)) {
    const row = rowOf.get(cell.modelId)
    if (row === undefined || cell.count <= 0) continue
    changes.reach(row, cell.epoch)
    const task = tasks.get(cell.taskType) ?? new TaskStatistics(table.size)
    tasks.set(cell.taskType, task)
    const age = Math.max(0, thisMonth - parseMonth(cell.month))
    const weight = 2 ** (-age / options.halfLifeMonths)
    task.add(row, {
      count: cell.count * weight,
      sum: (cell.sum / 1000) * weight,
      squares: (cell.sumOfSquares / 1e6) * weight,
    })
  }
  changes.reachNewest()
  return tasks
}

/** Moves what has been added up so far when a model enters an epoch. */
class EpochChanges {
  readonly #source: StatisticsSource
  readonly #tasks: ReadonlyMap<TaskType, TaskStatistics>
  readonly #epochOf: Int32Array

  constructor(source: StatisticsSource, tasks: ReadonlyMap<TaskType, TaskStatistics>) {
    this.#source = source
    this.#tasks = tasks
    this.#epochOf = new Int32Array(source.table.size)
  }

  reach(row: number, epoch: number): void {
    const from = this.#epochOf[row] ?? 0
    if (epoch <= from) return
    this.#epochOf[row] = epoch
    const modelId = this.#source.table.modelIds[row]
    let shift = 0
    for (const change of this.#source.shifts) {
      const isBetween = change.epoch > from && change.epoch <= epoch
      if (change.modelId === modelId && isBetween) shift += change.shiftMilli / 1000
    }
    this.#move(row, shift)
  }

  /** An epoch that has just begun has no ratings yet. */
  reachNewest(): void {
    const { shifts, rowOf } = this.#source
    for (const { modelId, epoch } of shifts.toSorted((left, right) => left.epoch - right.epoch)) {
      const row = rowOf.get(modelId)
      if (row !== undefined) this.reach(row, epoch)
    }
  }

  /** The ratings of all tasks together count as a few, so that a false alarm is soon forgotten. */
  #move(row: number, shift: number): void {
    let ratings = 0
    for (const { count } of this.#tasks.values()) ratings += count[row] ?? 0
    const kept = Math.min(1, this.#source.options.drift.keptRatings / ratings)
    for (const task of this.#tasks.values()) task.shift(row, { shift, kept })
  }
}
