import { periodOf } from '@imrs/core'

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

/** The days that a report is of. An end that is not over yet is open: nothing was begun after now. */
export function dayBounds({ fromMs, toMs }: TimeBounds, nowMs: number): DayBounds {
  const toDay = toMs === undefined ? undefined : periodOf(toMs - 1, 'day')
  const isOpen = toDay === undefined || toDay >= periodOf(nowMs, 'day')
  return {
    fromDay: fromMs === undefined ? undefined : periodOf(fromMs, 'day'),
    toDay: isOpen ? undefined : toDay,
  }
}
