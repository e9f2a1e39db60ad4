import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  FULL_WEIGHT_MILLI,
  NO_EXPERIENCE,
  addExperience,
  experienceShareOf,
  feedbackWeightMilli,
  subtractExperience,
  weightedCell,
} from './experience-share.ts'
import type { StoredFeedbackEvent } from './feedback.ts'

function event(changes: Partial<StoredFeedbackEvent>): StoredFeedbackEvent {
  return {
    id: 'event',
    tenantId: 'default',
    messageId: 'message',
    userId: 'user',
    feedbackType: 'explicit',
    ratingMilli: 700,
    atMs: 0,
    seq: 1,
    epoch: 0,
    weightMilli: 1000,
    ...changes,
  }
}

describe('what an answer adds', () => {
  it('is its rating, plain and by its weight', () => {
    expect(experienceShareOf([event({ weightMilli: 250 })])).toEqual({
      count: 1,
      sum: 700,
      sumOfSquares: 490_000,
      weightMilli: 250,
      weightedSum: 175,
      weightedSumOfSquares: 122_500,
    })
  })

  it('is nothing plain while there are only hints', () => {
    const hint = event({ feedbackType: 'implicit', signal: 'override', ratingMilli: 0 })
    expect(experienceShareOf([hint])).toEqual({ ...NO_EXPERIENCE, weightMilli: 1000 })
    const copied = event({ feedbackType: 'implicit', signal: 'copy', ratingMilli: 1000 })
    // The hint is the newer implicit signal for those that learn, and none for the plain average.
    const both = [copied, { ...hint, seq: 2, weightMilli: 400 }]
    expect(experienceShareOf(both)).toMatchObject({ count: 1, sum: 1000, weightMilli: 400 })
    expect(experienceShareOf(both)).toMatchObject({ weightedSum: 0 })
  })

  it('is nothing once all was taken back', () => {
    const retract = event({ signal: 'retract', ratingMilli: 0, seq: 2, weightMilli: 0 })
    expect(experienceShareOf([event({}), retract])).toEqual(NO_EXPERIENCE)
    expect(experienceShareOf([])).toEqual(NO_EXPERIENCE)
  })

  it('weighs what the last event says, also when an older rating counts again', () => {
    const copied = event({ feedbackType: 'implicit', ratingMilli: 300, weightMilli: 1000 })
    const rated = event({ seq: 2, weightMilli: 600 })
    const retract = event({ seq: 3, signal: 'retract', ratingMilli: 0, weightMilli: 500 })
    expect(experienceShareOf([copied, rated, retract])).toMatchObject({
      sum: 300,
      weightMilli: 500,
      weightedSum: 150,
    })
  })

  it('can be added and taken away again exactly', () => {
    const share = experienceShareOf([event({ weightMilli: 333, ratingMilli: 777 })])
    expect(subtractExperience(addExperience(NO_EXPERIENCE, share), share)).toEqual(NO_EXPERIENCE)
  })
})

describe('the weight of one more rating', () => {
  const share = { maxUserShareMilli: 50 }

  it.each([
    { of: 'the first of all', mine: 0, all: 0, weight: 1000 },
    { of: 'a second of the same user', mine: 1000, all: 1000, weight: 0 },
    { of: 'a second among a few others', mine: 1000, all: 10_000, weight: 0 },
    { of: 'a second in a large cell', mine: 1000, all: 40_000, weight: 1000 },
    { of: 'one more than a twentieth allows', mine: 2000, all: 40_000, weight: 0 },
    { of: 'one that fits in part', mine: 1000, all: 24_750, weight: 250 },
  ])('$of', ({ mine: userWeightMilli, all: cellWeightMilli, weight }) => {
    expect(feedbackWeightMilli({ userWeightMilli, cellWeightMilli, ...share })).toBe(weight)
  })

  it('is whole where there is no bound', () => {
    const bounds = { userWeightMilli: 9e6, cellWeightMilli: 9e6, maxUserShareMilli: 1000 }
    expect(feedbackWeightMilli(bounds)).toBe(FULL_WEIGHT_MILLI)
  })

  it('leaves nobody with more than one rating or the share, whoever rates in whatever order', () => {
    const users = fc.array(fc.nat(30), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(users, fc.integer({ min: 1, max: 999 }), (order, maxUserShareMilli) => {
        const weights = new Map<number, number>()
        let cell = 0
        for (const user of order) {
          const userWeightMilli = weights.get(user) ?? 0
          const bounds = { userWeightMilli, cellWeightMilli: cell, maxUserShareMilli }
          const weight = feedbackWeightMilli(bounds)
          expect(Number.isInteger(weight) && weight >= 0 && weight <= 1000).toBe(true)
          cell += weight
          weights.set(user, userWeightMilli + weight)
          expect(userWeightMilli + weight).toBeLessThanOrEqual(
            Math.max(1000, (maxUserShareMilli * cell) / 1000),
          )
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
