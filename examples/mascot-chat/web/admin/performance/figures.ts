import type { PerformanceWire } from '../api/wire.ts'
import { UNKNOWN, countOf, percentText } from '../ui/format.ts'

/** Fewer ratings than this are shown grey, as they are hardly knowledge. */
export const LEAST_RATINGS = 30

/** `82 % (74–89), 120 ratings`. */
export function ratingText(row: PerformanceWire): string {
  const { avg_rating: mean, rating_low: low, rating_high: high, rating_count: count } = row
  if (mean === null) return UNKNOWN
  const band = low === null || high === null ? '' : ` (${percentText(low)} to ${percentText(high)})`
  return `${percentText(mean)}${band}, ${countOf(count, 'rating')}`
}

/** The first day of a period that ends today, in UTC. */
export function firstDay(days: number, nowMs: number): string {
  return dayOf(nowMs - (days - 1) * DAY_MS)
}

export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

/** All days from the first to the one of `nowMs`, in UTC. */
export function daysFrom(first: string, nowMs: number): readonly string[] {
  const days: string[] = []
  for (let atMs = Date.parse(`${first}T00:00:00Z`); atMs <= nowMs; atMs += DAY_MS) {
    days.push(dayOf(atMs))
  }
  return days
}

const DAY_MS = 86_400_000

/** Values of one model, day by day; `undefined` where nothing is known. */
export interface DaySeries {
  readonly name: string
  readonly values: readonly (number | undefined)[]
}

/** The models that answered the most; more lines than this nobody tells apart. */
export const MOST_SERIES = 8

/** What the lines of a chart are told apart by. */
export type SeriesOf = 'model' | 'task_type'

/** One series a model or kind of task, the most used first, with `valueOf` of each of its days. */
export function seriesBy(
  rows: readonly PerformanceWire[],
  { of, days, valueOf }: SeriesRequest,
): readonly DaySeries[] {
  const groups = Map.groupBy(rows, (row) => row[of] ?? UNKNOWN)
  return [...groups]
    .toSorted(([, one], [, other]) => answersOf(other) - answersOf(one))
    .map(([name, own]) => {
      const byDay = new Map(own.map((row) => [row.period, valueOf(row) ?? undefined]))
      return { name, values: days.map((day) => byDay.get(day)) }
    })
}

export interface SeriesRequest {
  readonly of: SeriesOf
  readonly days: readonly string[]
  readonly valueOf: (row: PerformanceWire) => number | null
}

function answersOf(rows: readonly PerformanceWire[]): number {
  return rows.reduce((sum, { usage_count: count }) => sum + count, 0)
}

/** Of more series than can be told apart the first, and how many were left out. */
export function topSeries(series: readonly DaySeries[]): {
  readonly shown: readonly DaySeries[]
  readonly left: number
} {
  const shown = series.slice(0, MOST_SERIES)
  return { shown, left: series.length - shown.length }
}
