import { describe, expect, it } from 'vitest'

import { requestOf } from './__fixtures__/rank-requests.ts'
import { bestValue } from './best-value.ts'
import { cheapest } from './cheapest.ts'
import { weighted } from './weighted.ts'

const models = requestOf([
  { price: 4, priority: 0.92 },
  { price: 1, priority: 0.2 },
  { price: Number.NaN, priority: 1 },
  { price: 1, priority: 0.6 },
  { price: 0, priority: 0.1, ratings: [0] },
  { price: 0, priority: 0.1, ratings: [1] },
])

describe('cheapest', () => {
  it('goes by price, among equal prices by quality, and puts unknown prices last', () => {
    const { rows, scores, propensity, propensityLog } = cheapest().rank(models)
    expect([...rows]).toEqual([5, 4, 3, 1, 0, 2])
    expect([...scores]).toEqual([1, 1, 0.5, 0.5, 0.2, 0])
    expect([propensity, propensityLog]).toEqual([1, undefined])
  })

  it('gives the best of as many as are wanted', () => {
    expect([...cheapest().rank({ ...models, limit: 3 }).rows]).toEqual([5, 4, 3])
  })
})

describe('bestValue', () => {
  const order = (costQuality: number) => [...bestValue({ costQuality }).rank(models).rows]

  it('is `weighted` at 0 and price alone at 1', () => {
    expect(order(0)).toEqual([...weighted().rank(models).rows])
    // An unknown price counts as the highest.
    expect(order(1)).toEqual([5, 4, 3, 1, 2, 0])
  })

  it('takes off what a price is worth, of the median of those above 0', () => {
    // At 0.5 a median price, which is 1 here, is worth 0.1.
    const { rows, scores } = bestValue({ costQuality: 0.5 }).rank(models)
    expect([...rows]).toEqual([5, 2, 0, 3, 1, 4])
    const expected = [0.03 + 0.7, 1 - 0.4, 0.92 - 0.4, 0.6 - 0.1, 0.2 - 0.1, 0.03]
    for (const [place, score] of scores.entries())
      expect(score).toBeCloseTo(expected[place] ?? 0, 12)
  })

  it('goes by quality where no price is known', () => {
    const price = models.table.price.map(() => Number.NaN)
    const request = { ...models, table: { ...models.table, price } }
    expect([...bestValue({ costQuality: 0.9 }).rank(request).rows]).toEqual([
      ...weighted().rank(request).rows,
    ])
  })

  it.each([-0.1, 1.1, Number.NaN])('refuses a dial of %d', (costQuality) => {
    expect(() => bestValue({ costQuality })).toThrow('`costQuality`')
  })
})
