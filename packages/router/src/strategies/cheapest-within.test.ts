import type { Strategy } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { goingOn, requestOf } from './__fixtures__/rank-requests.ts'
import { adaptive } from './adaptive/adaptive.ts'
import { cheapestWithin } from './cheapest-within.ts'
import { fastest } from './fastest.ts'
import { priority } from './priority.ts'
import { sticky } from './sticky.ts'
import { weighted } from './weighted.ts'

const rowsOf = (strategy: Strategy, request = requestOf([])) => [...strategy.rank(request).rows]

describe('the cheapest of the good ones', () => {
  const models = requestOf([
    { priority: 0.9, price: 30 },
    { priority: 0.85, price: 3 },
    { priority: 0.8 },
    { priority: 0.8, price: 5 },
    { priority: 0.7, price: 1 },
  ])

  it('comes first, unknown prices after known ones, and the rest by quality', () => {
    expect(rowsOf(cheapestWithin({ tolerance: 0.1 }), models)).toEqual([1, 3, 0, 2, 4])
    expect(rowsOf(cheapestWithin({ tolerance: 0.2 }), models)).toEqual([4, 1, 3, 0, 2])
    expect(rowsOf(cheapestWithin({ tolerance: 0 }), models)).toEqual([0, 1, 3, 2, 4])
  })

  it('is found by the quality that was given', () => {
    const rated = requestOf([
      { priority: 0.9, price: 9, ratings: [0, 0] },
      { priority: 0.5, price: 5, ratings: [1, 1] },
      { priority: 0.9, price: 7 },
    ])
    const tolerance = 0.05
    expect(rowsOf(cheapestWithin({ tolerance }), rated)).toEqual([1, 2, 0])
    expect(rowsOf(cheapestWithin({ tolerance, of: priority() }), rated)).toEqual([2, 0, 1])
  })

  it('is found however far down the ranking by quality it is', () => {
    const many = Array.from({ length: 500 }, (_, row) => ({
      priority: 0.5 + (500 - row) / 100_000,
      price: row === 400 ? 1 : 2,
    }))
    const request = { ...requestOf(many), limit: 3 }
    expect(rowsOf(cheapestWithin({ tolerance: 0.1 }), request)).toEqual([400, 0, 1])
  })

  it('is never beaten by one as good and cheaper', () => {
    const row = fc.record({
      priority: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
      price: fc.constantFrom(0, 1, 2, 3, Number.NaN),
    })
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(0, 0.1, 0.3, 1),
        (rows, limit, tolerance) => {
          const request = { ...requestOf(rows), limit }
          const ranked = rowsOf(cheapestWithin({ tolerance }), request)
          expect(new Set(ranked).size).toBe(Math.min(limit, rows.length))
          const best = Math.max(...rows.map((model) => model.priority))
          const isGood = (model: { priority: number }) => model.priority >= best - tolerance - 1e-9
          const first = rows[ranked[0] ?? 0]
          expect(first !== undefined && isGood(first)).toBe(true)
          const cheaper = rows.filter(isGood).filter(({ price }) => price < (first?.price ?? 0))
          expect(cheaper).toEqual([])
          if (rows.some((model) => isGood(model) && !Number.isNaN(model.price))) {
            expect(first?.price).not.toBeNaN()
          }
        },
      ),
    )
  })
})

describe('chance', () => {
  it('is refused when it is made, and told when it comes later', () => {
    for (const of of [adaptive(), fastest()]) {
      expect(() => cheapestWithin({ tolerance: 0.1, of })).toThrow('`of` must be a strategy that')
    }
    expect(() => cheapestWithin({ tolerance: 0.1, of: fastest({ explore: 0 }) })).not.toThrow()
    const late: Strategy = {
      ...weighted(),
      rank: (request) => {
        if (request.rows.length > 4) request.random()
        return weighted().rank(request)
      },
    }
    const strategy = cheapestWithin({ tolerance: 0.1, of: late })
    expect(() => strategy.rank(requestOf([{}, {}, {}, {}, {}]))).toThrow('drew')
  })
})

it('leaves a decision that was forced as it is', () => {
  const request = goingOn(requestOf([{ price: 1 }, { price: 9 }]), 1)
  const strategy = cheapestWithin({ tolerance: 1, of: sticky(weighted()) })
  expect(strategy.rank(request)).toMatchObject({ isForced: true, propensity: 1 })
  expect(rowsOf(strategy, request)).toEqual([1, 0])
})

it('refuses an impossible tolerance, and tells versions apart', () => {
  for (const tolerance of [-0.1, Number.NaN, Infinity]) {
    expect(() => cheapestWithin({ tolerance })).toThrow('`tolerance`')
  }
  expect(cheapestWithin({ tolerance: 0.1 }).version).not.toBe(
    cheapestWithin({ tolerance: 0.2 }).version,
  )
})
