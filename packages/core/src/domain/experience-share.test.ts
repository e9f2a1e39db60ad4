import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  NO_EXPERIENCE,
  NO_TALLY,
  plainShare,
  replaceRating,
  userWeightMilli,
  weightedCell,
  weightedShare,
} from './experience-share.ts'

describe('what a user adds', () => {
  it('is the average of all the ratings, by what they weigh together', () => {
    let tally = NO_TALLY
    for (const to of [1000, 1000, 0, 400]) tally = replaceRating(tally, { from: undefined, to })
    expect(tally).toEqual({ count: 4, sum: 2400, sumOfSquares: 2_160_000, weightMilli: 0 })
    expect(weightedShare({ ...tally, weightMilli: 1000 })).toEqual({
      ...NO_EXPERIENCE,
      weightMilli: 1000,
      weightedSum: 600,
      weightedSumOfSquares: 540_000,
    })
    const whole = weightedShare({ ...tally, weightMilli: 4000 })
    expect(whole).toMatchObject({ weightedSum: 2400, weightedSumOfSquares: 2_160_000 })
  })

  it('is nothing once all was taken back', () => {
    const one = replaceRating(NO_TALLY, { from: undefined, to: 700 })
    const none = replaceRating(one, { from: 700, to: undefined })
    expect(none).toEqual(NO_TALLY)
    expect(weightedShare(none)).toEqual(NO_EXPERIENCE)
  })

  it('is to the plain sums the rating alone', () => {
    expect(plainShare(undefined)).toEqual(NO_EXPERIENCE)
    expect(plainShare(0)).toEqual({ ...NO_EXPERIENCE, count: 1 })
    const half = { ...NO_EXPERIENCE, count: 1, sum: 500, sumOfSquares: 250_000 }
    expect(plainShare(500)).toEqual(half)
  })
})

describe('what a user weighs', () => {
  it.each([
    ['the first of all', { count: 1, othersCount: 0, othersMilli: 0 }, 1000],
    ['many of one user alone', { count: 1000, othersCount: 0, othersMilli: 0 }, 1000],
    ['many beside four others', { count: 1000, othersCount: 4, othersMilli: 4000 }, 1000],
    ['two where two are a twentieth', { count: 2, othersCount: 38, othersMilli: 38_000 }, 2000],
    ['three there', { count: 3, othersCount: 38, othersMilli: 38_000 }, 2000],
    ['two that fit in part', { count: 2, othersCount: 28, othersMilli: 28_500 }, 1500],
    ['two of a large cell', { count: 2, othersCount: 900, othersMilli: 900_000 }, 2000],
    ['none', { count: 0, othersCount: 900, othersMilli: 900_000 }, 0],
    ['five times as many as others', { count: 20, othersCount: 40, othersMilli: 10_000 }, 1000],
    ['ten times as many', { count: 40, othersCount: 40, othersMilli: 10_000 }, 500],
    ['a flood', { count: 1000, othersCount: 40, othersMilli: 10_000 }, 250],
    ['a flood into a large cell', { count: 9999, othersCount: 950, othersMilli: 950_000 }, 12_500],
  ])('%s', (_name, given, weight) => {
    expect(userWeightMilli({ ...given, maxUserShareMilli: 50 })).toBe(weight)
  })

  it('is whole where there is no bound', () => {
    const flood = { count: 9000, othersCount: 9, othersMilli: 9000 }
    expect(userWeightMilli({ ...flood, maxUserShareMilli: 1000 })).toBe(9e6)
  })

  it('is one rating or the share at most, whoever rates in whatever order', () => {
    const users = fc.array(fc.nat(30), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(users, fc.integer({ min: 1, max: 999 }), (order, maxUserShareMilli) => {
        const counts = new Map<number, number>()
        const weights = new Map<number, number>()
        for (const user of order) {
          const count = (counts.get(user) ?? 0) + 1
          counts.set(user, count)
          const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
          const othersMilli = all - (weights.get(user) ?? 0)
          const othersCount = [...counts.values()].reduce((sum, each) => sum + each, -count)
          const bounds = { count, othersCount, othersMilli, maxUserShareMilli }
          const weight = userWeightMilli(bounds)
          weights.set(user, weight)
          const share = (maxUserShareMilli * (othersMilli + weight)) / 1000
          expect(Number.isInteger(weight) && weight > 0).toBe(true)
          expect(weight).toBeLessThanOrEqual(Math.min(1000 * count, Math.max(1000, share)))
        }
      }),
    )
  })
})

it('a cell seen by its weights counts in ratings', () => {
  const cell = {
    scope: 'agent',
    tenantId: 't',
    agentId: 'a',
    taskType: 'code',
    modelId: 'p/m',
    month: '2026-03',
    epoch: 2,
  } as const
  const sums = { ...NO_EXPERIENCE, count: 9, sum: 9000, weightMilli: 1500, weightedSum: 300 }
  expect(weightedCell({ ...cell, ...sums, weightedSumOfSquares: 60_000 })).toEqual({
    ...cell,
    count: 1.5,
    sum: 300,
    sumOfSquares: 60_000,
  })
})
