import { seededRandom } from '@imrs/core'
import type { ExperienceCell, Ranking, RankRequest, Strategy } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { presetStrategy } from '../presets/preset-strategy.ts'
import { goingOn, requestOf } from './__fixtures__/rank-requests.ts'
import { adaptive } from './adaptive/adaptive.ts'
import { bestValue } from './best-value.ts'
import { cheapestWithin } from './cheapest-within.ts'
import { cheapest } from './cheapest.ts'
import { experiment } from './experiment.ts'
import { fastest } from './fastest.ts'
import { priority } from './priority.ts'
import { spread } from './spread.ts'
import { sticky } from './sticky.ts'
import { weighted } from './weighted.ts'

/** The better, the dearer. */
const request = requestOf([
  { priority: 0.9, price: 30, ratings: [1, 1, 1, 0.9] },
  { priority: 0.6, price: 6, ratings: [0.8, 0.9, 0.7] },
  { priority: 0.5, price: 1, ratings: [0.7, 0.7] },
  { priority: 0.1, ratings: [0.2] },
])

const cells: readonly ExperienceCell[] = [0.95, 0.8, 0.7, 0.2].map((rating, row) => ({
  scope: 'agent',
  tenantId: 't',
  agentId: 'a',
  taskType: 'code',
  modelId: `p/${row}`,
  month: '1970-01',
  epoch: 0,
  count: 20,
  sum: 20_000 * rating,
  sumOfSquares: 20e6 * rating * rating,
}))

function ranked(
  strategy: Strategy,
  costQuality: number | undefined,
  asked: RankRequest = request,
): Ranking {
  const learned = strategy.learn?.({ table: asked.table, cells, atMs: 0 })
  const input = { ...asked.input, costQuality }
  return strategy.rank({ ...asked, input, learned, random: seededRandom(3) })
}

const DIALS = [0, 0.2, 0.5, 0.9, 1]

describe('the dial of a request', () => {
  it.each([
    ['adaptive', (options: { costQuality: number }) => adaptive({ ...options, epsilon: 0 })],
    ['bestValue', bestValue],
  ] as const)('makes of %s what its option would, whatever that is', (_name, make) => {
    for (const own of [0, 0.4, 1]) {
      for (const dial of DIALS) {
        const { costQuality, ...ranking } = ranked(make({ costQuality: own }), dial)
        expect(costQuality).toBe(dial)
        expect(ranking).toEqual(ranked(make({ costQuality: dial }), undefined))
      }
    }
    const first = (dial: number): number | undefined =>
      ranked(make({ costQuality: 0 }), dial).rows[0]
    expect([first(0), first(1)]).toEqual([0, 2])
  })

  it('counts for what leaving a cached prompt is worth, too', () => {
    const cacheSaving = new Float64Array(4).fill(20)
    const cached = goingOn({ ...request, table: { ...request.table, cacheSaving } }, 1)
    const conversation = { row: 1, isToolLoop: false, promptTokens: 100, cachedTokens: 100 }
    const asked = { ...cached, input: { ...cached.input, conversation } }
    for (const dial of DIALS) {
      const { costQuality: _, ...ranking } = ranked(adaptive(), dial, asked)
      expect(ranking).toEqual(ranked(adaptive({ costQuality: dial }), undefined, asked))
    }
  })

  it.each<readonly [string, (inner: Strategy) => Strategy]>([
    ['sticky', sticky],
    ['spread', spread],
    ['experiment', (b) => experiment({ name: 'x', a: b, b, share: 0.5 })],
  ])('reaches through %s, also where it forces', (_name, around) => {
    for (const asked of [request, goingOn(request, 3)]) {
      expect(ranked(around(adaptive()), 0.7, asked).costQuality).toBe(0.7)
      expect(ranked(around(weighted()), 0.7, asked).costQuality).toBeUndefined()
    }
    expect(ranked(around(bestValue({ costQuality: 0 })), 1).rows[0]).toBe(2)
  })

  it('reaches through cheapestWithin', () => {
    const strategy = cheapestWithin({ tolerance: 0.01, of: bestValue({ costQuality: 0 }) })
    expect(ranked(strategy, 0.5)).toMatchObject({ costQuality: 0.5 })
    expect(ranked(strategy, undefined).costQuality).toBeUndefined()
  })

  it('is for the arm of an experiment that has one', () => {
    const strategy = experiment({ name: 'x', a: weighted(), b: adaptive(), share: 0.5 })
    for (let index = 0; index < 20; index += 1) {
      const input = { ...request.input, unit: `user ${index}` }
      const ranking = ranked(strategy, 0.3, { ...request, input })
      const isB = ranking.strategy?.name.startsWith('experiment:x/b') === true
      expect(ranking.costQuality).toBe(isB ? 0.3 : undefined)
    }
  })

  it.each([weighted(), priority(), cheapest(), fastest()])('is nothing to $name', (strategy) => {
    expect(ranked(strategy, 1)).toEqual(ranked(strategy, undefined))
    expect(ranked(strategy, 1).costQuality).toBeUndefined()
  })
})

describe('the dial of a request for a preset', () => {
  it('takes the place of the dial of `best`, which is `weighted` without one', () => {
    const best = presetStrategy({ order: 'best' })
    const valued = presetStrategy({ order: 'best', costQuality: 0.9 })
    if (best === undefined || valued === undefined) throw new TypeError('They have strategies')
    expect(best).toMatchObject({ name: weighted().name, version: weighted().version })
    expect(ranked(best, undefined)).toEqual(ranked(weighted(), undefined))
    for (const strategy of [best, valued]) {
      const { rows, scores, costQuality } = ranked(strategy, 0.5)
      const expected = ranked(bestValue({ costQuality: 0.5 }), undefined)
      expect({ rows, scores }).toEqual({ rows: expected.rows, scores: expected.scores })
      expect(costQuality).toBe(0.5)
    }
    expect(ranked(best, 0.5).strategy).toEqual({ name: 'best-value', version: '1:0' })
  })
})
