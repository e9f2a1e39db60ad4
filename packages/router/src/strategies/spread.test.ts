import type { LearningSource, PropensityLog, RankRequest, Strategy } from '@imrs/core'
import { seededRandom } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { goingOn, playMany, requestOf } from './__fixtures__/rank-requests.ts'
import { cellOf } from './adaptive/__fixtures__/tables.ts'
import { adaptive } from './adaptive/adaptive.ts'
import { priority } from './priority.ts'
import { spread } from './spread.ts'
import { sticky } from './sticky.ts'
import { weighted } from './weighted.ts'

/** One model at three providers, two of them equal; another at two; and one by itself. */
const models = requestOf([
  { priority: 0.9, price: 4, family: 0 },
  { priority: 0.9, price: 1, family: 0 },
  { priority: 0.3, price: 0, family: 0 },
  { priority: 0.6, family: 3 },
  { priority: 0.6, family: 3 },
  { priority: 0.5 },
])

function expectFrequencies(
  strategy: Strategy,
  request: RankRequest,
  chances: Readonly<Record<number, number>>,
): void {
  const played = playMany(strategy, () => request)
  expect([...played.keys()].toSorted((left, right) => left - right)).toEqual(
    Object.keys(chances).map(Number),
  )
  for (const [row, chance] of Object.entries(chances)) {
    const { frequency = 0, propensities = new Set() } = played.get(Number(row)) ?? {}
    expect([...propensities]).toEqual([chance])
    expect(Math.abs(frequency - chance)).toBeLessThan(0.015)
  }
}

describe('equal providers', () => {
  it('are drawn alike, with the chance that is stated', () => {
    expectFrequencies(spread(priority()), models, { 0: 0.5, 1: 0.5 })
  })

  it('are drawn by price', () => {
    expectFrequencies(spread(priority(), { by: 'price' }), models, { 0: 0.2, 1: 0.8 })
  })

  it.each([
    ['unknown prices count as the highest', [4, Number.NaN, 1], { 0: 1 / 6, 1: 1 / 6, 2: 2 / 3 }],
    ['no price at all is all alike', [Number.NaN, Number.NaN], { 0: 0.5, 1: 0.5 }],
    ['free ones share all', [0, 3, 0], { 0: 0.5, 2: 0.5 }],
  ])('%s', (_, prices, chances) => {
    const request = requestOf(prices.map((price) => ({ price, family: 0 })))
    const rounded = Object.fromEntries(
      Object.entries(chances).map(([row, chance]) => [row, Math.round(chance * 1e9) / 1e9]),
    )
    expectFrequencies(spread(priority(), { by: 'price' }), request, rounded)
  })

  it('keep the order of models: the reserve of low priority stays last', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { rows, scores } = spread(priority()).rank({ ...models, random: () => seed / 50 })
      const families = [...rows].map((row) => models.table.family?.[row])
      expect(families).toEqual([0, 0, 3, 3, 5, 0])
      expect(rows[5]).toBe(2)
      expect([...scores]).toEqual([0.9, 0.9, 0.6, 0.6, 0.5, 0.3])
    }
  })

  it('are judged by the ratings of all of them together', () => {
    const rated = requestOf([
      { family: 0, ratings: [1] },
      { family: 0, ratings: [0, 0, 0] },
      { ratings: [0.5, 0.5] },
    ])
    expect(weighted().rank(rated).rows[0]).toBe(0)
    expect(spread(weighted()).rank(rated).rows[0]).toBe(2)
    expect(spread(weighted()).rank(rated).scores[1]).toBeCloseTo(0.3 * 0.5 + 0.7 * 0.25, 12)
  })

  it('that are no candidates are never drawn, be it the cheapest', () => {
    const request = { ...models, rows: Uint32Array.of(0, 3, 5) }
    const { rows, propensity } = spread(priority(), { by: 'price' }).rank(request)
    expect([...rows]).toEqual([0, 3, 5])
    expect(propensity).toBe(1)
  })
})

function chanceIn(log: PropensityLog | undefined): number {
  if (log === undefined) return Number.NaN
  const { count, draws, epsilon, candidates, share = 1 } = log
  return share * (((1 - epsilon) * count) / draws + epsilon / candidates)
}

describe('around a strategy that draws', () => {
  it('states the chance of the model times that of the provider', () => {
    const request = requestOf([{ family: 0 }, { family: 0 }, {}, {}])
    const strategy = spread(adaptive({ epsilon: 0.2 }))
    const [counts, inverse] = [new Float64Array(4), new Float64Array(4)]
    const runs = 20_000
    for (let seed = 0; seed < runs; seed += 1) {
      const { rows, propensity, propensityLog } = strategy.rank({
        ...request,
        random: seededRandom(seed),
      })
      const row = rows[0] ?? 0
      counts[row] = (counts[row] ?? 0) + 1 / runs
      // Σ over a row's plays of 1 / p is 1 for each row, when p is exact.
      inverse[row] = (inverse[row] ?? 0) + 1 / propensity / runs
      expect(propensityLog?.candidates).toBe(3)
      expect(propensityLog?.share).toBe(row < 2 ? 0.5 : undefined)
      expect(propensity).toBeCloseTo(chanceIn(propensityLog), 12)
    }
    for (const sum of inverse) expect(Math.abs(sum - 1)).toBeLessThan(0.1)
    expect(Math.abs((counts[0] ?? 0) - (counts[1] ?? 0))).toBeLessThan(0.015)
  })

  it('teaches it what was learned of all providers of a model', () => {
    const { table } = requestOf([{ family: 0, price: 2 }, { family: 0, price: 1 }, {}])
    const seen: LearningSource[] = []
    const inner: Strategy = { ...adaptive(), learn: (source) => seen.push(source) }
    const cells = ['p/0', 'p/1', 'p/2', 'p/gone'].map((id) => cellOf('code', id, { ratings: [1] }))
    // What fell was the provider that speaks: the others' ratings are not from before its fall.
    const epochs = [1, 0, 0, 0]
    const shifts = ['p/0', 'p/1'].map((modelId) => ({ modelId, epoch: 1, shiftMilli: -9 }))
    spread(inner).learn?.({ table, cells, shifts, atMs: 0 })
    expect(seen[0]?.cells.map(({ modelId }) => modelId)).toEqual(['p/1', 'p/1', 'p/2', 'p/gone'])
    expect(seen[0]?.cells.map(({ epoch }) => epoch)).toEqual(epochs)
    expect(seen[0]?.shifts?.map(({ modelId }) => modelId)).toEqual(['p/1'])
  })
})

describe('a conversation', () => {
  it('that keeps its model keeps its provider', () => {
    const played = playMany(spread(priority()), () => goingOn(models, 0), 200)
    expect([...played]).toEqual([[0, expect.objectContaining({ propensities: new Set([1]) })]])
  })

  it('is the wrapped strategy’s to hold, by the model', () => {
    const { rows, isForced } = spread(sticky(priority())).rank(goingOn(models, 4))
    expect([...rows].slice(0, 2)).toEqual([4, 3])
    expect(isForced).toBe(true)
  })
})

it('ranks every row once, whatever is equal to what', () => {
  const row = fc.record({
    priority: fc.constantFrom(0.2, 0.5),
    price: fc.constantFrom(0, 1, 2, Number.NaN),
    family: fc.nat({ max: 3 }),
  })
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom('uniform' as const, 'price' as const),
      (rows, limit, by) => {
        const ranked = spread(weighted(), { by }).rank({ ...requestOf(rows), limit })
        expect(new Set(ranked.rows).size).toBe(Math.min(limit, rows.length))
        expect(ranked.rows).toHaveLength(Math.min(limit, rows.length))
      },
    ),
  )
})

it('refuses another way of spreading by name', () => {
  expect(() => spread(priority(), { by: 'turns' as 'price' })).toThrow('`by`')
})
