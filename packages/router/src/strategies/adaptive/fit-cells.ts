import type { TaskType } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import type { Statistics } from './statistics.ts'
import type { TaskStatistics } from './task-statistics.ts'

/** The cells that have ratings, one after another, and what follows from them without any sweep. */
export interface FitCells {
  /** In the order of their names, so that the order of ratings plays no part. */
  readonly taskTypes: readonly TaskType[]
  /** By cell: the index of its task type. */
  readonly task: Uint32Array
  readonly row: Uint32Array
  readonly count: Float64Array
  /** ȳ. */
  readonly average: Float64Array
  /** σ² of the cell's task over its count. */
  readonly error: Float64Array
  /** μ. */
  readonly mean: number
  /** σ². */
  readonly noise: number
  /** σ² by task. */
  readonly taskNoise: Float64Array
}

type Priors = ResolvedAdaptiveOptions['priors']

/** Squares around the averages of cells, and how many ratings they leave free. */
interface Within {
  squares: number
  freedom: number
}

/** A rating that has decayed to less than this is forgotten. */
const LEAST_COUNT = 1e-6

export function makeCells({ tasks }: Statistics, priors: Priors): FitCells {
  const taskTypes = [...tasks.keys()].toSorted()
  const inOrder = taskTypes.flatMap((taskType) => tasks.get(taskType) ?? [])
  const within = inOrder.map(withinOf)
  const noise = Math.max(
    priors.minNoise,
    (total(within, 'squares') + priors.noise * priors.noiseWeight) /
      (total(within, 'freedom') + priors.noiseWeight),
  )
  const taskNoise = Float64Array.from(within, ({ squares, freedom }) =>
    Math.max(
      priors.minNoise,
      (squares + priors.noiseWeight * noise) / (freedom + priors.noiseWeight),
    ),
  )
  return {
    taskTypes,
    ...layOut(inOrder, taskNoise),
    mean: meanOf(inOrder, priors),
    noise,
    taskNoise,
  }
}

function layOut(
  tasks: readonly TaskStatistics[],
  taskNoise: Float64Array,
): Pick<FitCells, 'task' | 'row' | 'count' | 'average' | 'error'> {
  const size = tasks.reduce((sum, { count }) => sum + count.filter(isKept).length, 0)
  const [task, row] = [new Uint32Array(size), new Uint32Array(size)]
  const [counts, average, error] = [0, 0, 0].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let cell = 0
  for (const [index, { count, sum }] of tasks.entries()) {
    for (let place = 0; place < count.length; place += 1) {
      const ratings = count[place] ?? 0
      if (!isKept(ratings)) continue
      task[cell] = index
      row[cell] = place
      counts[cell] = ratings
      average[cell] = (sum[place] ?? 0) / ratings
      error[cell] = (taskNoise[index] ?? 0) / ratings
      cell += 1
    }
  }
  return { task, row, count: counts, average, error }
}

function isKept(count: number): boolean {
  return count > LEAST_COUNT
}

function meanOf(tasks: readonly TaskStatistics[], priors: Priors): number {
  let sum = priors.mean * priors.meanWeight
  let count = priors.meanWeight
  for (const task of tasks) {
    sum += task.sum.reduce((left, right) => left + right, 0)
    count += task.count.reduce((left, right) => left + right, 0)
  }
  return sum / count
}

function withinOf({ count, sum, squares }: TaskStatistics): Within {
  const within: Within = { squares: 0, freedom: 0 }
  for (let row = 0; row < count.length; row += 1) {
    const ratings = count[row] ?? 0
    if (!isKept(ratings)) continue
    const scatter = (squares[row] ?? 0) - (sum[row] ?? 0) ** 2 / ratings
    within.squares += Math.max(0, scatter)
    // A rating that has half decayed leaves nothing free rather than less than nothing.
    within.freedom += Math.max(0, ratings - 1)
  }
  return within
}

function total(all: readonly Within[], field: keyof Within): number {
  return all.reduce((sum, within) => sum + within[field], 0)
}
