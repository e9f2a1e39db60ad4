import type { CandidateTable, RankRequest } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import type { AdaptiveLearned } from './learned.ts'
import { makeTaskStatistics } from './statistics.ts'

/** What is believed of each candidate, by its place among the rows of the request. */
export interface Beliefs {
  /** The mean rating that is expected, less what its price is worth. */
  readonly location: Float64Array
  /** The standard deviation that is drawn with: α times that of the belief. */
  readonly deviation: Float64Array
}

/** The mean and the variance that are believed of one model at one task. */
export interface Belief {
  readonly mean: number
  readonly variance: number
}

type Asked = Pick<RankRequest, 'input' | 'table' | 'rows'>

/** Puts the beliefs of a request into the arrays given, which may be longer than needed. */
export function formBeliefs(
  learned: AdaptiveLearned,
  request: Asked,
  { beliefs, options }: { readonly beliefs: Beliefs; readonly options: ResolvedAdaptiveOptions },
): void {
  const { table, rows } = request
  const posterior = new Posterior(learned, request)
  const price = new PriceTerm(learned, table, options)
  const { location, deviation } = beliefs
  const isSame = learned.table === table
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    const known = isSame ? row : (learned.rowOf.get(table.modelIds[row] ?? '') ?? -1)
    posterior.settle(known)
    location[place] = posterior.mean - price.of(row)
    deviation[place] = options.exploration * Math.sqrt(posterior.variance)
  }
}

/** What is believed of one model at one task, as a decision among all models of the table would have it. */
export function beliefOf(learned: AdaptiveLearned, taskType: string, row: number): Belief {
  const rows = Uint32Array.from({ length: learned.table.size }, (_, place) => place)
  const input = { taskType, requiredCapabilities: 0, atMs: 0 }
  const posterior = new Posterior(learned, { input, table: learned.table, rows })
  posterior.settle(row)
  return { mean: posterior.mean, variance: posterior.variance }
}

/** The posterior of the cells of one task. Two fields that change: an object for each candidate would cost more than the sums. */
class Posterior {
  mean = 0
  variance = 0
  readonly #learned: AdaptiveLearned
  readonly #count: Float64Array
  readonly #sum: Float64Array
  /** μ + b. */
  readonly #base: number
  readonly #noise: number
  /** ρ of the task, and ρ of all tasks: how much of a variance is explored, with few ratings among many candidates. */
  readonly #taskShare: number
  readonly #share: number

  constructor(learned: AdaptiveLearned, { input, rows }: Asked) {
    const { fit, statistics } = learned
    const task = statistics.tasks.get(input.taskType) ?? makeTaskStatistics(0)
    const taskFit = fit.tasks.get(input.taskType)
    this.#learned = learned
    this.#count = task.count
    this.#sum = task.sum
    this.#base = fit.mean + (taskFit?.effect ?? 0)
    this.#noise = taskFit?.noise ?? fit.noise
    this.#taskShare = task.total / (task.total + rows.length)
    this.#share = (statistics.total + 1) / (statistics.total + 1 + rows.length)
  }

  /** `-1` is a model that nothing was ever known of. */
  settle(row: number): void {
    const { fit } = this.#learned
    const count = this.#count[row] ?? 0
    const precision = count / this.#noise + 1 / fit.cellSpread
    const prior = 1 / (fit.cellSpread * precision)
    const expected = this.#base + (fit.effect[row] ?? 0)
    const modelVariance = fit.effectVariance[row] ?? fit.modelSpread
    this.mean = prior * expected + (this.#sum[row] ?? 0) / (this.#noise * precision)
    this.variance = this.#taskShare / precision + this.#share * prior * prior * modelVariance
  }
}

/** λ · cost / reference. */
class PriceTerm {
  readonly #price: Readonly<Float64Array>
  readonly #weight: number
  readonly #highest: number

  constructor(
    { prices }: AdaptiveLearned,
    { price }: CandidateTable,
    { costWeight }: ResolvedAdaptiveOptions,
  ) {
    this.#price = price
    this.#weight = prices.reference === undefined ? 0 : costWeight / prices.reference
    this.#highest = prices.highest
  }

  of(row: number): number {
    if (this.#weight === 0) return 0
    const price = this.#price[row] ?? Number.NaN
    return this.#weight * (Number.isNaN(price) ? this.#highest : price)
  }
}
