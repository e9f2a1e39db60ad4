import type { ExperienceCell, ModelShift } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { JUNE, cellOf, tableOf } from './__fixtures__/tables.ts'
import { resolveAdaptiveOptions } from './adaptive-options.ts'
import type { AdaptiveOptions } from './adaptive-options.ts'
import { collectStatistics } from './statistics.ts'

function collect(
  cells: readonly ExperienceCell[],
  options: AdaptiveOptions & { readonly shifts?: readonly ModelShift[] } = {},
) {
  const { shifts = [], ...rest } = options
  const table = tableOf(2)
  const rowOf = new Map(table.modelIds.map((id, row) => [id, row]))
  const resolved = resolveAdaptiveOptions(rest)
  const source = { table, rowOf, cells, shifts, atMs: JUNE, options: resolved }
  const { tasks, total } = collectStatistics(source)
  const code = tasks.get('code')
  const [count, sum, squares] = [code?.count[0], code?.sum[0], code?.squares[0]]
  return { count, sum, squares, total, tasks }
}

describe('decay', () => {
  it('halves what is six months old, and leaves this month as it is', () => {
    const now = cellOf('code', 'p/000', { ratings: [1, 0.5] })
    expect(collect([now])).toMatchObject({ count: 2, sum: 1.5, squares: 1.25, total: 2 })
    const old = { ...now, month: '2025-12' }
    expect(collect([now, old])).toMatchObject({ count: 3, sum: 2.25, squares: 1.875, total: 3 })
  })

  it('takes another half-life', () => {
    const old = cellOf('code', 'p/000', { ratings: [1], month: '2026-04' })
    expect(collect([old], { halfLifeMonths: 1 }).count).toBe(0.25)
  })

  it('counts a month that has not begun here as this one, and leaves models out that are gone', () => {
    const early = cellOf('code', 'p/000', { ratings: [1], month: '2026-07' })
    expect(collect([early]).count).toBe(1)
    expect(collect([cellOf('code', 'p/gone', { ratings: [1] })]).total).toBe(0)
  })
})

describe('scopes', () => {
  const own = cellOf('code', 'p/000', { ratings: [1, 1] })
  const ofTenant = cellOf('code', 'p/000', {
    scope: 'tenant',
    ratings: [1, 1, ...Array<number>(6).fill(0)],
  })
  const ofAll = cellOf('code', 'p/000', {
    scope: 'global',
    ratings: [1, 1, ...Array<number>(6).fill(0), ...Array<number>(100).fill(0.5)],
  })

  it('count each rating once, though the wider ones hold the narrower', () => {
    const everything = { scopeWeight: 1000 }
    expect(collect([own, { ...own, scope: 'tenant' }, { ...own, scope: 'global' }])).toMatchObject({
      count: 2,
      sum: 2,
    })
    expect(collect([own, ofTenant, ofAll], everything)).toMatchObject({ count: 108, sum: 52 })
    expect(collect([own, ofAll], everything)).toMatchObject({ count: 108, sum: 52 })
  })

  it('let what others gave count as a few ratings, with their average', () => {
    const { count, sum } = collect([own, ofTenant, ofAll], { scopeWeight: 5 })
    expect(count).toBeCloseTo(2 + 5 + 5, 12)
    expect(sum).toBeCloseTo(2 + 0 + 2.5, 12)
  })

  it('never let what others gave go beyond that, and may leave it out', () => {
    expect(collect([own, ofTenant, ofAll], { scopeWeight: 0 })).toMatchObject({ count: 2, sum: 2 })
  })
})

describe('epochs', () => {
  const before = cellOf('code', 'p/000', { ratings: Array<number>(100).fill(0.8) })
  const after = cellOf('code', 'p/000', { ratings: [0.4, 0.4], epoch: 1 })
  const shift = { modelId: 'p/000', epoch: 1, shiftMilli: -300 }

  it('move what was before a shift, and count it as forty in all', () => {
    const { count, sum, squares } = collect([after, before], { shifts: [shift] })
    expect(count).toBeCloseTo(42, 9)
    expect(sum).toBeCloseTo(40 * 0.5 + 0.8, 9)
    expect(squares).toBeCloseTo(40 * 0.25 + 0.32, 9)
  })

  it('begin without ratings of their own', () => {
    const { count, sum } = collect([before], { shifts: [shift] })
    expect(count).toBeCloseTo(40, 9)
    expect(sum).toBeCloseTo(20, 9)
  })

  it('share the forty among the tasks, and leave other models alone', () => {
    const math = cellOf('math', 'p/000', { ratings: Array<number>(300).fill(0.2) })
    const other = cellOf('code', 'p/001', { ratings: Array<number>(90).fill(0.8) })
    const { tasks } = collect([before, math, other], { shifts: [shift] })
    expect(tasks.get('code')?.count[0]).toBeCloseTo(10, 9)
    expect(tasks.get('math')?.count[0]).toBeCloseTo(30, 9)
    expect(tasks.get('math')?.sum[0]).toBe(0)
    expect(tasks.get('code')?.count[1]).toBe(90)
    expect(tasks.get('code')?.total).toBeCloseTo(100, 9)
  })

  it('without a known shift make the older ratings count less', () => {
    const { count, sum } = collect([before, after])
    expect(count).toBeCloseTo(42, 9)
    expect(sum).toBeCloseTo(32.8, 9)
  })
})
