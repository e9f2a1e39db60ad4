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

/** What ratings of before count as, for a model that has become another. */
export function shiftRow(
  task: TaskStatistics,
  row: number,
  change: { readonly shift: number; readonly keptRatings: number },
): void {
  const count = task.count[row] ?? 0
  if (count === 0) return
  const sum = task.sum[row] ?? 0
  const within = Math.max(0, (task.squares[row] ?? 0) - (sum * sum) / count)
  const mean = Math.min(1, Math.max(0, sum / count + change.shift))
  const kept = Math.min(count, change.keptRatings)
  task.count[row] = kept
  task.sum[row] = kept * mean
  task.squares[row] = (within * kept) / count + kept * mean * mean
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
  const { rowOf, table, atMs } = source
  const thisMonth = monthIndexOf(atMs)
  const tasks = new Map<TaskType, TaskStatistics>()
  const epochs = new Map<TaskType, Int32Array>()
  // Epoch by epoch, so that a shift meets all that was before it and nothing after.
  for (const cell of cells.toSorted((left, right) => left.epoch - right.epoch)) {
    const row = rowOf.get(cell.modelId)
    if (row === undefined || cell.count <= 0) continue
    const task = statisticsOf(tasks, cell.taskType, table.size)
    const epochOf = epochs.get(cell.taskType) ?? new Int32Array(table.size)
    epochs.set(cell.taskType, epochOf)
    applyShifts(source, task, { row, from: epochOf[row] ?? 0, to: cell.epoch })
    epochOf[row] = cell.epoch
    const age = Math.max(0, thisMonth - parseMonth(cell.month))
    const weight = 2 ** (-age / source.options.halfLifeMonths)
    task.count[row] = (task.count[row] ?? 0) + cell.count * weight
    task.sum[row] = (task.sum[row] ?? 0) + (cell.sum / 1000) * weight
    task.squares[row] = (task.squares[row] ?? 0) + (cell.sumOfSquares / 1e6) * weight
  }
  applyNewest(source, tasks, epochs)
  return tasks
}

/** An epoch that has just begun has no ratings yet. */
function applyNewest(
  source: StatisticsSource,
  tasks: ReadonlyMap<TaskType, TaskStatistics>,
  epochs: ReadonlyMap<TaskType, Int32Array>,
): void {
  const newest = new Map<number, number>()
  for (const { modelId, epoch } of source.shifts) {
    const row = source.rowOf.get(modelId)
    if (row !== undefined) newest.set(row, Math.max(newest.get(row) ?? 0, epoch))
  }
  for (const [taskType, task] of tasks) {
    for (const [row, to] of newest) {
      applyShifts(source, task, { row, from: epochs.get(taskType)?.[row] ?? 0, to })
    }
  }
}

function applyShifts(
  { shifts, table, options }: StatisticsSource,
  task: TaskStatistics,
  { row, from, to }: { readonly row: number; readonly from: number; readonly to: number },
): void {
  if (to <= from || (task.count[row] ?? 0) === 0) return
  const known = shifts.filter(
    ({ modelId, epoch }) => modelId === table.modelIds[row] && epoch > from && epoch <= to,
  )
  const shift = known.reduce((sum, { shiftMilli }) => sum + shiftMilli / 1000, 0)
  shiftRow(task, row, { shift, keptRatings: options.drift.keptRatings })
}
