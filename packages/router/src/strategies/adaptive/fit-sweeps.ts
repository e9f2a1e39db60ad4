import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import type { FitCells } from './fit-cells.ts'

export interface SweepsSource {
  readonly cells: FitCells
  readonly newcomers: Readonly<Uint8Array>
  readonly priors: ResolvedAdaptiveOptions['priors']
  /** z: the standardised priority, by row. */
  readonly priority: Float64Array
  /** The same of published scores, 0 where none is known; absent where none tells models apart. */
  readonly published: Float64Array | undefined
}

/** Where the sweeps begin. */
const CELL_SPREAD_START = 0.02
const MODEL_SPREAD_START = 0.03

const CELL_SPREAD_BOUNDS = [0.001, 0.1] as const
const MODEL_SPREAD_BOUNDS = [0.001, 0.2] as const

/** One sweep finds task effects, model effects and spreads, each from the others as they stand. */
export class Sweeps {
  readonly taskEffect: Float64Array
  readonly effect: Float64Array
  readonly effectVariance: Float64Array
  cellSpread: number = CELL_SPREAD_START
  modelSpread: number = MODEL_SPREAD_START
  priorityEffect = 0
  publishedEffect = 0

  readonly #source: SweepsSource
  /** Σ w and Σ w · residual, by row; as the last sweep found them. */
  readonly #weight: Float64Array
  readonly #residual: Float64Array
  readonly #expected: Float64Array

  constructor(source: SweepsSource) {
    const size = source.priority.length
    this.#source = source
    this.taskEffect = new Float64Array(source.cells.taskTypes.length)
    this.effect = new Float64Array(size)
    this.effectVariance = new Float64Array(size)
    this.#weight = new Float64Array(size)
    this.#residual = new Float64Array(size)
    this.#expected = new Float64Array(size)
  }

  /** Gives by how much anything has moved. */
  sweep(): number {
    const tasks = this.#sweepTasks()
    this.#weighModels()
    this.#expectModels()
    const models = this.#sweepModels()
    return Math.max(tasks, models, this.#sweepSpreads())
  }

  #sweepTasks(): number {
    const { cells, priors } = this.#source
    const sums = new Float64Array(this.taskEffect.length)
    const weights = new Float64Array(this.taskEffect.length).fill(priors.taskWeight)
    for (let cell = 0; cell < cells.row.length; cell += 1) {
      const task = cells.task[cell] ?? 0
      const weight = 1 / (this.cellSpread + (cells.error[cell] ?? 0))
      const model = this.effect[cells.row[cell] ?? 0] ?? 0
      const residual = (cells.average[cell] ?? 0) - cells.mean - model
      sums[task] = (sums[task] ?? 0) + weight * residual
      weights[task] = (weights[task] ?? 0) + weight
    }
    return this.#settleTasks(sums, weights)
  }

  #settleTasks(sums: Float64Array, weights: Float64Array): number {
    let moved = 0
    for (const [task, sum] of sums.entries()) {
      const effect = sum / (weights[task] ?? 1)
      moved = Math.max(moved, Math.abs(effect - (this.taskEffect[task] ?? 0)))
      this.taskEffect[task] = effect
    }
    return moved
  }

  #weighModels(): void {
    const { cells } = this.#source
    this.#weight.fill(0)
    this.#residual.fill(0)
    for (let cell = 0; cell < cells.row.length; cell += 1) {
      const row = cells.row[cell] ?? 0
      const weight = 1 / (this.cellSpread + (cells.error[cell] ?? 0))
      const rest = (cells.average[cell] ?? 0) - cells.mean
      const residual = rest - (this.taskEffect[cells.task[cell] ?? 0] ?? 0)
      this.#weight[row] = (this.#weight[row] ?? 0) + weight
      this.#residual[row] = (this.#residual[row] ?? 0) + weight * residual
    }
  }

  /** g0: what priorities and published scores say, as far as they have proved right; a newcomer may be as good as the best. */
  #expectModels(): void {
    const { priority, published, priors } = this.#source
    this.#expected.fill(0)
    this.priorityEffect = this.#effectOf(priority, priors.priorityEffect, priors.priorityWeight)
    this.#expect(priority, this.priorityEffect)
    if (published === undefined || priors.publishedEffect === 0) return
    // Of what priorities leave unsaid.
    this.publishedEffect = this.#effectOf(published, priors.publishedEffect, priors.publishedWeight)
    this.#expect(published, this.publishedEffect)
  }

  #expect(scores: Float64Array, effect: number): void {
    for (let row = 0; row < scores.length; row += 1) {
      this.#expected[row] = (this.#expected[row] ?? 0) + effect * (scores[row] ?? 0)
    }
  }

  /** What one standard deviation of a score is worth, by the models that have ratings; never less than nothing. */
  #effectOf(scores: Float64Array, before: number, firmness: number): number {
    const { newcomers } = this.#source
    let product = before * firmness
    let square = firmness
    for (let row = 0; row < scores.length; row += 1) {
      const weight = this.#weight[row] ?? 0
      if (weight === 0 || newcomers[row] === 1) continue
      const certainty = 1 / (this.modelSpread + 1 / weight)
      const score = scores[row] ?? 0
      const residual = (this.#residual[row] ?? 0) / weight - (this.#expected[row] ?? 0)
      product += certainty * score * residual
      square += certainty * score * score
    }
    return Math.max(0, product / square)
  }

  #sweepModels(): number {
    const { newcomers } = this.#source
    let moved = 0
    let best = Number.NEGATIVE_INFINITY
    for (let row = 0; row < newcomers.length; row += 1) {
      if (newcomers[row] === 1) continue
      moved = Math.max(moved, this.#settle(row))
      if ((this.#weight[row] ?? 0) > 0) best = Math.max(best, this.effect[row] ?? 0)
    }
    for (let row = 0; row < newcomers.length; row += 1) {
      if (newcomers[row] !== 1) continue
      this.#expected[row] = Math.max(best, this.#expected[row] ?? 0)
      moved = Math.max(moved, this.#settle(row))
    }
    return moved
  }

  #settle(row: number): number {
    const precision = 1 / this.modelSpread + (this.#weight[row] ?? 0)
    const expected = (this.#expected[row] ?? 0) / this.modelSpread
    const effect = (expected + (this.#residual[row] ?? 0)) / precision
    const moved = Math.abs(effect - (this.effect[row] ?? 0))
    this.effect[row] = effect
    this.effectVariance[row] = 1 / precision
    return moved
  }

  #sweepSpreads(): number {
    const cellSpread = this.#cellSpread()
    const modelSpread = this.#modelSpread()
    const moved = Math.abs(cellSpread - this.cellSpread) + Math.abs(modelSpread - this.modelSpread)
    this.cellSpread = cellSpread
    this.modelSpread = modelSpread
    return moved
  }

  #cellSpread(): number {
    const { cells, priors } = this.#source
    let sum = priors.cellSpread * priors.cellSpreadWeight
    for (let cell = 0; cell < cells.row.length; cell += 1) {
      const error = cells.error[cell] ?? 1
      const precision = 1 / error + 1 / this.cellSpread
      const task = this.taskEffect[cells.task[cell] ?? 0] ?? 0
      const model = this.effect[cells.row[cell] ?? 0] ?? 0
      const residual = (cells.average[cell] ?? 0) - cells.mean - task - model
      const reach = 1 / (error * precision)
      const variance = this.effectVariance[cells.row[cell] ?? 0] ?? 0
      sum += reach * reach * (residual * residual + variance) + 1 / precision
    }
    return clipped(sum / (cells.row.length + priors.cellSpreadWeight), CELL_SPREAD_BOUNDS)
  }

  /** Models without ratings would say only what is assumed already, and newcomers are expected too good. */
  #modelSpread(): number {
    const { priors, newcomers } = this.#source
    let sum = priors.modelSpread * priors.modelSpreadWeight
    let models = priors.modelSpreadWeight
    for (let row = 0; row < newcomers.length; row += 1) {
      if (this.#weight[row] === 0 || newcomers[row] === 1) continue
      const surprise = (this.effect[row] ?? 0) - (this.#expected[row] ?? 0)
      sum += surprise ** 2 + (this.effectVariance[row] ?? 0)
      models += 1
    }
    return clipped(sum / models, MODEL_SPREAD_BOUNDS)
  }
}

function clipped(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, value))
}
