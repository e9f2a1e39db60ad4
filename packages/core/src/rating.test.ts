import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fromRatingMilli, toRatingMilli } from './rating.ts'

describe('ratings', () => {
  it.each([
    [0, 0],
    [1, 1_000],
    [0.5, 500],
    [0.0004, 0],
    [0.29, 290],
    [1 / 3, 333],
  ])('%d is %d thousandths', (rating, milli) => {
    expect(toRatingMilli(rating)).toBe(milli)
  })

  it.each([-0.001, 1.001, Number.NaN, Number.POSITIVE_INFINITY, -1, 1_000])(
    '%d is none',
    (rating) => {
      expect(() => toRatingMilli(rating)).toThrow(
        expect.objectContaining({ code: 'invalid-request', field: 'rating' }),
      )
    },
  )

  it('survive the way out and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (milli) => {
        expect(toRatingMilli(fromRatingMilli(milli))).toBe(milli)
      }),
    )
  })
})
