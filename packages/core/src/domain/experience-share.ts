import type { RatingMilli } from '../rating.ts'
import type { ExperienceCell, StoredExperienceCell } from './experience.ts'

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

/** What one user's ratings in one cell of an agent come to, hints among them. */
export interface UserTally {
  readonly count: number
  readonly sum: number
  readonly sumOfSquares: number
  /** What they weigh together, in thousandths of a rating. */
  readonly weightMilli: number
}

export const NO_TALLY: UserTally = Object.freeze({
  count: 0,
  sum: 0,
  sumOfSquares: 0,
  weightMilli: 0,
})

/** What an answer adds to the plain sums of its cells, by the rating that counts. */
export function plainShare(rating: RatingMilli | undefined): ExperienceSums {
  if (rating === undefined) return NO_EXPERIENCE
  return { ...NO_EXPERIENCE, count: 1, sum: rating, sumOfSquares: rating * rating }
}

/** What a user adds to the weighted sums of the cell: the average of all the user's ratings, by what they weigh together. */
export function weightedShare({
  count,
  sum,
  sumOfSquares,
  weightMilli,
}: UserTally): ExperienceSums {
  if (count === 0) return NO_EXPERIENCE
  const full = FULL_WEIGHT_MILLI * count
  return {
    ...NO_EXPERIENCE,
    weightMilli,
    weightedSum: Math.round((weightMilli * sum) / full),
    weightedSumOfSquares: Math.round((weightMilli * sumOfSquares) / full),
  }
}

/** A tally with one answer's rating replaced by another; `undefined` is none. What it weighs is left as it is. */
export function replaceRating(
  tally: UserTally,
  { from, to }: { readonly from: RatingMilli | undefined; readonly to: RatingMilli | undefined },
): UserTally {
  const [old, next] = [from ?? 0, to ?? 0]
  return {
    count: tally.count + (to === undefined ? 0 : 1) - (from === undefined ? 0 : 1),
    sum: tally.sum + next - old,
    sumOfSquares: tally.sumOfSquares + next * next - old * old,
    weightMilli: tally.weightMilli,
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

/** What bears on the weight of one user in one cell. */
export interface WeightBounds {
  /** How many ratings of the user are in the cell. */
  readonly count: number
  /** How many ratings of others are in it. */
  readonly othersCount: number
  /** What they weigh, in thousandths. */
  readonly othersMilli: number
  /** The share of the cell that one user may have, in thousandths; 1000 is no bound. */
  readonly maxUserShareMilli: number
}

/** With fewer others there is no crowd to compare a user with. */
const CROWD_MILLI = 5 * FULL_WEIGHT_MILLI

/** So many times as many ratings as others give for the same weight are no flood yet. */
const FLOOD_FACTOR = 5

/** A flood is not let weigh less than this part. */
const LEAST_OF_FLOOD = 0.25

/**
 * What a user's ratings in a cell weigh together, in thousandths: each a whole one, but together no
 * more than one rating, or than the user's share of the cell where that is more. Who gives more than
 * five times as many ratings as others give weighs less, down to a quarter.
 */
export function userWeightMilli(bounds: WeightBounds): number {
  const { count, othersMilli, maxUserShareMilli: share } = bounds
  const full = FULL_WEIGHT_MILLI * count
  if (share >= FULL_WEIGHT_MILLI) return full
  // The largest w that is at most the share of others + w.
  const upToShare = Math.floor((share * othersMilli) / (FULL_WEIGHT_MILLI - share))
  const most = Math.max(FULL_WEIGHT_MILLI, upToShare)
  return full <= most ? full : Math.floor(most * floodFactor(bounds, most))
}

function floodFactor({ count, othersCount, othersMilli }: WeightBounds, most: number): number {
  if (othersMilli < CROWD_MILLI) return 1
  const perWeight = Math.max(1 / FULL_WEIGHT_MILLI, othersCount / othersMilli)
  return Math.max(LEAST_OF_FLOOD, Math.min(1, (FLOOD_FACTOR * most * perWeight) / count))
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
