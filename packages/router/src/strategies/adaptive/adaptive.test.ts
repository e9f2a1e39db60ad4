import type { CandidateTable, ConversationInput, ExperienceCell } from '@imrs/core'
import { strategyContract } from '@imrs/testing/contracts'
import { describe, expect, it } from 'vitest'

import { JUNE, cellOf, requestOf, tableOf } from './__fixtures__/tables.ts'
import type { AdaptiveOptions } from './adaptive-options.ts'
import { adaptive } from './adaptive.ts'

strategyContract({ name: 'adaptive', make: () => adaptive() })
strategyContract({ name: 'adaptive, by price as well', make: () => adaptive({ costQuality: 0.5 }) })

const sure = (modelId: string, rating: number): ExperienceCell =>
  cellOf('code', modelId, { count: 1e6, sum: rating * 1e9, sumOfSquares: rating * 1e12 })

interface Game extends AdaptiveOptions {
  readonly cells: readonly ExperienceCell[]
  readonly conversation?: ConversationInput
  readonly rows?: Uint32Array
}

function shares(table: CandidateTable, { cells, conversation, rows, ...options }: Game) {
  const strategy = adaptive(options)
  const learned = strategy.learn?.({ table, cells, atMs: JUNE })
  const found = new Float64Array(table.size)
  let forced = 0
  for (let seed = 0; seed < 400; seed += 1) {
    const request = requestOf(table, { seed, learned, ...(rows === undefined ? {} : { rows }) })
    const ranking = strategy.rank({ ...request, input: { ...request.input, conversation } })
    const row = ranking.rows[0] ?? 0
    found[row] = (found[row] ?? 0) + 1 / 400
    if (ranking.isForced === true) forced += 1 / 400
  }
  return { shares: [...found], forced }
}

describe('what is played', () => {
  it('is the best by its ratings, but for the floor', () => {
    const found = shares(tableOf(3), { cells: [sure('p/000', 0.5), sure('p/001', 0.8)] })
    expect(found.shares[1]).toBeGreaterThan(0.85)
  })

  it('is every model at times, where nothing is known', () => {
    const found = shares(tableOf(4), { cells: [] })
    expect(Math.min(...found.shares)).toBeGreaterThan(0.15)
  })

  it('is at first what has priority', () => {
    const table = tableOf(2, { priority: Float64Array.of(0.1, 0.9) })
    expect(shares(table, { cells: [] }).shares[1]).toBeGreaterThan(0.7)
  })

  it('learns of a task from others', () => {
    const cells = [sure('p/000', 0.3), sure('p/001', 0.9)].map((cell) => ({
      ...cell,
      taskType: 'math',
    }))
    expect(shares(tableOf(2), { cells }).shares[1]).toBeGreaterThan(0.6)
  })

  it('never is a model that was filtered out', () => {
    const cells = [sure('p/000', 0.5), sure('p/001', 0.9), sure('p/002', 0.6)]
    const found = shares(tableOf(3), { cells, rows: Uint32Array.of(0, 2) })
    expect(found.shares[1]).toBe(0)
    expect(found.shares[2]).toBeGreaterThan(0.9)
  })

  it('ranks the others by the draw that was played, the played one first', () => {
    const strategy = adaptive()
    const table = tableOf(6)
    for (let seed = 0; seed < 200; seed += 1) {
      const { scores } = strategy.rank(requestOf(table, { seed }))
      const others = scores.slice(1)
      expect(others).toEqual(others.toSorted((left, right) => right - left))
    }
  })
})

describe('the dial', () => {
  const table = tableOf(3, { price: Float64Array.of(1, 2, 20) })
  const cells = [sure('p/000', 0.5), sure('p/001', 0.6), sure('p/002', 0.8)]
  const bestAt = (costQuality: number) =>
    shares(table, { cells, costQuality }).shares.findIndex((share) => share > 0.9)

  it('at 0 takes the best, at 1 the cheapest, and between them what is worth its price', () => {
    expect([0, 0.2, 0.7, 1].map(bestAt)).toEqual([2, 1, 0, 0])
  })

  it('weighs the median price as it says: at one half 0.1', () => {
    // 0.1 apart at a price one median apart: one thousandth decides.
    const of = (rating: number) => [sure('p/000', 0.5), sure('p/001', rating), sure('p/002', 0)]
    const prices = tableOf(3, { price: Float64Array.of(1, 3, 2) })
    const found = (rating: number) =>
      shares(prices, { cells: of(rating), costQuality: 0.5, exploration: 0 }).shares
    expect(found(0.599)[0]).toBeGreaterThan(0.9)
    expect(found(0.601)[1]).toBeGreaterThan(0.9)
  })

  it('takes an unknown price for the highest, and plays no part where none is known', () => {
    const equal = [sure('p/000', 0.6), sure('p/001', 0.6), sure('p/002', 0.6)]
    const partly = tableOf(3, { price: Float64Array.of(Number.NaN, 4, 1) })
    expect(shares(partly, { cells: equal, costQuality: 0.5 }).shares[2]).toBeGreaterThan(0.9)
    const found = shares(tableOf(3), { cells, costQuality: 0.5 })
    expect(found.shares[2]).toBeGreaterThan(0.9)
  })

  it.each([
    [{ costQuality: 1.1 }, '`costQuality` must be a number from 0 to 1, got 1.1'],
    [{ epsilon: -0.1 }, '`epsilon` must be a number from 0 to 1, got -0.1'],
    [{ draws: 0.5 }, '`draws` must be a whole number of 1 or more, got 0.5'],
    [{ halfLifeMonths: 0 }, '`halfLifeMonths` must be a number above 0, got 0'],
    [{ drift: { slack: Number.NaN } }, '`drift.slack` must be a number above 0, got NaN'],
    [{ priors: { noise: -1 } }, '`priors.noise` must be a number above 0, got -1'],
  ])('and other options refuse what is out of their range: %j', (options, message) => {
    expect(() => adaptive(options)).toThrow(message)
  })

  it('and every other option are part of the version', () => {
    const versions = [{}, { costQuality: 0.2 }, { drift: { slack: 1 } }, { priors: { mean: 0.4 } }]
    expect(new Set(versions.map((options) => adaptive(options).version)).size).toBe(4)
    expect(adaptive({ draws: 32 }).version).toBe(adaptive().version)
  })
})

describe('a conversation', () => {
  const table = tableOf(2, { price: Float64Array.of(2, 2), cacheSaving: Float64Array.of(1.5, 0) })
  const cells = [sure('p/000', 0.6), sure('p/001', 0.65)]
  const conversation = { row: 0, isToolLoop: false, promptTokens: 1000, cachedTokens: 1000 }

  it('stays with its model in a loop of tool calls, whatever others are worth', () => {
    const found = shares(table, { cells, conversation: { ...conversation, isToolLoop: true } })
    expect(found).toEqual({ shares: [expect.closeTo(1, 9), 0], forced: expect.closeTo(1, 9) })
  })

  it('stays for a gain smaller than what the cached prompt is worth, and changes for a larger one', () => {
    // At one half the cache saves 0.1 · 1.5 / 2 = 0.075, which is more than 0.05.
    expect(shares(table, { cells, conversation, costQuality: 0.5 }).forced).toBeCloseTo(1, 9)
    const half = { ...conversation, cachedTokens: 500 }
    const found = shares(table, { cells, conversation: half, costQuality: 0.5 })
    expect(found.forced).toBe(0)
    expect(found.shares[1]).toBeGreaterThan(0.9)
  })

  it('is free where money is worth nothing, and where its model is no candidate any more', () => {
    expect(shares(table, { cells, conversation }).forced).toBe(0)
    const toolLoop = { ...conversation, isToolLoop: true }
    expect(shares(table, { cells, conversation: { ...toolLoop, row: undefined } }).forced).toBe(0)
    const rows = Uint32Array.of(1)
    expect(shares(table, { cells, rows, conversation: toolLoop })).toMatchObject({ forced: 0 })
  })

  it('that was forced is stated as certain, without a log', () => {
    const strategy = adaptive()
    const learned = strategy.learn?.({ table, cells, atMs: JUNE })
    const request = requestOf(table, { learned })
    const input = { ...request.input, conversation: { ...conversation, isToolLoop: true } }
    const ranking = strategy.rank({ ...request, input })
    expect(ranking).toMatchObject({ propensity: 1, isForced: true })
    expect(ranking.propensityLog).toBeUndefined()
    expect([...ranking.rows]).toEqual([0, 1])
  })
})

describe('a table with more models than were learned of', () => {
  it('keeps what is known of each by its id', () => {
    const strategy = adaptive()
    const table = tableOf(2)
    const cells = [sure('p/000', 0.2), sure('p/001', 0.9)]
    const learned = strategy.learn?.({ table, cells, atMs: JUNE })
    const wider = { ...tableOf(3), modelIds: ['a/user', ...table.modelIds] }
    const played = [0, 0, 0]
    for (let seed = 0; seed < 300; seed += 1) {
      const row = strategy.rank(requestOf(wider, { seed, learned })).rows[0] ?? 0
      played[row] = (played[row] ?? 0) + 1
    }
    expect(played[2]).toBeGreaterThan(played[0] ?? 0)
    expect(played[0]).toBeGreaterThan(played[1] ?? 0)
  })
})
