import type { OutcomeSet } from './outcome-set.ts'
import type { ReplayStream } from './replay-stream.ts'
import { earned } from './replay-stream.ts'

/** What is earned without learning, as mean scores over a stream. */
export interface ReferenceLines {
  /** Any model with equal chance. */
  readonly random: number
  /** The one model that is best in hindsight. */
  readonly bestSingle: number
  /** The best model of each task, in hindsight. */
  readonly taskOracle: number
  /** The best model of each request, which nobody can know. */
  readonly queryOracle: number
}

/**
 * The lines for the requests from one position of a stream up to another. A model that a request has
 * no score of, or that is not there yet, is stood in for by the mean of the others: so every line is
 * one that could be played, and none is above `queryOracle`.
 */
export function referenceLines(
  set: OutcomeSet,
  stream: ReplayStream,
  { from = 0, to = stream.rows.length }: { readonly from?: number; readonly to?: number } = {},
): ReferenceLines {
  const [width, length] = [set.models.length, to - from]
  const byTask = new Float64Array(set.tasks.length * width)
  let [random, queryOracle] = [0, 0]
  for (let position = from; position < to; position += 1) {
    const scores = scoresAt({ set, stream, position })
    const { mean, highest } = summarize(scores)
    random += mean
    queryOracle += highest
    const task = set.taskOf[stream.rows[position] ?? 0] ?? 0
    for (const [model, score] of scores.entries()) {
      byTask[task * width + model]! += Number.isNaN(score) ? mean : score
    }
  }
  const sums = new Float64Array(width)
  let taskOracle = 0
  for (let task = 0; task < set.tasks.length; task += 1) {
    const ofTask = byTask.subarray(task * width, (task + 1) * width)
    for (const [model, sum] of ofTask.entries()) sums[model]! += sum
    taskOracle += Math.max(...ofTask)
  }
  return {
    random: random / length,
    bestSingle: Math.max(...sums) / length,
    taskOracle: taskOracle / length,
    queryOracle: queryOracle / length,
  }
}

interface Place {
  readonly set: OutcomeSet
  readonly stream: ReplayStream
  readonly position: number
}

/** By model. */
function scoresAt({ set, stream, position }: Place): Float64Array {
  const scores = new Float64Array(set.models.length)
  for (let model = 0; model < scores.length; model += 1) {
    scores[model] = earned({ set, stream, position, model })
  }
  return scores
}

function summarize(scores: Float64Array): { readonly mean: number; readonly highest: number } {
  let [sum, count, highest] = [0, 0, Number.NEGATIVE_INFINITY]
  for (const score of scores) {
    if (Number.isNaN(score)) continue
    sum += score
    count += 1
    highest = Math.max(highest, score)
  }
  return { mean: sum / count, highest }
}

/** The mean of several streams' lines. */
export function meanLines(lines: readonly ReferenceLines[]): ReferenceLines {
  const mean = (line: keyof ReferenceLines): number =>
    lines.reduce((sum, one) => sum + one[line], 0) / lines.length
  return {
    random: mean('random'),
    bestSingle: mean('bestSingle'),
    taskOracle: mean('taskOracle'),
    queryOracle: mean('queryOracle'),
  }
}

/** Mean scores of each model, over all rows or those of one task, stood in for as in {@link referenceLines}. */
export function modelMeans(set: OutcomeSet, task?: number): Float64Array {
  const width = set.models.length
  const means = new Float64Array(width)
  let rows = 0
  for (let row = 0; row < set.size; row += 1) {
    if (task !== undefined && set.taskOf[row] !== task) continue
    const scores = set.scores.slice(row * width, (row + 1) * width)
    const { mean } = summarize(scores)
    for (const [model, score] of scores.entries()) {
      means[model]! += Number.isNaN(score) ? mean : score
    }
    rows += 1
  }
  return means.map((sum) => sum / rows)
}

/** The index of the largest number; the first of equal ones. */
export function indexOfLargest(numbers: ArrayLike<number>): number {
  let best = 0
  for (let index = 1; index < numbers.length; index += 1) {
    if ((numbers[index] ?? 0) > (numbers[best] ?? 0)) best = index
  }
  return best
}
