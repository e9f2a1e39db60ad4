import type { DriftState, DriftStep } from '@imrs/core'
import { NO_DRIFT } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import { CellPosterior } from './cell-posterior.ts'
import type { AdaptiveLearned } from './learned.ts'

/** A rating beside what was to be expected of it. */
export interface DriftObservation {
  /** The rating less what was believed before it. */
  readonly residual: number
  /** The standard deviation that it was believed to have. */
  readonly deviation: number
}

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

/**
 * What a rating is measured against; `undefined` while too little is known of the model. That is the
 * belief and not the plain average: a model that is played often is one whose ratings were lucky so
 * far, and would always seem to get worse.
 */
export function driftObservation(
  learned: AdaptiveLearned,
  { taskType, row, rating }: RatedCell,
  { minRatings, minCellRatings }: ResolvedAdaptiveOptions['drift'],
): DriftObservation | undefined {
  const { tasks } = learned.statistics
  if ((tasks.get(taskType)?.count[row] ?? 0) < minCellRatings) return undefined
  let ratings = 0
  for (const { count: counts } of tasks.values()) ratings += counts[row] ?? 0
  if (ratings <= minRatings) return undefined
  const posterior = new CellPosterior(learned, taskType, 0)
  posterior.settle(row)
  const { mean, noise, cellVariance, modelVariance } = posterior
  const deviation = Math.sqrt(noise + cellVariance + modelVariance)
  return { residual: rating - mean, deviation }
}
