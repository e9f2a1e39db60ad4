import { seededRandom } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { freedomOf, studentQuantile } from './estimate.ts'
import { Estimators } from './estimators.ts'
import { MeanMoments } from './mean-moments.ts'

const observed = [
  { reward: 1, weight: 2, predicted: 0.5, predictedForTarget: 0.75 },
  { reward: 0, weight: 0.5, predicted: 0.25, predictedForTarget: 0.5 },
  { reward: 0.5, weight: 0, predicted: 0.5, predictedForTarget: 0.25 },
  { reward: 1, weight: 1.5, predicted: 1, predictedForTarget: 1 },
]

describe('estimators', () => {
  const estimators = new Estimators()
  for (const each of observed) estimators.add(each)

  it('are what their formulas say', () => {
    const { ips, snips, doublyRobust } = estimators.estimates()
    expect(ips.value).toBeCloseTo((2 + 0 + 0 + 1.5) / 4, 12)
    expect(snips.value).toBeCloseTo(3.5 / 4, 12)
    // 0.75 + 2·0.5, 0.5 − 0.5·0.25, 0.25, 1.
    expect(doublyRobust.value).toBeCloseTo((1.75 + 0.375 + 0.25 + 1) / 4, 12)
    expect(estimators.actual().value).toBeCloseTo(2.5 / 4, 12)
    expect(estimators.effectiveSampleSize).toBeCloseTo(16 / (4 + 0.25 + 2.25), 12)
    expect(estimators.meanWeight.value).toBe(1)
    expect(estimators.largestWeight).toBe(2)
    expect(estimators.largestShare).toBe(0.5)
  })

  it('have the errors that their formulas say', () => {
    const { ips, snips } = estimators.estimates()
    const terms = [2, 0, 0, 1.5].map((term) => (term - 0.875) ** 2)
    const squares = terms.reduce((sum, term) => sum + term, 0)
    expect(ips.standardError).toBeCloseTo(Math.sqrt(squares / 12), 12)
    const moved = 4 * 0.125 ** 2 + 0.25 * 0.875 ** 2 + 2.25 * 0.125 ** 2
    const size = 16 / 6.5
    expect(snips.standardError).toBeCloseTo(Math.sqrt((moved / 16) * (size / (size - 1))), 12)
  })

  it('cut no weight, however large', () => {
    const heavy = new Estimators()
    for (const each of observed) heavy.add(each)
    heavy.add({ reward: 1, weight: 10_000, predicted: 0, predictedForTarget: 0 })
    expect(heavy.estimates().ips.value).toBeCloseTo(10_003.5 / 5, 6)
    expect(heavy.largestWeight).toBe(10_000)
  })
})

it('moments that are added up one by one are those of all together', () => {
  const random = seededRandom(5)
  const values = Array.from({ length: 1_000 }, () => (random() < 0.01 ? 400 : random()))
  const moments = new MeanMoments()
  for (const value of values) moments.add(value)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const central = (power: number): number =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0)
  const spread = moments.spread()
  expect(spread.value).toBeCloseTo(mean, 9)
  expect(spread.variance).toBeCloseTo(central(2) / (1_000 * 999), 9)
  const freedom = freedomOf({ n: 1_000, squares: central(2), fourths: central(4) })
  expect(spread.freedom).toBeCloseTo(freedom, 6)
  expect(freedom).toBeLessThan(40)
})

it.each([
  [3, 3.182],
  [5, 2.571],
  [10, 2.228],
  [30, 2.042],
  [1e9, 1.96],
])('reaches as far as Student’s t with %d degrees of freedom', (freedom, quantile) => {
  expect(Math.abs(studentQuantile(freedom) / quantile - 1)).toBeLessThan(0.01)
})
