import { ImrsError } from './errors/imrs-error.ts'

/**
 * A rating inside: an integer from 0 to 1000, so that sums over millions of ratings are exact.
 * Outside it is a number from 0 to 1.
 */
export type RatingMilli = number

/**
 * @throws ImrsError `invalid-request` for anything outside 0 to 1, NaN included.
 */
export function toRatingMilli(rating: number): RatingMilli {
  if (!(rating >= 0 && rating <= 1)) {
    throw new ImrsError(
      'invalid-request',
      `\`rating\` must be from 0 to 1, got ${String(rating)}`,
      {
        field: 'rating',
      },
    )
  }
  return Math.round(rating * 1000)
}

export function fromRatingMilli(rating: RatingMilli): number {
  return rating / 1000
}
