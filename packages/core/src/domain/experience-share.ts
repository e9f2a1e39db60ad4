import type { ExperienceCell, StoredExperienceCell } from './experience.ts'
import { effectiveFeedback, learnedFeedback } from './feedback.ts'
import type { StoredFeedbackEvent } from './feedback.ts'

/** The sums of one cell, or what one answer adds to them. Whole numbers. */
export type ExperienceSums = Pick<
  StoredExperienceCell,
  'count' | 'sum' | 'sumOfSquares' | 'weightMilli' | 'weightedSum' | 'weightedSumOfSquares'
>

/** What a full rating weighs, in thousandths. */
export const FULL_WEIGHT_MILLI = 1000

/** At most this share of a cell comes from one user, unless the host says otherwise: one in twenty, in thousandths. */
export const DEFAULT_MAX_USER_SHARE_MILLI = 50

export const NO_EXPERIENCE: ExperienceSums = Object.freeze({
  count: 0,
  sum: 0,
  sumOfSquares: 0,
  weightMilli: 0,
  weightedSum: 0,
  weightedSumOfSquares: 0,
})

/**
 * What one answer adds to its cells, given all its events in `seq` order. Experience is the sum of
 * this over all answers, whatever the order they were rated in.
 */
export function experienceShareOf(events: readonly StoredFeedbackEvent[]): ExperienceSums {
  const plain = effectiveFeedback(events)?.ratingMilli
  const learned = learnedFeedback(events)?.ratingMilli
  const weightMilli = learned === undefined ? 0 : (events.at(-1)?.weightMilli ?? 0)
  const rating = learned ?? 0
  return {
    count: plain === undefined ? 0 : 1,
    sum: plain ?? 0,
    sumOfSquares: (plain ?? 0) ** 2,
    weightMilli,
    weightedSum: Math.round((weightMilli * rating) / FULL_WEIGHT_MILLI),
    weightedSumOfSquares: Math.round((weightMilli * rating * rating) / FULL_WEIGHT_MILLI),
  }
}

export function addExperience(left: ExperienceSums, right: ExperienceSums): ExperienceSums {
  return combine(left, right, 1)
}

export function subtractExperience(left: ExperienceSums, right: ExperienceSums): ExperienceSums {
  return combine(left, right, -1)
}

export function isNoExperience(sums: ExperienceSums): boolean {
  // Never true of one half alone: a weight has its sums beside it, and so has a count.
  return (
    sums.count === 0 &&
    sums.sum === 0 &&
    sums.sumOfSquares === 0 &&
    sums.weightMilli === 0 &&
    sums.weightedSum === 0 &&
    sums.weightedSumOfSquares === 0
  )
}

function combine(left: ExperienceSums, right: ExperienceSums, sign: 1 | -1): ExperienceSums {
  return {
    count: left.count + sign * right.count,
    sum: left.sum + sign * right.sum,
    sumOfSquares: left.sumOfSquares + sign * right.sumOfSquares,
    weightMilli: left.weightMilli + sign * right.weightMilli,
    weightedSum: left.weightedSum + sign * right.weightedSum,
    weightedSumOfSquares: left.weightedSumOfSquares + sign * right.weightedSumOfSquares,
  }
}

/** What bears on the weight of one more rating; none of it counts the answer that is rated. */
export interface WeightBounds {
  /** What the user's other ratings in the cell weigh, in thousandths. */
  readonly userWeightMilli: number
  /** What all ratings in the cell weigh, the user's among them. */
  readonly cellWeightMilli: number
  /** The share of the cell that one user may have, in thousandths; 1000 is no bound. */
  readonly maxUserShareMilli: number
}

/**
 * What one more rating of a user weighs, in thousandths: as much as leaves the user with one full
 * rating, or with the user's share of the cell where that is more, and 1000 at most.
 */
export function feedbackWeightMilli(bounds: WeightBounds): number {
  const { userWeightMilli, cellWeightMilli, maxUserShareMilli: share } = bounds
  if (share >= FULL_WEIGHT_MILLI) return FULL_WEIGHT_MILLI
  const upToOne = FULL_WEIGHT_MILLI - userWeightMilli
  // The largest w for which user + w is at most the share of cell + w.
  const upToShare = Math.floor(
    (share * cellWeightMilli - FULL_WEIGHT_MILLI * userWeightMilli) / (FULL_WEIGHT_MILLI - share),
  )
  return Math.min(FULL_WEIGHT_MILLI, Math.max(0, upToOne, upToShare))
}

/** A cell as strategies that learn see it: hints among the ratings, and each counted by what it weighs. */
export function weightedCell(cell: StoredExperienceCell): ExperienceCell {
  const { scope, tenantId, agentId, taskType, modelId, month, epoch } = cell
  return {
    scope,
    tenantId,
    agentId,
    taskType,
    modelId,
    month,
    epoch,
    count: cell.weightMilli / FULL_WEIGHT_MILLI,
    sum: cell.weightedSum,
    sumOfSquares: cell.weightedSumOfSquares,
  }
}
