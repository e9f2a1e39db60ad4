import { ENOUGH_RATINGS } from './performance-api.ts'
import type { RatingFigure } from './performance-api.ts'

/** Sums of ratings, in thousandths. */
export interface RatingSums {
  readonly count: number
  readonly sum: number
  readonly sumOfSquares: number
}

/** The half-width, in standard deviations, of an interval that holds 95 % of a normal distribution. */
const Z_95 = 1.96

/** Imagined ratings of the largest spread there can be: few real ones must not look certain because they agree. */
const IMAGINED = 5

/** Average and spread of ratings, 0 to 1. */
export interface RatingSpread {
  readonly count: number
  readonly mean: number
  /** Of one rating, drawn towards the largest there can be, `mean · (1 − mean)`. */
  readonly variance: number
}

/** `undefined` without ratings. */
export function ratingSpread({ count, sum, sumOfSquares }: RatingSums): RatingSpread | undefined {
  if (count <= 0) return undefined
  const mean = sum / 1000 / count
  const squares = Math.max(0, sumOfSquares / 1_000_000 - count * mean * mean)
  const variance = (squares + IMAGINED * mean * (1 - mean)) / (count + IMAGINED)
  return { count, mean, variance }
}

/**
 * The mean with its 95 % interval: Wilson's score interval, as if each rating were as many yes-or-no
 * answers as its spread says. Stays between 0 and 1, and is never empty when all ratings agree.
 */
export function ratingFigure(sums: RatingSums): RatingFigure | undefined {
  const spread = ratingSpread(sums)
  if (spread === undefined) return undefined
  const { count, mean, variance } = spread
  const worst = mean * (1 - mean)
  const answers = variance > 0 && worst > 0 ? (count * worst) / variance : count
  const { low, high } = wilson(mean, answers, Z_95)
  const deviation = Math.sqrt(variance)
  return { mean, low, high, deviation, count, isKnown: count >= ENOUGH_RATINGS }
}

/** Wilson's interval of a share that was seen in this many answers. */
export function wilson(
  share: number,
  answers: number,
  z: number,
): { readonly low: number; readonly high: number } {
  if (answers <= 0) return { low: 0, high: 1 }
  const scale = 1 + (z * z) / answers
  const center = (share + (z * z) / (2 * answers)) / scale
  const half =
    (z / scale) * Math.sqrt((share * (1 - share)) / answers + (z * z) / (4 * answers * answers))
  // Rounding must not put the share outside its own interval.
  return {
    low: Math.max(0, Math.min(share, center - half)),
    high: Math.min(1, Math.max(share, center + half)),
  }
}
