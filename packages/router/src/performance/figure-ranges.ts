import { monthOf, periodOf } from '@imrs/core'
import type { FigurePeriod } from '@imrs/core'

/** Days or months to read, both ends included; an absent end is open. */
export interface FigureRange {
  readonly period: FigurePeriod
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Bounds of a report, epoch milliseconds: the first included, the second not. */
export interface TimeBounds {
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}

/** UTC days, both included. */
export interface DayBounds {
  readonly fromDay?: string | undefined
  readonly toDay?: string | undefined
}

const DAY_MS = 86_400_000

/** The days that a report is of. An end that is not over yet is open: nothing was begun after now. */
export function dayBounds({ fromMs, toMs }: TimeBounds, nowMs: number): DayBounds {
  const toDay = toMs === undefined ? undefined : periodOf(toMs - 1, 'day')
  const isOpen = toDay === undefined || toDay >= periodOf(nowMs, 'day')
  return {
    fromDay: fromMs === undefined ? undefined : periodOf(fromMs, 'day'),
    toDay: isOpen ? undefined : toDay,
  }
}

/** What to read for some days: whole months as months, the rest as days. No day is in two of them. */
export function figureRanges({ fromDay, toDay }: DayBounds): readonly FigureRange[] {
  const first = fromDay === undefined ? undefined : firstWholeMonth(fromDay)
  const last = toDay === undefined ? undefined : lastWholeMonth(toDay)
  if (first !== undefined && last !== undefined && first > last) {
    return [{ period: 'day', from: fromDay, to: toDay }]
  }
  const ranges: FigureRange[] = [{ period: 'month', from: first, to: last }]
  if (fromDay !== undefined && first !== undefined && first > fromDay) {
    ranges.push({ period: 'day', from: fromDay, to: lastDayOf(fromDay) })
  }
  if (toDay !== undefined && last !== undefined && last < toDay.slice(0, 7)) {
    ranges.push({ period: 'day', from: `${toDay.slice(0, 7)}-01`, to: toDay })
  }
  return ranges
}

function firstWholeMonth(day: string): string {
  return day.endsWith('-01') ? day.slice(0, 7) : monthOf(nextMonthMs(day))
}

function lastWholeMonth(day: string): string {
  if (day === lastDayOf(day)) return day.slice(0, 7)
  return monthOf(Date.parse(`${day.slice(0, 7)}-01`) - DAY_MS)
}

function lastDayOf(day: string): string {
  return periodOf(nextMonthMs(day) - DAY_MS, 'day')
}

/** The first millisecond of the month after a day's. */
function nextMonthMs(day: string): number {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return Date.UTC(year, month, 1)
}
