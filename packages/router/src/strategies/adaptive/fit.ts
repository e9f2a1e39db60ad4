import type { CandidateTable, TaskType } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import { makeCells } from './fit-cells.ts'
import type { FitCells } from './fit-cells.ts'
import { Sweeps } from './fit-sweeps.ts'
import type { Statistics } from './statistics.ts'

/** What holds for a whole task. */
export interface TaskFit {
  /** b: how much better than the mean all models do. */
  readonly effect: number
  /** σ²: the variance of ratings of one model. */
  readonly noise: number
}

/** The shared figures of a hierarchical model: rating = mean + task effect + model effect + cell + noise. */
export interface Fit {
  /** μ. */
  readonly mean: number
  /** σ² of a task that has no ratings. */
  readonly noise: number
  readonly tasks: ReadonlyMap<TaskType, TaskFit>
  /** g, by row. */
  readonly effect: Readonly<Float64Array>
  /** V: the variance of g, by row. */
  readonly effectVariance: Readonly<Float64Array>
  /** τ² of cells: how much one model differs between tasks. */
  readonly cellSpread: number
  /** τ² of models. */
  readonly modelSpread: number
  /** β: what one standard deviation of priority is worth. */
  readonly priorityEffect: number
  /** γ: what one standard deviation of published scores is worth; 0 where there are none. */
  readonly publishedEffect: number
}

export interface FitSource {
  readonly table: CandidateTable
  readonly statistics: Statistics
  /** 1 for a model that joined when others had ratings already, and has few itself; by row. */
  readonly newcomers: Readonly<Uint8Array>
  readonly options: Pick<ResolvedAdaptiveOptions, 'priors'>
}

/** Two sweeps that differ by less are taken to agree. */
const TOLERANCE = 1e-10

/** With two tasks and few ratings it takes about 60. */
const MAX_SWEEPS = 300

/**
 * Finds the shared figures, by sweeps from fixed starts until nothing moves: the same ratings give
 * the same figures, whatever came before. Takes some operations for each cell that has ratings, times
 * the sweeps.
 */
export function fitModel({ table, statistics, newcomers, options }: FitSource): Fit {
  const { priors } = options
  const cells = makeCells(statistics, priors)
  const sweeps = new Sweeps({
    cells,
    newcomers,
    priors,
    priority: standardised(table.priority),
    published: standardisedKnown(table.published, table.size),
  })
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    if (sweeps.sweep() < TOLERANCE) break
  }
  return {
    mean: cells.mean,
    noise: cells.noise,
    tasks: tasksOf(cells, sweeps.taskEffect),
    effect: sweeps.effect,
    effectVariance: sweeps.effectVariance,
    cellSpread: sweeps.cellSpread,
    modelSpread: sweeps.modelSpread,
    priorityEffect: sweeps.priorityEffect,
    publishedEffect: sweeps.publishedEffect,
  }
}

function tasksOf(cells: FitCells, effects: Float64Array): ReadonlyMap<TaskType, TaskFit> {
  return new Map(
    cells.taskTypes.map((taskType, index) => [
      taskType,
      { effect: effects[index] ?? 0, noise: cells.taskNoise[index] ?? cells.noise },
    ]),
  )
}

/** Each value by how many standard deviations it is above the mean; all 0 where they are equal. */
export function standardised(values: Readonly<Float64Array>): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, values.length))
  // Values that are equal differ from their computed mean by a rounding error.
  return deviation < 1e-9
    ? new Float64Array(values.length)
    : Float64Array.from(values, (value) => (value - mean) / deviation)
}

/** As {@link standardised}, of what is known; 0 stands for the rest, as the average does. */
function standardisedKnown(
  values: Readonly<Float64Array> | undefined,
  size: number,
): Float64Array | undefined {
  const known = values?.filter((value) => !Number.isNaN(value)) ?? new Float64Array()
  const scores = standardised(known)
  if (scores.every((score) => score === 0)) return undefined
  let place = 0
  const all = new Float64Array(size)
  for (let row = 0; row < size; row += 1) {
    if (Number.isNaN(values?.[row] ?? Number.NaN)) continue
    all[row] = scores[place] ?? 0
    place += 1
  }
  return all
}
