import type { RatingFigure } from '../performance/performance-api.ts'
import type { QualityDifference } from './recommend-api.ts'

/** How often one of all statements made together may be wrong. */
const RISK = 0.05

/**
 * By how much the first average is above the second, with one-sided bounds. `pairs` is how many pairs
 * are held against each other for one statement: each of them takes its part of the risk.
 */
export function differenceOf(
  first: RatingFigure,
  second: RatingFigure,
  pairs: number,
): QualityDifference {
  const value = first.mean - second.mean
  const error = Math.sqrt(
    first.deviation ** 2 / Math.max(1, first.count) +
      second.deviation ** 2 / Math.max(1, second.count),
  )
  const half = oneSidedZ(pairs) * error
  return { value, low: value - half, high: value + half }
}

/** How many standard deviations a normal value exceeds with a chance of 5 % divided by `parts`. */
export function oneSidedZ(parts: number): number {
  return upperNormalQuantile(RISK / Math.max(1, parts))
}

/** What a standard normal value exceeds with this chance, 0 to 0.5; Abramowitz and Stegun 26.2.23, to 4.5e-4. */
function upperNormalQuantile(chance: number): number {
  const root = Math.sqrt(-2 * Math.log(chance))
  const above = 2.515517 + root * (0.802853 + root * 0.010328)
  const below = 1 + root * (1.432788 + root * (0.189269 + root * 0.001308))
  return root - above / below
}
