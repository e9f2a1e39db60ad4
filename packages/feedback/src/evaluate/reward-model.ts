import type { TaskType } from '@imrs/core'

interface Cell {
  readonly task: Effect
  readonly model: Effect
  count: number
  sum: number
  squares: number
}

/** What a task or a model adds to the mean, with the sums of a sweep. */
interface Effect {
  value: number
  weighted: number
  weight: number
}

/** Variance of cells around what their task and model say. */
const CELL_SPREAD = 0.02
/** Variance of models around the mean. */
const MODEL_SPREAD = 0.03
/** How firmly tasks are taken to be equally hard. */
const TASK_WEIGHT = 25
const PRIOR = { mean: 0.5, meanWeight: 5, noise: 0.2, noiseWeight: 20, leastNoise: 0.005 }
const SWEEPS = 10
/** The effects are fitted again when there are so many ratings more, or this share more. */
const REFIT_AFTER = 20
const REFIT_SHARE = 0.02

/**
 * What a rating is expected to be, by task and model: the average of the cell, drawn to what its task
 * and its model say elsewhere, the more the fewer ratings it has.
 *
 * It is asked about a decision before it is told its rating, and it knows earlier decisions only. So
 * no rating predicts itself, and what corrects its mistakes stays unbiased also where the log came
 * from a strategy that learned from those ratings. Memory grows with the number of cells alone.
 */
export class RewardModel {
  readonly #cells = new Map<TaskType, Map<string, Cell>>()
  readonly #tasks = new Map<string, Effect>()
  readonly #models = new Map<string, Effect>()
  #mean = PRIOR.mean
  #noise = PRIOR.noise
  #count = 0
  #sum = 0
  #sinceFit = 0

  predict(task: TaskType, modelId: string): number {
    const cell = this.#cells.get(task)?.get(modelId)
    const effects = (this.#tasks.get(task)?.value ?? 0) + (this.#models.get(modelId)?.value ?? 0)
    const expected = this.#mean + effects
    if (cell === undefined) return expected
    const precision = cell.count / this.#noise + 1 / CELL_SPREAD
    return (expected / CELL_SPREAD + cell.sum / this.#noise) / precision
  }

  observe(task: TaskType, modelId: string, reward: number): void {
    const cell = this.#cell(task, modelId)
    cell.count += 1
    cell.sum += reward
    cell.squares += reward * reward
    this.#count += 1
    this.#sum += reward
    this.#sinceFit += 1
    if (this.#sinceFit >= Math.max(REFIT_AFTER, this.#count * REFIT_SHARE)) this.#fit()
  }

  #cell(task: TaskType, modelId: string): Cell {
    const cells = entry(this.#cells, task, () => new Map<string, Cell>())
    return entry(cells, modelId, () => ({
      task: entry(this.#tasks, task, noEffect),
      model: entry(this.#models, modelId, noEffect),
      count: 0,
      sum: 0,
      squares: 0,
    }))
  }

  #fit(): void {
    this.#sinceFit = 0
    const cells = [...this.#cells.values()].flatMap((byModel) => [...byModel.values()])
    this.#mean = (this.#sum + PRIOR.mean * PRIOR.meanWeight) / (this.#count + PRIOR.meanWeight)
    this.#noise = noiseOf(cells)
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      this.#sweep(cells, 'task', TASK_WEIGHT)
      this.#sweep(cells, 'model', 1 / MODEL_SPREAD)
    }
  }

  /** Fits one kind of effects while the other stays. */
  #sweep(cells: readonly Cell[], kind: 'task' | 'model', priorWeight: number): void {
    const effects = kind === 'task' ? this.#tasks : this.#models
    for (const effect of effects.values()) {
      effect.weighted = 0
      effect.weight = priorWeight
    }
    for (const cell of cells) {
      const other = kind === 'task' ? cell.model : cell.task
      const weight = 1 / (CELL_SPREAD + this.#noise / cell.count)
      cell[kind].weighted += weight * (cell.sum / cell.count - this.#mean - other.value)
      cell[kind].weight += weight
    }
    for (const effect of effects.values()) effect.value = effect.weighted / effect.weight
  }
}

function noiseOf(cells: readonly Cell[]): number {
  let squares = PRIOR.noise * PRIOR.noiseWeight
  let freedom = PRIOR.noiseWeight
  for (const cell of cells) {
    squares += Math.max(0, cell.squares - cell.sum ** 2 / cell.count)
    freedom += cell.count - 1
  }
  return Math.max(PRIOR.leastNoise, squares / freedom)
}

function noEffect(): Effect {
  return { value: 0, weighted: 0, weight: 0 }
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
