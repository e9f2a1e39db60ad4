import { seededRandom } from '@imrs/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { ratingFigure } from './rating-interval.ts'

function sumsOf(ratings: readonly number[]) {
  return {
    count: ratings.length,
    sum: ratings.reduce((sum, rating) => sum + rating, 0),
    sumOfSquares: ratings.reduce((sum, rating) => sum + rating * rating, 0),
  }
}

const ratings = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 200 })

it('lies between 0 and 1, around the mean, and is not empty', () => {
  fc.assert(
    fc.property(ratings, (given) => {
      const figure = ratingFigure(sumsOf(given))
      if (figure === undefined) throw new Error('there are ratings')
      expect(figure.low).toBeGreaterThanOrEqual(0)
      expect(figure.low).toBeLessThanOrEqual(figure.mean)
      expect(figure.high).toBeGreaterThanOrEqual(figure.mean)
      expect(figure.high).toBeLessThanOrEqual(1)
      expect(figure.high - figure.low).toBeGreaterThan(0)
    }),
  )
})

it('narrows as the same ratings come again', () => {
  fc.assert(
    fc.property(ratings, (given) => {
      const once = ratingFigure(sumsOf(given))
      const thrice = ratingFigure(sumsOf([...given, ...given, ...given]))
      const widthOf = (figure = once) => (figure?.high ?? 0) - (figure?.low ?? 0)
      expect(widthOf(thrice)).toBeLessThan(widthOf(once))
    }),
  )
})

it('knows nothing of no ratings, and takes few for no knowledge', () => {
  expect(ratingFigure({ count: 0, sum: 0, sumOfSquares: 0 })).toBeUndefined()
  const of = (count: number) => ratingFigure({ count, sum: 500 * count, sumOfSquares: 0 })
  expect(of(29)?.isKnown).toBe(false)
  expect(of(30)?.isKnown).toBe(true)
})

it('is sure of little when few ratings agree', () => {
  const five = ratingFigure(sumsOf([1000, 1000, 1000, 1000, 1000]))
  expect(five?.low).toBeLessThan(0.6)
})

it.each<[string, number, (random: () => number) => number]>([
  ['thumbs, mostly up', 0.8, (random) => (random() < 0.8 ? 1000 : 0)],
  ['thumbs, nearly all up', 0.96, (random) => (random() < 0.96 ? 1000 : 0)],
  ['any number', 0.5, (random) => Math.round(random() * 1000)],
  ['half stars', 0.65, (random) => 300 + Math.floor(random() * 8) * 100],
])('holds the true mean of %s in 95 of 100 draws', (_what, mean, draw) => {
  const random = seededRandom(7)
  for (const count of [10, 30, 100]) {
    let held = 0
    for (let round = 0; round < 2_000; round += 1) {
      const figure = ratingFigure(sumsOf(Array.from({ length: count }, () => draw(random))))
      if (figure !== undefined && figure.low <= mean && mean <= figure.high) held += 1
    }
    expect(held / 2_000, `${count} ratings`).toBeGreaterThanOrEqual(0.93)
  }
})
