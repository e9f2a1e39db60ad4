import { periodOf } from '@imrs/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { dayBounds, figureRanges } from './figure-ranges.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2024, 0, 1)

it('reads whole months as months and the rest as days', () => {
  expect(figureRanges({})).toEqual([{ period: 'month', from: undefined, to: undefined }])
  expect(figureRanges({ fromDay: '2026-01-15', toDay: '2026-03-31' })).toEqual([
    { period: 'month', from: '2026-02', to: '2026-03' },
    { period: 'day', from: '2026-01-15', to: '2026-01-31' },
  ])
  expect(figureRanges({ fromDay: '2026-01-01', toDay: '2026-02-03' })).toEqual([
    { period: 'month', from: '2026-01', to: '2026-01' },
    { period: 'day', from: '2026-02-01', to: '2026-02-03' },
  ])
  expect(figureRanges({ fromDay: '2026-02-02', toDay: '2026-02-27' })).toEqual([
    { period: 'day', from: '2026-02-02', to: '2026-02-27' },
  ])
})

it('reads every day between the bounds once, and no other', () => {
  const day = fc.integer({ min: 0, max: 800 })
  const open = fc.tuple(fc.boolean(), fc.boolean())
  fc.assert(
    fc.property(day, day, open, (one, other, [opensBelow, opensAbove]) => {
      const [first, last] = [Math.min(one, other), Math.max(one, other)]
      const fromDay = opensBelow ? undefined : periodOf(START + first * DAY_MS, 'day')
      const toDay = opensAbove ? undefined : periodOf(START + last * DAY_MS, 'day')
      const ranges = figureRanges({ fromDay, toDay })
      for (let index = 0; index <= 800; index += 1) {
        const times = ranges.filter(({ period, from, to }) => {
          const name = periodOf(START + index * DAY_MS, period)
          return (from === undefined || name >= from) && (to === undefined || name <= to)
        })
        const isIn = (opensBelow || index >= first) && (opensAbove || index <= last)
        expect(times).toHaveLength(isIn ? 1 : 0)
      }
    }),
    { numRuns: 50 },
  )
})

it('has an open end while the last day is not over', () => {
  const nowMs = START + DAY_MS / 2
  expect(dayBounds({ fromMs: START - 1, toMs: nowMs }, nowMs)).toEqual({
    fromDay: '2023-12-31',
    toDay: undefined,
  })
  expect(dayBounds({ toMs: START }, nowMs)).toEqual({ fromDay: undefined, toDay: '2023-12-31' })
})
