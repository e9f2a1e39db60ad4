import { seededRandom } from '@imrs/core'
import { expect, it } from 'vitest'

import { dayAfter, dayBefore, daysOfMonth, periodsBetween, periodsOf } from './figure-periods.ts'
import type { RowPeriod } from './figure-periods.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2023, 11, 1)
const dayOf = (index: number): string => new Date(START + index * DAY_MS).toISOString().slice(0, 10)

it('has whole months as months, whole weeks of a month as weeks, and the rest as days', () => {
  expect(periodsBetween({ from: '2024-01-14', to: '2024-04-09' })).toEqual({
    month: ['2024-02', '2024-03'],
    week: ['2024-01-15', '2024-01-22', '2024-04-01'],
    day: ['2024-01-14', '2024-04-08', '2024-04-09'],
  })
  expect(periodsBetween({ from: '2024-02-28', to: '2024-03-01' }, 'day')).toEqual({
    month: [],
    week: [],
    day: ['2024-02-28', '2024-02-29', '2024-03-01'],
  })
  expect(periodsBetween({ from: '2024-02-02', to: '2024-02-01' })).toEqual({
    month: [],
    week: [],
    day: [],
  })
})

it('has every day between the bounds in one period, and no other day in any', () => {
  const random = seededRandom(4)
  const draw = (): number => Math.floor(random() * 501)
  for (let round = 0; round < 40; round += 1) {
    const [one, other] = [draw(), draw()]
    const [first, last] = [Math.min(one, other), Math.max(one, other)]
    const names = periodsBetween({ from: dayOf(first), to: dayOf(last) })
    expect(names.day.length).toBeLessThanOrEqual(18)
    expect(names.week.length).toBeLessThanOrEqual(6)
    for (let day = 0; day <= 500; day += 1) {
      const times = Object.entries(periodsOf(dayOf(day))).filter(([kind, name]) =>
        // The names of the three periods are the members of both.
        names[kind as RowPeriod].includes(name),
      )
      expect(times).toHaveLength(day >= first && day <= last ? 1 : 0)
    }
  }
})

it('knows the days beside a day and those of a month', () => {
  expect([dayBefore('2024-03-01'), dayAfter('2024-12-31')]).toEqual(['2024-02-29', '2025-01-01'])
  expect(daysOfMonth('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
})
