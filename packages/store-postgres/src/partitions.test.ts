import { expect, it } from 'vitest'

import { monthPartitions } from './partitions.ts'

const uuidAt = (atMs: number, rest: string): string => {
  const hex = atMs.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-${rest}`
}
const LOWEST = '7000-8000-000000000000'
const HIGHEST = '7fff-bfff-ffffffffffff'

it('names this month and those after it, over the end of a year', () => {
  const months = monthPartitions(Date.UTC(2026, 10, 30, 23, 59, 59, 999), 2)
  expect(months.map((month) => month.suffix)).toEqual(['2026_11', '2026_12', '2027_01'])
})

it('leaves no gap between months', () => {
  const months = monthPartitions(Date.UTC(2024, 0, 31), 14)
  for (const [place, month] of months.entries()) {
    expect(month.from).toBe(months[place - 1]?.to ?? month.from)
  }
})

it('holds every UUIDv7 of the month and no other', () => {
  const [february] = monthPartitions(Date.UTC(2024, 1, 29), 0)
  const [first, next] = [Date.UTC(2024, 1, 1), Date.UTC(2024, 2, 1)]
  const isIn = (id: string): boolean => id >= (february?.from ?? '') && id < (february?.to ?? '')
  expect(isIn(uuidAt(first, LOWEST))).toBe(true)
  expect(isIn(uuidAt(next - 1, HIGHEST))).toBe(true)
  expect(isIn(uuidAt(first - 1, HIGHEST))).toBe(false)
  expect(isIn(uuidAt(next, LOWEST))).toBe(false)
})
