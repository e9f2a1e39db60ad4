import { describe, expect, it } from 'vitest'

import { playMany, requestOf } from './__fixtures__/rank-requests.ts'
import { fastest } from './fastest.ts'

const still = (options = {}) => fastest({ explore: 0, ...options })

describe('the fastest', () => {
  const request = requestOf([
    { latencyMs: 900, priority: 1 },
    { priority: 0.9 },
    { latencyMs: 300 },
    { latencyMs: 380, priority: 0.6 },
    { priority: 0.2 },
  ])

  it('comes first, and models of unknown speed last, by priority', () => {
    const { rows, scores, propensity } = still().rank(request)
    expect([...rows]).toEqual([2, 3, 0, 1, 4])
    expect(scores[0]).toBeCloseTo(1 / 1.3, 12)
    expect([...scores].slice(3)).toEqual([0, 0])
    expect(propensity).toBe(1)
  })

  it('shares its place with those about as fast, the higher priority first', () => {
    expect([...still({ withinMs: 80 }).rank(request).rows]).toEqual([3, 2, 0, 1, 4])
    expect([...still({ withinMs: 79 }).rank(request).rows]).toEqual([2, 3, 0, 1, 4])
    expect([...still({ withinMs: 10_000 }).rank(request).rows]).toEqual([0, 3, 2, 1, 4])
  })

  it('is the one of the highest priority where nothing is measured', () => {
    const unknown = requestOf([{ priority: 0.1 }, { priority: 0.8 }])
    expect([...still().rank(unknown).rows]).toEqual([1, 0])
    const { latencyMs: _, ...table } = unknown.table
    expect([...still().rank({ ...unknown, table }).rows]).toEqual([1, 0])
  })
})

describe('models that were never measured', () => {
  it('are tried at times, with the chance that is stated', () => {
    const request = { ...requestOf([{ latencyMs: 5 }, {}, { latencyMs: 9 }, {}]), limit: 1 }
    const played = playMany(fastest({ explore: 0.2 }), () => request)
    expect([...played.keys()].toSorted((left, right) => left - right)).toEqual([0, 1, 2, 3])
    for (const [row, { frequency, propensities }] of played) {
      const chance = row === 0 ? 0.85 : 0.05
      expect([...propensities]).toEqual([chance])
      expect(Math.abs(frequency - chance)).toBeLessThan(0.012)
    }
  })

  it('move the others down, and log how the chance came about', () => {
    const request = requestOf([{ latencyMs: 5 }, {}, {}])
    const numbers = [0, 0.99]
    const ranking = fastest({ explore: 0.3 }).rank({
      ...request,
      random: () => numbers.shift() ?? 0,
    })
    expect([...ranking.rows]).toEqual([2, 0, 1])
    expect(ranking.propensity).toBeCloseTo(0.1, 12)
    expect(ranking.propensityLog).toEqual({ count: 0, draws: 1, epsilon: 0.3, candidates: 3 })
  })
})

it('refuses impossible options by name', () => {
  expect(() => fastest({ withinMs: -1 })).toThrow('`withinMs`')
  expect(() => fastest({ explore: 1.1 })).toThrow('`explore`')
  expect(fastest().wantsLatency).toBe(true)
})
