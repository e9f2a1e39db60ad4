import type { ExperienceCell } from '@imrs/core'
import { seededRandom } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { JUNE, cellOf, tableOf } from './__fixtures__/tables.ts'
import { resolveAdaptiveOptions } from './adaptive-options.ts'
import { beliefOf } from './cell-posterior.ts'
import { learn } from './learned.ts'

const options = resolveAdaptiveOptions()

function learned(size: number, cells: readonly ExperienceCell[], priority?: readonly number[]) {
  const table = tableOf(
    size,
    priority === undefined ? {} : { priority: Float64Array.from(priority) },
  )
  return learn({ table, cells, atMs: JUNE }, undefined, options)
}

interface Rated {
  readonly task: string
  readonly model: number
  readonly ratings: readonly number[]
}

/** The formulas once more, word for word and as slowly as they read. */
function reference(size: number, rated: readonly Rated[], z: readonly number[]) {
  const clip = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
  const sum = (values: readonly number[]) => values.reduce((left, right) => left + right, 0)
  const cells = rated.map(({ task, model, ratings }) => {
    const [n, s] = [ratings.length, sum(ratings)]
    return { task, model, n, s, y: s / n, within: sum(ratings.map((r) => r * r)) - (s * s) / n }
  })
  const tasks = [...new Set(cells.map(({ task }) => task))]
  const mu = (sum(cells.map(({ s }) => s)) + 2.5) / (sum(cells.map(({ n }) => n)) + 5)
  const scatter = (of: typeof cells) => sum(of.map(({ within }) => within))
  const freedom = (of: typeof cells) => sum(of.map(({ n }) => n - 1))
  const noise = Math.max(0.005, (scatter(cells) + 4) / (freedom(cells) + 20))
  const noiseOf = new Map(
    tasks.map((task) => {
      const of = cells.filter((cell) => cell.task === task)
      return [task, Math.max(0.005, (scatter(of) + 20 * noise) / (freedom(of) + 20))] as const
    }),
  )
  const noiseAt = (task: string) => noiseOf.get(task) ?? noise
  const b = new Map(tasks.map((task) => [task, 0]))
  const g = Array.from({ length: size }, () => 0)
  const V = Array.from({ length: size }, () => 0)
  let [tauD, tauG] = [0.02, 0.03]
  for (let sweep = 0; sweep < 2000; sweep += 1) {
    const w = ({ task, n }: (typeof cells)[number]) => 1 / (tauD + noiseAt(task) / n)
    for (const task of tasks) {
      const of = cells.filter((cell) => cell.task === task)
      const above = sum(of.map((cell) => w(cell) * (cell.y - mu - (g[cell.model] ?? 0))))
      b.set(task, above / (25 + sum(of.map(w))))
    }
    const models = g.map((_, model) => {
      const of = cells.filter((cell) => cell.model === model)
      const weight = sum(of.map(w))
      const rest = sum(of.map((cell) => w(cell) * (cell.y - mu - (b.get(cell.task) ?? 0))))
      return { weight, rest, v: 1 / (tauG + 1 / weight), z: z[model] ?? 0 }
    })
    const seen = models.filter(({ weight }) => weight > 0)
    const above = 20 + sum(seen.map(({ v, z: score, rest, weight }) => (v * score * rest) / weight))
    const beta = Math.max(0, above / (400 + sum(seen.map(({ v, z: score }) => v * score * score))))
    for (const [model, { weight, rest, z: score }] of models.entries()) {
      g[model] = ((beta * score) / tauG + rest) / (1 / tauG + weight)
      V[model] = 1 / (1 / tauG + weight)
    }
    const squares = cells.map(({ task, model, n, s }) => {
      const pr = n / noiseAt(task) + 1 / tauD
      const reach = n / (noiseAt(task) * pr)
      const delta = (s - n * (mu + (b.get(task) ?? 0) + (g[model] ?? 0))) / (noiseAt(task) * pr)
      return delta ** 2 + 1 / pr + reach ** 2 * (V[model] ?? 0)
    })
    const nextD = clip((sum(squares) + 0.03 * 5) / (cells.length + 5), 0.001, 0.1)
    const surprises = models.flatMap(({ weight, z: score }, model) =>
      weight > 0 ? [((g[model] ?? 0) - beta * score) ** 2 + (V[model] ?? 0)] : [],
    )
    tauG = clip((sum(surprises) + 0.09) / (surprises.length + 3), 0.001, 0.2)
    tauD = nextD
  }
  const belief = (task: string, model: number) => {
    const cell = cells.find((one) => one.task === task && one.model === model)
    const [n, s] = [cell?.n ?? 0, cell?.s ?? 0]
    const pr = n / noiseAt(task) + 1 / tauD
    const u = 1 / (tauD * pr)
    const mean = u * (mu + (b.get(task) ?? 0) + (g[model] ?? 0)) + s / (noiseAt(task) * pr)
    return { mean, variance: 1 / pr + u * u * (V[model] ?? 0) }
  }
  return { mu, noise, tauD, tauG, g, V, belief }
}

function someRatings(seed: number, size: number): readonly Rated[] {
  const random = seededRandom(seed)
  return ['code', 'math', 'talk', 'law'].flatMap((task) =>
    Array.from({ length: size }, (_, model) => model)
      .filter(() => random() < 0.7)
      .map((model) => ({
        task,
        model,
        ratings: Array.from(
          { length: 1 + Math.floor(random() * 30) },
          () => Math.round(1000 * Math.min(1, random() * (0.6 + 0.08 * model))) / 1000,
        ),
      })),
  )
}

describe('the hierarchical model', () => {
  it.each([1, 2, 3])('is what the formulas say, read slowly (data %i)', (seed) => {
    const priorities = [0.1, 0.4, 0.4, 0.5, 0.9, 1]
    const rated = someRatings(seed, 5)
    const ids = tableOf(6).modelIds
    const cells = rated.map(({ task, model, ratings }) =>
      cellOf(task, ids[model] ?? '', { ratings }),
    )
    const average = priorities.reduce((left, right) => left + right) / 6
    const deviation = Math.sqrt(
      priorities.reduce((total, value) => total + (value - average) ** 2, 0) / 6,
    )
    const expected = reference(
      6,
      rated,
      priorities.map((value) => (value - average) / deviation),
    )
    const found = learned(6, cells, priorities)
    expect(found.fit.mean).toBeCloseTo(expected.mu, 10)
    expect(found.fit.noise).toBeCloseTo(expected.noise, 10)
    expect(found.fit.cellSpread).toBeCloseTo(expected.tauD, 7)
    expect(found.fit.modelSpread).toBeCloseTo(expected.tauG, 7)
    for (const taskType of ['code', 'math', 'talk', 'law', 'never seen']) {
      for (let row = 0; row < 6; row += 1) {
        const belief = beliefOf(found, { taskType, row })
        const { mean, variance } = expected.belief(taskType, row)
        expect(belief.mean).toBeCloseTo(mean, 7)
        expect(belief.variance).toBeCloseTo(variance, 7)
      }
    }
  })

  it('without ratings expects one half, and more of a model of higher priority', () => {
    const { fit } = learned(2, [], [0.9, 0.1])
    expect(fit.mean).toBe(0.5)
    expect(fit.effect[0]).toBeCloseTo(0.05, 12)
    expect(fit.effect[1]).toBeCloseTo(-0.05, 12)
    expect(fit.cellSpread).toBeCloseTo(0.03, 12)
    expect(fit.modelSpread).toBeCloseTo(0.03, 12)
  })

  describe('with published scores', () => {
    const published = Float64Array.of(0.9, 0.5, 0.1, Number.NaN)
    const scored = (cells: readonly ExperienceCell[], scores?: Float64Array, given = options) =>
      learn({ table: tableOf(4, { published: scores }), cells, atMs: JUNE }, undefined, given)
    const meansOf = (...args: Parameters<typeof scored>) =>
      [0, 1, 2, 3].map((row) => beliefOf(scored(...args), { taskType: 'code', row }).mean)
    /** Ratings that say the opposite of the scores. */
    const against = (each: number) =>
      [0.2, 0.4, 0.6].map((mean, row) =>
        cellOf('code', `p/00${row}`, {
          ratings: Array.from({ length: each * 10 }, (_, index) =>
            index % 10 < mean * 10 ? 1 : 0,
          ),
        }),
      )

    it('expects more of a model that others have found better, before any rating', () => {
      const [best, middle, worst, unknown] = meansOf([], published)
      expect(best).toBeCloseTo(0.5 + 0.07 * Math.sqrt(1.5), 9)
      expect(worst).toBeCloseTo(0.5 - 0.07 * Math.sqrt(1.5), 9)
      expect(middle).toBeCloseTo(0.5, 9)
      expect(unknown).toBeCloseTo(0.5, 9)
    })

    it('believes ratings rather than wrong scores, after ten for each model', () => {
      const [best = 0, , worst = 1] = meansOf(against(1), published)
      expect(worst).toBeGreaterThan(best)
      const plain = meansOf(against(10))
      for (const [row, mean] of meansOf(against(10), published).entries()) {
        expect(Math.abs(mean - (plain[row] ?? 0))).toBeLessThan(0.02)
      }
      const { publishedEffect } = scored(against(10), published).fit
      expect(publishedEffect).toBeLessThan(0.07)
    })

    it('leaves them out where they tell no models apart, and at an effect of 0', () => {
      const cells = against(1)
      const without = meansOf(cells)
      expect(meansOf(cells, new Float64Array(4).fill(0.7))).toEqual(without)
      expect(meansOf(cells, Float64Array.of(Number.NaN, 0.4, Number.NaN, Number.NaN))).toEqual(
        without,
      )
      const off = resolveAdaptiveOptions({ priors: { publishedEffect: 0 } })
      expect(meansOf(cells, published, off)).toEqual(without)
    })
  })

  it('takes a model that comes later, and has few ratings, to be as good as the best', () => {
    const table = tableOf(3, { createdAtMs: Float64Array.of(0, 0, Date.UTC(2026, 6, 2)) })
    const cells = [
      cellOf('code', 'p/000', { ratings: Array.from({ length: 40 }, () => 0.9) }),
      cellOf('code', 'p/001', { ratings: Array.from({ length: 40 }, () => 0.2) }),
    ]
    const { fit } = learn({ table, cells, atMs: Date.UTC(2026, 6, 3) }, undefined, options)
    expect(fit.effect[2]).toBeCloseTo(fit.effect[0] ?? 0, 9)
    const rated = [...cells, cellOf('code', 'p/002', { ratings: Array(25).fill(0.2) })]
    const later = learn({ table, cells: rated, atMs: Date.UTC(2026, 6, 3) }, undefined, options)
    expect(later.fit.effect[2]).toBeLessThan(0)
  })

  it('gives permuted models permuted beliefs', () => {
    const rated = someRatings(9, 6)
    const order = [3, 0, 5, 1, 4, 2]
    const ids = tableOf(6).modelIds
    const of = (place: (model: number) => number) =>
      learned(
        6,
        rated.map(({ task, model, ratings }) => cellOf(task, ids[place(model)] ?? '', { ratings })),
      )
    const plain = of((model) => model)
    const permuted = of((model) => order[model] ?? 0)
    for (let model = 0; model < 6; model += 1) {
      const belief = beliefOf(plain, { taskType: 'math', row: model })
      const other = beliefOf(permuted, { taskType: 'math', row: order[model] ?? 0 })
      expect(other.mean).toBeCloseTo(belief.mean, 9)
      expect(other.variance).toBeCloseTo(belief.variance, 9)
    }
  })

  it('never thinks less of a model for one more perfect rating', () => {
    const ratings = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 30 })
    fc.assert(
      fc.property(fc.array(ratings, { minLength: 2, maxLength: 5 }), (models) => {
        const ids = tableOf(models.length).modelIds
        const beliefs = [[], [1000]].map((more) => {
          const cells = models.map((given, row) =>
            cellOf('code', ids[row] ?? '', {
              ratings: [...given, ...(row === 0 ? more : [])].map((milli) => milli / 1000),
            }),
          )
          return beliefOf(learned(models.length, cells), { taskType: 'code', row: 0 }).mean
        })
        expect(beliefs[1]).toBeGreaterThanOrEqual((beliefs[0] ?? 0) - 1e-9)
      }),
    )
  })

  it.each([
    ['one model and one rating', 1, [cellOf('code', 'p/000', { ratings: [1] })]],
    ['ratings that are all the same', 2, [cellOf('code', 'p/000', { ratings: Array(50).fill(1) })]],
    [
      'ten million ratings of one model',
      3,
      [cellOf('code', 'p/000', { count: 1e7, sum: 7e9, sumOfSquares: 7e12 })],
    ],
    [
      'ratings of ten years ago',
      2,
      [cellOf('code', 'p/001', { ratings: [0, 1], month: '2016-06' })],
    ],
  ])('stays finite with %s', (_, size, cells) => {
    const found = learned(size, cells)
    for (let row = 0; row < size; row += 1) {
      const { mean, variance } = beliefOf(found, { taskType: 'code', row })
      expect(mean).toBeGreaterThan(-0.5)
      expect(mean).toBeLessThan(1.5)
      expect(variance).toBeGreaterThan(0)
      expect(variance).toBeLessThan(1)
    }
  })

  it('comes to the average where there are ten million ratings', () => {
    const cells = [cellOf('code', 'p/000', { count: 1e7, sum: 7e9, sumOfSquares: 7e12 })]
    expect(beliefOf(learned(3, cells), { taskType: 'code', row: 0 }).mean).toBeCloseTo(0.7, 5)
  })
})
