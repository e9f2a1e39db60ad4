import { seededRandom } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { JUNE, cellOf, requestOf, tableOf } from './__fixtures__/tables.ts'
import type { AdaptiveOptions } from './adaptive-options.ts'
import { adaptive } from './adaptive.ts'
import { drawWinners } from './draw-winners.ts'
import { NORMALS } from './normals.ts'
import { Workspace } from './workspace.ts'

const RUNS = 20_000

function play(options: AdaptiveOptions, size = 4) {
  const table = tableOf(size)
  const cells = table.modelIds.map((id, row) =>
    cellOf('code', id, { ratings: [0.3 + 0.1 * row, 0.5, 0.9] }),
  )
  const strategy = adaptive(options)
  const learned = strategy.learn?.({ table, cells, atMs: JUNE })
  const played = new Float64Array(size)
  let inverse = 0
  for (let seed = 0; seed < RUNS; seed += 1) {
    const { rows, propensity } = strategy.rank(requestOf(table, { seed, learned }))
    const row = rows[0] ?? 0
    played[row] = (played[row] ?? 0) + 1
    inverse += 1 / propensity
  }
  return { played, inverse: inverse / RUNS, table, learned, strategy }
}

describe('propensities', () => {
  it.each([{ epsilon: 0.02 }, { epsilon: 0.3 }, { draws: 5, epsilon: 0.1 }])(
    'are the frequencies, given the draws: %j',
    (options) => {
      // Σ over models of P(played) · 1/p is the number of models that could be played.
      const { inverse, played } = play(options)
      expect(inverse).toBeGreaterThan(4 * 0.93)
      expect(inverse).toBeLessThan(4 * 1.07)
      expect(Math.min(...played)).toBeGreaterThan(0)
    },
  )

  it('say on average how often each model is played', () => {
    const size = 4
    const beliefs = {
      location: Float64Array.of(0.5, 0.55, 0.6, 0.52),
      deviation: Float64Array.of(0.1, 0.05, 0.08, 0.2),
    }
    const rows = Uint32Array.of(0, 1, 2, 3)
    const played = new Float64Array(size)
    const expected = new Float64Array(size)
    for (let seed = 0; seed < RUNS; seed += 1) {
      const source = {
        table: tableOf(size),
        rows,
        beliefs,
        contenders: rows,
        options: { draws: 32, epsilon: 0.1 },
      }
      const drawn = drawWinners({ ...source, random: seededRandom(seed) })
      played[drawn.place] = (played[drawn.place] ?? 0) + 1 / RUNS
      // Counted once more, without the code under test.
      const random = seededRandom(seed)
      for (let draw = 0; draw < 32; draw += 1) {
        const offset = Math.floor(random() * 65_536)
        const scores = [...rows].map(
          (place) =>
            (beliefs.location[place] ?? 0) +
            (beliefs.deviation[place] ?? 0) * (NORMALS[(offset + place) % 65_536] ?? 0),
        )
        const winner = scores.indexOf(Math.max(...scores))
        expected[winner] = (expected[winner] ?? 0) + 0.9 / 32 / RUNS
      }
      for (const place of rows) expected[place] = (expected[place] ?? 0) + 0.1 / size / RUNS
    }
    for (const place of rows) {
      const error = Math.sqrt(((expected[place] ?? 0) * (1 - (expected[place] ?? 0))) / RUNS)
      expect(Math.abs((played[place] ?? 0) - (expected[place] ?? 0))).toBeLessThan(4 * error)
    }
  })

  it('of a model that wins every draw are high also when it was a uniform draw that chose it', () => {
    const beliefs = { location: Float64Array.of(0.9, 0.1), deviation: Float64Array.of(0.01, 0.01) }
    const rows = Uint32Array.of(0, 1)
    const source = { table: tableOf(2), rows, beliefs, contenders: rows }
    const seen = new Map<number, Set<number>>()
    for (let seed = 0; seed < 200; seed += 1) {
      // Nothing but uniform draws, half of which land on the winner.
      const random = seededRandom(seed)
      const drawn = drawWinners({ ...source, random, options: { draws: 32, epsilon: 1 } })
      expect(drawn.propensity).toBe(0.5)
      const log = drawWinners({
        ...source,
        random: seededRandom(seed),
        options: { draws: 32, epsilon: 0.5 },
      })
      seen.set(log.place, (seen.get(log.place) ?? new Set()).add(log.propensity))
      expect(log.log.count).toBe(log.place === 0 ? 32 : 0)
    }
    // Had ε/K been logged for the uniform draws that chose the winner, there would be two values.
    expect(seen.get(0)).toEqual(new Set([0.75]))
    expect(seen.get(1)).toEqual(new Set([0.25]))
  })

  it('are kept with what they were made of', () => {
    const { strategy, table, learned } = play({}, 3)
    const rows = Uint32Array.of(0, 2)
    const ranking = strategy.rank(requestOf(table, { learned, rows }))
    const { count, draws, epsilon, candidates } = ranking.propensityLog ?? {
      count: 0,
      draws: 0,
      epsilon: 0,
      candidates: 0,
    }
    expect({ draws, epsilon, candidates }).toEqual({ draws: 32, epsilon: 0.02, candidates: 2 })
    expect(ranking.propensity).toBeCloseTo((0.98 * count) / 32 + 0.01, 12)
  })
})

describe('the numbers drawn', () => {
  it('are normal', () => {
    const moment = (power: number) =>
      NORMALS.reduce((sum, value) => sum + value ** power, 0) / NORMALS.length
    expect(moment(1)).toBeCloseTo(0, 9)
    expect(moment(2)).toBeCloseTo(1, 3)
    expect(moment(3)).toBeCloseTo(0, 6)
    expect(moment(4)).toBeCloseTo(3, 2)
    expect(NORMALS.filter((value) => value < -1.959964)).toHaveLength(1638)
    expect(Math.max(...NORMALS)).toBeLessThan(5)
  })

  it('let nobody win who was left out beforehand', () => {
    const random = seededRandom(5)
    for (let round = 0; round < 300; round += 1) {
      const workspace = new Workspace()
      const size = 2 + Math.floor(random() * 30)
      workspace.makeRoom(size)
      for (let place = 0; place < size; place += 1) {
        workspace.beliefs.location[place] = random()
        workspace.beliefs.deviation[place] = random() * 0.08
      }
      const rows = Uint32Array.from({ length: size }, (_, place) => place)
      const contenders = workspace.findContenders(size)
      const options = { draws: 32, epsilon: 0.02 }
      const source = { table: tableOf(size), rows, beliefs: workspace.beliefs, options }
      const pruned = drawWinners({ ...source, contenders, random: seededRandom(round) })
      const whole = drawWinners({ ...source, contenders: rows, random: seededRandom(round) })
      expect(pruned).toEqual(whole)
    }
  })
})
