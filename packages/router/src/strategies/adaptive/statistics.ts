import type { CandidateTable, ExperienceCell, ModelShift, TaskType } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import { toStrata } from './strata.ts'

/** The ratings for one task type by row, from 0 to 1, each counted by what it still weighs. */
export interface TaskStatistics {
  /** n: ratings. */
  readonly count: Float64Array
  /** s: Σ rating. */
  readonly sum: Float64Array
  /** ss: Σ rating². */
  readonly squares: Float64Array
  /** Σ n. */
  total: number
}

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
  const tasks = new Map<TaskType, TaskStatistics>()
  const { own, others } = toStrata(source.cells)
  for (const [index, cells] of [own, ...others].entries()) {
    const added = addUp(source, cells)
    const weight = index === 0 ? Number.POSITIVE_INFINITY : source.options.scopeWeight
    for (const [taskType, task] of added) {
      addTask(statisticsOf(tasks, taskType, source.table.size), task, weight)
    }
  }
  let total = 0
  for (const task of tasks.values()) {
    task.total = task.count.reduce((sum, count) => sum + count, 0)
    total += task.total
  }
  return { tasks, total }
}

export function makeTaskStatistics(size: number): TaskStatistics {
  return {
    count: new Float64Array(size),
    sum: new Float64Array(size),
    squares: new Float64Array(size),
    total: 0,
  }
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

interface ModelChange {
  readonly row: number
  readonly shift: number
  readonly keptRatings: number
}

/** What ratings of before count as, for a model that has become another: moved, and few in all. */
export function shiftModel(
  tasks: ReadonlyMap<TaskType, TaskStatistics>,
  { row, shift, keptRatings }: ModelChange,
): void {
  let ratings = 0
  for (const { count } of tasks.values()) ratings += count[row] ?? 0
  const kept = ratings > keptRatings ? keptRatings / ratings : 1
  for (const task of tasks.values()) {
    const count = task.count[row] ?? 0
    if (count === 0) continue
    const sum = task.sum[row] ?? 0
    const within = Math.max(0, (task.squares[row] ?? 0) - (sum * sum) / count)
    const mean = Math.min(1, Math.max(0, sum / count + shift))
    task.count[row] = count * kept
    task.sum[row] = count * kept * mean
    task.squares[row] = kept * (within + count * mean * mean)
  }
}

function statisticsOf(
  tasks: Map<TaskType, TaskStatistics>,
  taskType: TaskType,
  size: number,
): TaskStatistics {
  const found = tasks.get(taskType) ?? makeTaskStatistics(size)
  tasks.set(taskType, found)
  return found
}

function addTask(target: TaskStatistics, added: TaskStatistics, weight: number): void {
  for (let row = 0; row < added.count.length; row += 1) {
    const count = added.count[row] ?? 0
    if (count === 0) continue
    const power = Math.min(1, weight / count)
    target.count[row] = (target.count[row] ?? 0) + count * power
    target.sum[row] = (target.sum[row] ?? 0) + (added.sum[row] ?? 0) * power
    target.squares[row] = (target.squares[row] ?? 0) + (added.squares[row] ?? 0) * power
  }
}

function addUp(
  source: StatisticsSource,
  cells: readonly ExperienceCell[],
): ReadonlyMap<TaskType, TaskStatistics> {
  const { rowOf, table, atMs, options } = source
  const thisMonth = monthIndexOf(atMs)
  const tasks = new Map<TaskType, TaskStatistics>()
  const changes = new EpochChanges(source, tasks)
  // Epoch by epoch, so that a shift meets all that was before it and nothing after.
  for (const cell of cells.toSorted((left, right) => left.epoch - right.epoch)) {
    const row = rowOf.get(cell.modelId)
    if (row === undefined || cell.count <= 0) continue
    changes.reach(row, cell.epoch)
    const task = statisticsOf(tasks, cell.taskType, table.size)
    const age = Math.max(0, thisMonth - parseMonth(cell.month))
    const weight = 2 ** (-age / options.halfLifeMonths)
    task.count[row] = (task.count[row] ?? 0) + cell.count * weight
    task.sum[row] = (task.sum[row] ?? 0) + (cell.sum / 1000) * weight
    task.squares[row] = (task.squares[row] ?? 0) + (cell.sumOfSquares / 1e6) * weight
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
    const { shifts, table, options } = this.#source
    const modelId = table.modelIds[row]
    let shift = 0
    for (const change of shifts) {
      const isBetween = change.epoch > from && change.epoch <= epoch
      if (change.modelId === modelId && isBetween) shift += change.shiftMilli / 1000
    }
    shiftModel(this.#tasks, { row, shift, keptRatings: options.drift.keptRatings })
  }

  /** An epoch that has just begun has no ratings yet. */
  reachNewest(): void {
    const { shifts, rowOf } = this.#source
    for (const { modelId, epoch } of shifts.toSorted((left, right) => left.epoch - right.epoch)) {
      const row = rowOf.get(modelId)
      if (row !== undefined) this.reach(row, epoch)
    }
  }
}
