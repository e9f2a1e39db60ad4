import type { ExperienceCell, ModelShift } from '@imrs/core'
import { seededRandom } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { JUNE, cellOf, tableOf } from './__fixtures__/tables.ts'
import { createAdaptiveLearner } from './adaptive-learner.ts'
import type { RatedAnswer } from './adaptive-learner.ts'
import { resolveAdaptiveOptions } from './adaptive-options.ts'
import { beliefOf } from './cell-posterior.ts'
import { learn } from './learned.ts'
import type { AdaptiveLearned } from './learned.ts'

const options = resolveAdaptiveOptions()
const table = tableOf(4)
const TASKS = ['code', 'math', 'talk']
const MONTH_MS = 31 * 24 * 3_600_000

function stream(count: number, everyMs: number): readonly RatedAnswer[] {
  const random = seededRandom(11)
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(random() * 4)
    const good = index > count / 2 && row === 3 ? 0.1 : 0.5 + 0.12 * row
    return {
      task: TASKS[Math.floor(random() * 3)] ?? '',
      row,
      ratingMilli: random() < good ? 1000 : Math.floor(random() * 300),
      atMs: JUNE + index * everyMs,
    }
  })
}

function expectSameBeliefs(left: AdaptiveLearned, right: AdaptiveLearned): void {
  for (const taskType of [...TASKS, 'never seen']) {
    for (let row = 0; row < 4; row += 1) {
      const [one, other] = [beliefOf(left, { taskType, row }), beliefOf(right, { taskType, row })]
      expect(Math.abs(one.mean - other.mean)).toBeLessThan(1e-9)
      expect(Math.abs(one.variance - other.variance)).toBeLessThan(1e-9)
    }
  }
}

/** What a store would hold after these ratings and alarms. */
function toCells(
  answers: readonly RatedAnswer[],
  shiftAt: ReadonlyMap<number, ModelShift>,
): readonly ExperienceCell[] {
  const epochs = [0, 0, 0, 0]
  return answers.map(({ task, row, ratingMilli, atMs }, index) => {
    const cell = cellOf(task, table.modelIds[row] ?? '', {
      count: 1,
      sum: ratingMilli,
      sumOfSquares: ratingMilli ** 2,
      month: new Date(atMs).toISOString().slice(0, 7),
      epoch: epochs[row] ?? 0,
    })
    if (shiftAt.has(index)) epochs[row] = (epochs[row] ?? 0) + 1
    return cell
  })
}

describe('learning rating by rating', () => {
  it.each([
    ['in one month', 2000, 1],
    ['over two years', 1000, MONTH_MS / 40],
  ])('comes to what is learned at once, alarms included, %s', (_, count, everyMs) => {
    const answers = stream(count, everyMs)
    const learner = createAdaptiveLearner(table)
    const shiftAt = new Map<number, ModelShift>()
    for (const [index, answer] of answers.entries()) {
      const shift = learner.observe(answer)
      if (shift !== undefined) shiftAt.set(index, shift)
    }
    expect(shiftAt.size).toBeGreaterThan(0)
    expect([...shiftAt.values()][0]).toMatchObject({ modelId: 'p/003', epoch: 1 })
    const last = answers.at(-1)?.atMs ?? 0
    const source = {
      table,
      cells: toCells(answers, shiftAt),
      shifts: [...shiftAt.values()],
      atMs: last,
    }
    const fitted = learn(source, undefined, options)
    // The shared figures may be up to 19 ratings old: both are made to have the same.
    const { fit } = learner.learned()
    expectSameBeliefs(learner.learned(), { ...fitted, fit })
    learner.changeTable({ ...table })
    expectSameBeliefs(learner.learned(), fitted)
  })

  it('counts each rating at once, and finds the shared figures anew after twenty, the first ones sooner', () => {
    const learner = createAdaptiveLearner(table)
    const fits = new Set([learner.learned().fit])
    for (const [index, answer] of stream(60, 1).entries()) {
      learner.observe({ ...answer, atMs: index })
      fits.add(learner.learned().fit)
      expect(learner.learned().statistics.total).toBe(index + 1)
      // After 1, 2, 4, 8, 16 and 32 ratings, then after each twenty.
      const [early, late] = [Math.log2(Math.min(32, index + 1)), (index - 31) / 20]
      expect(fits.size).toBe(2 + Math.floor(early) + Math.max(0, Math.floor(late)))
    }
  })

  it('keeps what it knows of models that stay when others come', () => {
    const learner = createAdaptiveLearner(table)
    for (const answer of stream(300, 1)) learner.observe(answer)
    const before = beliefOf(learner.learned(), { taskType: 'code', row: 2 }).mean
    const ids = ['p/new', ...table.modelIds]
    learner.changeTable({ ...tableOf(5), modelIds: ids })
    expect(beliefOf(learner.learned(), { taskType: 'code', row: 3 }).mean).toBeCloseTo(before, 2)
  })
})

describe('learning from cells', () => {
  const cellsOf = (count: number) => [
    cellOf('code', 'p/000', { ratings: Array<number>(count).fill(1) }),
  ]
  const at = (count: number, previous?: unknown, atMs = JUNE) =>
    learn({ table, cells: cellsOf(count), atMs }, previous, options)

  it('goes on with the shared figures while fewer than twenty ratings came, went or both', () => {
    const first = at(100)
    expect(at(119, first).fit).toBe(first.fit)
    expect(at(119, first).statistics.total).toBe(119)
    expect(at(120, first).fit).not.toBe(first.fit)
    expect(at(81, first).fit).toBe(first.fit)
    expect(at(80, first).fit).not.toBe(first.fit)
    const further = at(119, at(110, first))
    expect(further.fit).toBe(first.fit)
    expect(at(120, further).fit).not.toBe(first.fit)
  })

  it('finds them anew in another month, for another table, after an alarm, and after another strategy', () => {
    const first = at(100)
    expect(at(100, first, JUNE + MONTH_MS).fit).not.toBe(first.fit)
    const source = { table: { ...table }, cells: cellsOf(100), atMs: JUNE }
    expect(learn(source, first, options).fit).not.toBe(first.fit)
    const shifts = [{ modelId: 'p/000', epoch: 1, shiftMilli: -100 }]
    expect(learn({ ...source, table, shifts }, first, options).fit).not.toBe(first.fit)
    expect(at(100, { kind: 'other' }).fit).toEqual(first.fit)
  })

  it('counts a rating once, whatever scopes it is in', () => {
    const everywhere = (count: number): readonly ExperienceCell[] =>
      (['agent', 'tenant', 'global'] as const).map((scope) => ({
        ...cellOf('code', 'p/000', { count, sum: count * 900, sumOfSquares: count * 810_000 }),
        scope,
      }))
    const first = learn({ table, cells: everywhere(50), atMs: JUNE }, undefined, options)
    const soon = learn({ table, cells: everywhere(69), atMs: JUNE }, first, options)
    expect(soon.fit).toBe(first.fit)
    expect(soon.statistics.total).toBe(69)
    expect(learn({ table, cells: everywhere(70), atMs: JUNE }, soon, options).fit).not.toBe(
      first.fit,
    )
  })

  it('takes a model that came after ratings were seen for a newcomer, in the same month too', () => {
    const createdAtMs = Float64Array.of(1, 1, 1, JUNE + 10)
    const rated = [0.9, 0.1].map((rating, row) =>
      cellOf('code', `p/00${row}`, { ratings: Array<number>(50).fill(rating) }),
    )
    const joined = { ...table, createdAtMs }
    const source = { table: joined, cells: rated, atMs: JUNE + 20 }
    const before = learn({ table, cells: rated, atMs: JUNE }, undefined, options)
    const meanOf = (learned: AdaptiveLearned) =>
      beliefOf(learned, { taskType: 'code', row: 3 }).mean
    const newcomer = learn(source, before, options)
    // Nobody knows whether it was there: ratings are first seen now.
    const unknown = learn(source, undefined, options)
    expect(meanOf(newcomer)).toBeGreaterThan(meanOf(unknown) + 0.05)
    const empty = learn({ table, cells: [], atMs: JUNE }, undefined, options)
    expect(meanOf(learn(source, empty, options))).toBe(meanOf(unknown))
  })
})
