import type { Strategy } from '@imrs/core'
import { seededRandom } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { goingOn, playMany, requestOf } from './__fixtures__/rank-requests.ts'
import { adaptive } from './adaptive/adaptive.ts'
import { experiment } from './experiment.ts'
import type { ExperimentOptions } from './experiment.ts'
import { fastest } from './fastest.ts'
import { priority } from './priority.ts'
import { sticky } from './sticky.ts'
import { weighted } from './weighted.ts'

/** `priority` prefers 0, `weighted` prefers 1. */
const models = requestOf([
  { priority: 0.9, ratings: [0, 0] },
  { priority: 0.4, ratings: [1, 1] },
])

const of = (unit: string, request = models) => ({ ...request, input: { ...request.input, unit } })

const make = (changes: Partial<ExperimentOptions> = {}) =>
  experiment({ name: 'rated', a: priority(), b: weighted(), share: 0.3, ...changes })

describe('the split', () => {
  it('gives each user one arm, in the share that was set, whatever the seed', () => {
    const strategy = make()
    let inB = 0
    for (let user = 0; user < 10_000; user += 1) {
      const arms = [1, 2, 3].map(
        (seed) => strategy.rank({ ...of(`u${user}`), random: seededRandom(seed) }).rows[0],
      )
      expect(new Set(arms).size).toBe(1)
      inB += arms[0] === 1 ? 1 : 0
    }
    expect(Math.abs(inB / 10_000 - 0.3)).toBeLessThan(0.015)
  })

  it('is another one under another name', () => {
    const arm = (name: string, user: number) =>
      make({ name, share: 0.5 }).rank(of(`u${user}`)).rows[0]
    const same = Array.from({ length: 4000 }, (_, user) => arm('x', user) === arm('y', user))
    expect(Math.abs(same.filter(Boolean).length / 4000 - 0.5)).toBeLessThan(0.03)
  })

  it('draws an arm for a request of nobody', () => {
    const played = playMany(make(), () => models)
    expect(Math.abs((played.get(1)?.frequency ?? 0) - 0.3)).toBeLessThan(0.015)
  })
})

describe('the propensity', () => {
  it('is the chance of the arm where the arms differ, and it is logged', () => {
    const played = playMany(make(), (user) => of(`u${user}`))
    expect([...(played.get(0)?.propensities ?? [])]).toEqual([0.7])
    expect([...(played.get(1)?.propensities ?? [])]).toEqual([0.3])
    const { propensityLog } = make().rank(models)
    expect(propensityLog).toMatchObject({ count: 1, draws: 1, epsilon: 0, candidates: 2 })
    expect([0.3, 0.7]).toContain(propensityLog?.share)
  })

  it('is 1 where both arms put the same model first', () => {
    const agreed = requestOf([{ priority: 0.9 }, { priority: 0.4 }])
    for (let user = 0; user < 20; user += 1) {
      const { propensity, propensityLog } = make().rank(of(`u${user}`, agreed))
      expect({ propensity, share: propensityLog?.share }).toEqual({ propensity: 1, share: 1 })
    }
  })

  it('is the product of the chances of arm and model where an arm draws', () => {
    const b = fastest({ explore: 0.4 })
    const timed = requestOf([{ latencyMs: 9, priority: 0.1 }, { latencyMs: 5 }])
    const strategy = make({ b, share: 0.25 })
    const frequencies = new Map<string, { frequency: number; propensity: number }>()
    const runs = 20_000
    for (let user = 0; user < runs; user += 1) {
      const ranking = strategy.rank({ ...of(`u${user}`, timed), random: seededRandom(user) })
      const key = `${ranking.strategy?.name} ${ranking.rows[0]}`
      const { frequency = 0 } = frequencies.get(key) ?? {}
      const { propensity } = ranking
      frequencies.set(key, { frequency: frequency + 1 / runs, propensity })
    }
    // `priority` plays row 1 as well, which the drawing arm might have played.
    expect(frequencies.get('experiment:rated/a:priority 1')?.propensity).toBeCloseTo(0.75, 12)
    expect(frequencies.get('experiment:rated/b:fastest 1')?.propensity).toBeCloseTo(0.25 * 0.8, 12)
    expect(frequencies.get('experiment:rated/b:fastest 0')?.propensity).toBeCloseTo(0.25 * 0.2, 12)
    for (const { frequency, propensity } of frequencies.values()) {
      expect(Math.abs(frequency - propensity)).toBeLessThan(0.012)
    }
  })

  it('is logged with the chance of the arm, and with what counts of it beside the other', () => {
    const timed = requestOf([{ latencyMs: 9, priority: 0.1 }, { latencyMs: 5 }])
    const logsOf = (changes: Partial<ExperimentOptions>, request = timed) => {
      const strategy = make({ share: 0.25, ...changes })
      const logs = new Map<string, readonly (number | undefined)[]>()
      for (let user = 0; user < 50; user += 1) {
        const ranking = strategy.rank({ ...of(`u${user}`, request), random: seededRandom(user) })
        const { armShare, armWeight } = ranking.propensityLog ?? {}
        logs.set(ranking.strategy?.name.slice(-10) ?? '', [armShare, armWeight])
      }
      return Object.fromEntries(logs)
    }
    const draws = fastest({ explore: 0.4 })
    expect(logsOf({ b: draws })).toEqual({ 'a:priority': [0.75, 0], '/b:fastest': [0.25, 1] })
    expect(logsOf({ a: draws, b: fastest({ explore: 0.5 }) })).toEqual({
      '/a:fastest': [0.75, 0.75],
      '/b:fastest': [0.25, 0.25],
    })
    const still = fastest({ explore: 0 })
    const apart = requestOf([{ latencyMs: 5, priority: 0.1 }, { latencyMs: 9 }])
    expect(logsOf({ b: still }, apart)).toEqual({
      'a:priority': [0.75, undefined],
      '/b:fastest': [0.25, undefined],
    })
    // Both put the same first: whichever arm it was, that was certain.
    expect(logsOf({ b: still })).toEqual({
      'a:priority': [undefined, undefined],
      '/b:fastest': [undefined, undefined],
    })
  })

  it('does not draw on the numbers of the arm that was not asked', () => {
    const one = make({ a: adaptive(), b: adaptive({ epsilon: 0.9 }) })
    const request = of('u1')
    const ranking = one.rank({ ...request, random: seededRandom(5) })
    const arm = ranking.strategy?.name.includes('/a:') ? adaptive() : adaptive({ epsilon: 0.9 })
    expect(ranking.rows).toEqual(arm.rank({ ...request, random: seededRandom(5) }).rows)
  })

  it('does not suffer from an arm that fails when it was not asked', () => {
    const broken: Strategy = {
      ...weighted(),
      rank: () => {
        throw new Error('broken')
      },
    }
    const strategy = make({ b: broken, share: 0.5 })
    const outcomes = Array.from({ length: 40 }, (_, user) => {
      try {
        return strategy.rank(of(`u${user}`)).propensity
      } catch {
        return 'failed'
      }
    })
    expect(new Set(outcomes)).toEqual(new Set([0.5, 'failed']))
  })
})

describe('the arms', () => {
  it('are told apart by the name a decision is put down to', () => {
    const names = Array.from(
      { length: 40 },
      (_, user) => make().rank(of(`u${user}`)).strategy?.name,
    )
    expect(new Set(names)).toEqual(
      new Set(['experiment:rated/a:priority', 'experiment:rated/b:weighted']),
    )
    expect(make().version).not.toBe(make({ share: 0.4 }).version)
  })

  it('learn apart, each from what it learned before', () => {
    const learner = (name: string): Strategy => ({
      ...weighted(),
      name,
      learn: (_, previous) => `${name} after ${String(previous)}`,
      rank: (request) => {
        expect(request.learned).toBe(`${name} after ${name} after undefined`)
        return weighted().rank(request)
      },
    })
    const strategy = make({ a: learner('one'), b: learner('two') })
    const source = { table: models.table, cells: [], atMs: 0 }
    const learned = strategy.learn?.(source, strategy.learn(source))
    for (let user = 0; user < 10; user += 1) strategy.rank({ ...of(`u${user}`), learned })
    expect('learn' in make()).toBe(false)
  })

  it('watch ratings by what they learned themselves, `b` before `a`', () => {
    const watched: unknown[] = []
    const watcher = (name: string): Strategy => ({
      ...weighted(),
      watch: (_, learned) => {
        watched.push([name, learned])
        return undefined
      },
    })
    const rated = { taskType: 'code', modelId: 'p/0', rating: 1 }
    const learned = { a: 'of a', b: 'of b' }
    make({ a: watcher('a'), b: watcher('b') }).watch?.(rated, learned)
    make({ a: watcher('a') }).watch?.(rated, learned)
    expect(watched).toEqual([
      ['b', 'of b'],
      ['a', 'of a'],
    ])
    expect('watch' in make()).toBe(false)
  })

  it('hand through what was forced, and what they want', () => {
    const strategy = make({ a: sticky(priority()), b: sticky(fastest()) })
    expect(strategy.rank(goingOn(models, 1))).toMatchObject({ isForced: true })
    expect(strategy.wantsLatency).toBe(true)
  })
})

it('refuses impossible options by name', () => {
  for (const share of [0, 1, Number.NaN]) expect(() => make({ share })).toThrow('`share`')
  for (const name of ['', 'a/b', 'x'.repeat(65)]) expect(() => make({ name })).toThrow('`name`')
})
