import { seededRandom } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { PerformanceRow } from '../performance/performance-api.ts'
import { ratingFigure } from '../performance/rating-interval.ts'
import { oneSidedZ } from './compare-ratings.ts'
import { recommendFrom } from './recommend-from.ts'
import type { Evidence, Usable } from './task-figures.ts'

interface Figures {
  readonly taskType?: string
  readonly mean?: number
  readonly ratings?: number
  readonly costNanoUsd?: number | undefined
  readonly changes?: Partial<PerformanceRow>
}

/** A row whose ratings are thumbs, up and down. */
function row(modelId: string, given: Figures = {}): PerformanceRow {
  const { taskType = 'code', mean = 0.8, ratings = 200, changes } = given
  const up = Math.round(mean * ratings)
  const costNanoUsd = 'costNanoUsd' in given ? given.costNanoUsd : 1_000_000
  return {
    modelId,
    taskType,
    rating: ratingFigure({ count: ratings, sum: up * 1_000, sumOfSquares: up * 1_000_000 }),
    requests: 100,
    calls: 100,
    failures: 0,
    failuresByKind: {},
    aborted: 0,
    costNanoUsd: 100 * (costNanoUsd ?? 0),
    unpricedCalls: costNanoUsd === undefined ? 100 : 0,
    costPerRequestNanoUsd: costNanoUsd,
    inputTokens: 0,
    outputTokens: 0,
    unmeasuredCalls: 0,
    ...changes,
  }
}

function recommend(rows: readonly PerformanceRow[], changes: Partial<Evidence> = {}) {
  const ids = [...new Set(rows.map(({ modelId }) => modelId ?? ''))]
  const usable = ids.map((modelId): Usable => ({ modelId, displayName: modelId, priority: 50 }))
  return recommendFrom({ rows, usable, tolerance: 0.05, ...changes })
}

describe('cheaper models of equal quality', () => {
  const dear = row('dear', { mean: 0.8, ratings: 2_000, costNanoUsd: 10_000_000 })

  it('are named with the evidence and the saving', () => {
    const cheap = row('cheap', { mean: 0.81, ratings: 2_000, costNanoUsd: 1_000_000 })
    const [found, ...others] = recommend([dear, cheap])
    expect(others).toEqual([])
    expect(found).toMatchObject({
      kind: 'cheaper',
      taskType: 'code',
      modelId: 'cheap',
      insteadOf: 'dear',
      rating: { count: 2_000 },
      ratingInsteadOf: { mean: 0.8 },
      savingPer1000RequestsNanoUsd: 9_000_000_000,
      sentence:
        'Code: cheap, 0.81 from 2000 ratings, does as well as dear, 0.80 from 2000 ratings, and saves $9.00 in 1,000 requests; that dear is better by 0.05 or more is ruled out with 95 % confidence.',
    })
  })

  it('may be none: the cheapest of those that are as good is taken', () => {
    const bad = row('bad', { mean: 0.3, ratings: 2_000, costNanoUsd: 1 })
    const good = row('good', { mean: 0.82, ratings: 2_000, costNanoUsd: 2_000_000 })
    const kinds = recommend([dear, bad, good]).filter(({ kind }) => kind === 'cheaper')
    expect(kinds.map((each) => 'modelId' in each && each.modelId)).toEqual(['good'])
  })

  it.each<[string, Figures, Partial<Evidence>?]>([
    ['has too few ratings', { mean: 0.9, ratings: 29, costNanoUsd: 1 }],
    ['is as good by chance, for all that is known', { mean: 0.8, ratings: 40, costNanoUsd: 1 }],
    ['is worse', { mean: 0.7, ratings: 2_000, costNanoUsd: 1 }],
    ['costs nobody knows what', { mean: 0.9, ratings: 2_000, costNanoUsd: undefined }],
    ['costs nearly the same', { mean: 0.8, ratings: 2_000, costNanoUsd: 9_500_000 }],
    [
      'was asked too seldom to tell',
      { mean: 0.9, ratings: 2_000, costNanoUsd: 1, changes: { calls: 10 } },
    ],
    [
      'cannot be used',
      { mean: 0.9, ratings: 2_000, costNanoUsd: 1 },
      { usable: [{ modelId: 'dear', displayName: 'Dear', priority: 50 }] },
    ],
  ])('leave out one that %s', (_why, figures, changes) => {
    const found = recommend([dear, row('other', figures)], changes)
    expect(found.filter(({ kind }) => kind === 'cheaper')).toEqual([])
  })

  it('are wrong in no more than one of twenty cases where the dear one is better by the tolerance', () => {
    const random = seededRandom(11)
    const draw = (mean: number): number => {
      let up = 0
      for (let index = 0; index < 600; index += 1) up += random() < mean ? 1 : 0
      return up / 600
    }
    let wrong = 0
    for (let round = 0; round < 1_000; round += 1) {
      const rows = [
        row('dear', { mean: draw(0.75), ratings: 600, costNanoUsd: 10_000 }),
        row('one', { mean: draw(0.7), ratings: 600, costNanoUsd: 1_000 }),
        row('two', { mean: draw(0.7), ratings: 600, costNanoUsd: 2_000 }),
      ]
      wrong += recommend(rows).some((each) => each.kind === 'cheaper' && each.insteadOf === 'dear')
        ? 1
        : 0
    }
    expect(wrong / 1_000).toBeLessThanOrEqual(0.06)
  })
})

describe('models to drop', () => {
  it('are worse than the best by more than the tolerance', () => {
    const found = recommend([row('best', { mean: 0.9 }), row('worst', { mean: 0.4 })])
    expect(found).toMatchObject([
      {
        kind: 'drop',
        because: 'worse',
        taskType: 'code',
        modelId: 'worst',
        better: 'best',
        sentence:
          'Code: worst, 0.40 from 200 ratings, is worse than best, 0.90 from 200 ratings: by more than 0.05 with 95 % confidence.',
      },
    ])
  })

  it('are named wrongly in no more than one of twenty cases where all are equal', () => {
    const random = seededRandom(5)
    let wrong = 0
    for (let round = 0; round < 1_000; round += 1) {
      const rows = Array.from({ length: 8 }, (_, index) => {
        let up = 0
        for (let rating = 0; rating < 60; rating += 1) up += random() < 0.6 ? 1 : 0
        return row(`m${index}`, { mean: up / 60, ratings: 60 })
      })
      wrong += recommend(rows).some(({ kind }) => kind === 'drop') ? 1 : 0
    }
    expect(wrong / 1_000).toBeLessThanOrEqual(0.05)
  })

  it.each<[string, Partial<PerformanceRow>, number]>([
    ['often', { failures: 40, failuresByKind: { overloaded: 40 } }, 1],
    ['seldom', { failures: 10, failuresByKind: { overloaded: 10 } }, 0],
    ['for what was asked', { failures: 60, failuresByKind: { 'context-too-long': 60 } }, 0],
    ['of the caller', { aborted: 90, failures: 2, failuresByKind: { unavailable: 2 } }, 0],
    ['in few calls', { calls: 20, failures: 20, failuresByKind: { unavailable: 20 } }, 0],
  ])('fail; one that fails %s counts so', (_how, changes, expected) => {
    const found = recommend([row('m', { ratings: 0, changes })])
    expect(found.filter(({ kind }) => kind === 'drop')).toHaveLength(expected)
  })

  it('says how often one failed', () => {
    const changes = { failures: 25, failuresByKind: { overloaded: 25 } } as const
    const rows = ['code', 'write'].map((taskType) =>
      row('m', { taskType, ratings: 0, changes: { ...changes, calls: 50 } }),
    )
    expect(recommend(rows).at(-1)?.sentence).toMatch(
      /^m failed in 50 of 100 calls, 50 %: in more than 4\d % with 95 % confidence\.$/,
    )
  })
})

describe('models to try', () => {
  const used = row('used', { ratings: 100 })

  it('are among the best elsewhere, or stand higher than the one used most', () => {
    const elsewhere = [
      row('star', { taskType: 'write', mean: 0.95, ratings: 300 }),
      row('used', { taskType: 'write', mean: 0.5, ratings: 300 }),
    ]
    const usable = [
      { modelId: 'used', displayName: 'Used', priority: 50 },
      { modelId: 'star', displayName: 'Star', priority: 50 },
      { modelId: 'new', displayName: 'New', priority: 80 },
      { modelId: 'dull', displayName: 'Dull', priority: 50 },
    ]
    const tries = recommend([used, ...elsewhere], { usable }).filter(
      (each) => each.kind === 'try' && each.taskType === 'code',
    )
    expect(tries).toMatchObject([
      { modelId: 'star', because: 'good-elsewhere', goodAt: 'write', ratings: 0 },
      { modelId: 'new', because: 'priority', ratings: 0 },
    ])
    expect(tries[0]?.sentence).toBe(
      'Code: Star is worth a try: it has no ratings, and it is among the best at write.',
    )
  })

  it('are none at what is seldom asked for, and never more than three', () => {
    const usable = Array.from({ length: 9 }, (_, index) => ({
      modelId: `new-${index}`,
      displayName: 'New',
      priority: 90,
    }))
    const mine = { modelId: 'used', displayName: 'Used', priority: 50 }
    const countOf = (requests: number) =>
      recommend([row('used', { changes: { requests } })], { usable: [mine, ...usable] }).filter(
        ({ kind }) => kind === 'try',
      ).length
    expect(countOf(100)).toBe(3)
    expect(countOf(29)).toBe(0)
  })
})

it('says that too little is known, and compares nothing, below thirty ratings', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          mean: fc.double({ min: 0, max: 1, noNaN: true }),
          ratings: fc.integer({ min: 0, max: 29 }),
          costNanoUsd: fc.nat(),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      (given) => {
        const found = recommend(given.map((figures, index) => row(`m${index}`, figures)))
        expect(found[0]).toMatchObject({ kind: 'too-little-known', knownModels: 0 })
        expect(found.some(({ kind }) => kind === 'cheaper' || kind === 'drop')).toBe(false)
      },
    ),
  )
  const [alone] = recommend([row('only'), row('other', { ratings: 3 })])
  expect(alone?.sentence).toBe('Code: only only has the 30 ratings that it takes to compare.')
})

it('holds what it says of any rows: cheaper is cheaper, and nothing is both better and dropped', () => {
  const figures = fc.record({
    taskType: fc.constantFrom('code', 'write'),
    mean: fc.double({ min: 0, max: 1, noNaN: true }),
    ratings: fc.integer({ min: 0, max: 3_000 }),
    costNanoUsd: fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(figures, { maxLength: 8 }), (given) => {
      const rows = given.map((each, index) => row(`m${index}`, each))
      for (const found of recommend(rows)) {
        expect(found.sentence).toMatch(/\.$/)
        if (found.kind === 'cheaper') {
          expect(found.savingPer1000RequestsNanoUsd).toBeGreaterThan(0)
          expect(found.difference.high).toBeLessThan(0.05)
          expect(found.rating.isKnown && found.ratingInsteadOf.isKnown).toBe(true)
        }
        if (found.kind === 'drop' && found.because === 'worse') {
          expect(found.difference?.low).toBeGreaterThan(0.05)
          expect(found.better).not.toBe(found.modelId)
        }
      }
    }),
  )
})

it.each([
  [1, 1.6449],
  [2, 1.96],
  [10, 2.5758],
  [1000, 3.8906],
])('divides the risk of 5 %% by %d', (parts, z) => {
  expect(oneSidedZ(parts)).toBeCloseTo(z, 3)
})
