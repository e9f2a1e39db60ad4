import type { TaskType } from '@imrs/core'

import type { AdaptiveLearned } from './learned.ts'
import { TaskStatistics } from './task-statistics.ts'

/**
 * What is believed of the models at one task, one after another: {@link settle} puts it into the
 * fields. An object for each of thousands of candidates would cost more than the sums.
 */
export class CellPosterior {
  /** The rating to be expected. */
  mean = 0
  /** How uncertain that is, as far as it is worth trying: with few ratings among many candidates, less. */
  variance = 0
  /** The whole variance of the cell around its model, and the part of the model's own that reaches it. */
  cellVariance = 0
  modelVariance = 0
  /** σ² of the task. */
  readonly noise: number
  /** Σ n of the task. */
  readonly ratings: number
  readonly #learned: AdaptiveLearned
  readonly #count: Float64Array
  readonly #sum: Float64Array
  /** μ + b. */
  readonly #base: number
  /** ρ of the task, and ρ of all tasks. */
  readonly #taskShare: number
  readonly #share: number

  constructor(learned: AdaptiveLearned, taskType: TaskType, candidates: number) {
    const { fit, statistics } = learned
    const task = statistics.tasks.get(taskType) ?? new TaskStatistics(0)
    const taskFit = fit.tasks.get(taskType)
    this.#learned = learned
    this.#count = task.count
    this.#sum = task.sum
    this.ratings = task.total
    this.#base = fit.mean + (taskFit?.effect ?? 0)
    this.noise = taskFit?.noise ?? fit.noise
    this.#taskShare = task.total / (task.total + candidates)
    this.#share = (statistics.total + 1) / (statistics.total + 1 + candidates)
  }

  /** Takes a row of the table that was learned of; `-1` is a model that nothing was ever known of. */
  settle(row: number): void {
    const { fit } = this.#learned
    const count = this.#count[row] ?? 0
    const precision = count / this.noise + 1 / fit.cellSpread
    const prior = 1 / (fit.cellSpread * precision)
    const expected = this.#base + (fit.effect[row] ?? 0)
    this.mean = prior * expected + (this.#sum[row] ?? 0) / (this.noise * precision)
    this.cellVariance = 1 / precision
    this.modelVariance = prior * prior * (fit.effectVariance[row] ?? fit.modelSpread)
    this.variance = this.#taskShare * this.cellVariance + this.#share * this.modelVariance
  }
}

/** What is believed of one model at one task. */
export interface Belief {
  /** The rating to be expected, from 0 to 1 or a little beyond. */
  readonly mean: number
  /** The variance of that mean; not the variance of single ratings. */
  readonly variance: number
}

/** The whole belief, of which decisions draw a part. `row` is one of the table that was learned of. */
export function beliefOf(
  learned: AdaptiveLearned,
  { taskType, row }: { readonly taskType: TaskType; readonly row: number },
): Belief {
  const posterior = new CellPosterior(learned, taskType, 0)
  posterior.settle(row)
  const { mean, cellVariance, modelVariance } = posterior
  return { mean, variance: cellVariance + modelVariance }
}
