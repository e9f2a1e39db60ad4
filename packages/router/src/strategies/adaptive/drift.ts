import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import type { AdaptiveLearned } from './learned.ts'

/** How far one model's ratings have fallen behind. Kept for each model and agent, moved on by each of its ratings in turn. */
export interface DriftState {
  /** S: standard deviations in sum, less the slack; never below 0. */
  readonly sum: number
  /** Σ (rating − average) since it was 0 last. */
  readonly residual: number
  /** Ratings since it was 0 last. */
  readonly ratings: number
}

/** A rating beside what was to be expected of it. */
export interface DriftObservation {
  /** The rating less the average of its cell before it, from -1 to 1. */
  readonly residual: number
  /** The standard deviation of ratings at its task. */
  readonly deviation: number
}

export interface DriftStep {
  readonly state: DriftState
  /** By how much the model's ratings fell, below 0; absent while there is no alarm. */
  readonly shift?: number | undefined
}

export const NO_DRIFT: DriftState = Object.freeze({ sum: 0, residual: 0, ratings: 0 })

/** One rating may say so much: a single thumbs-down is no change. */
const LARGEST_SURPRISE = 3

/** A one-sided CUSUM. After an alarm it begins anew. Pure. */
export function advanceDrift(
  state: DriftState,
  { residual, deviation }: DriftObservation,
  { threshold, slack }: Pick<ResolvedAdaptiveOptions['drift'], 'threshold' | 'slack'>,
): DriftStep {
  const surprise = Math.min(LARGEST_SURPRISE, Math.max(-LARGEST_SURPRISE, residual / deviation))
  const sum = Math.max(0, state.sum - surprise - slack)
  if (sum === 0) return { state: NO_DRIFT }
  const next = { sum, residual: state.residual + residual, ratings: state.ratings + 1 }
  if (sum <= threshold) return { state: next }
  return { state: NO_DRIFT, shift: next.residual / next.ratings }
}

/** A rating, as it is to be judged before it is counted. */
export interface RatedCell {
  readonly taskType: string
  readonly row: number
  /** From 0 to 1. */
  readonly rating: number
}

/** What a rating is measured against; `undefined` while too little is known of the model. */
export function driftObservation(
  { statistics, fit }: AdaptiveLearned,
  { taskType, row, rating }: RatedCell,
  { minRatings, minCellRatings }: ResolvedAdaptiveOptions['drift'],
): DriftObservation | undefined {
  const task = statistics.tasks.get(taskType)
  const count = task?.count[row] ?? 0
  if (count < minCellRatings) return undefined
  let ratings = 0
  for (const { count: counts } of statistics.tasks.values()) ratings += counts[row] ?? 0
  if (ratings <= minRatings) return undefined
  const noise = fit.tasks.get(taskType)?.noise ?? fit.noise
  return { residual: rating - (task?.sum[row] ?? 0) / count, deviation: Math.sqrt(noise) }
}
