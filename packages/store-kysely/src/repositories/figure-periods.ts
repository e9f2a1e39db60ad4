/** How long a time a row of figures is of. */
export type RowPeriod = 'day' | 'week' | 'month'

/** The agent of rows that are of all agents together: ids of agents are not empty. */
export const ALL_AGENTS = ''

/** A table of figures, and what its rows are of. */
export interface FigureTable {
  readonly table:
    | 'model_performance_daily'
    | 'model_performance_weekly'
    | 'model_performance_monthly'
  readonly period: RowPeriod
}

export const FIGURE_TABLES: readonly FigureTable[] = [
  { table: 'model_performance_daily', period: 'day' },
  { table: 'model_performance_weekly', period: 'week' },
  { table: 'model_performance_monthly', period: 'month' },
]

/** Weeks of a month begin at these days of it; the last one goes to its end. Sorted as text. */
const WEEKS = ['22', '15', '08', '01'] as const

const DAY_MS = 86_400_000

/** The names of the periods that a UTC day, `2026-11-21`, is in. */
export function periodsOf(day: string): Readonly<Record<RowPeriod, string>> {
  const month = day.slice(0, 7)
  const inMonth = day.slice(8)
  const start = WEEKS.find((each) => inMonth >= each) ?? '01'
  return { day, week: `${month}-${start}`, month }
}

/** Days, the last one included. */
export interface DaySpan {
  readonly from: string
  readonly to: string
}

/** Names of periods of each length. No day is in two of them. */
export type PeriodNames = Readonly<Record<RowPeriod, readonly string[]>>

/** The fewest periods that are the days from one to the other; with `day` as the longest, these days. */
export function periodsBetween(
  { from, to }: DaySpan,
  longest: 'day' | 'month' = 'month',
): PeriodNames {
  const names: Record<RowPeriod, string[]> = { day: [], week: [], month: [] }
  for (let day = from; day <= to;) {
    const periods = periodsOf(day)
    const kind =
      longest === 'day'
        ? undefined
        : (['month', 'week'] as const).find(
            (each) => startOf(periods[each]) === day && lastDayOf(periods[each]) <= to,
          )
    names[kind ?? 'day'].push(periods[kind ?? 'day'])
    day = dayAfter(kind === undefined ? day : lastDayOf(periods[kind]))
  }
  return names
}

/** The first and the last day of a month. */
export function daysOfMonth(month: string): DaySpan {
  return { from: `${month}-01`, to: lastDayOf(month) }
}

/** The UTC day after a day. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
}

/** The UTC day before a day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10)
}

function startOf(period: string): string {
  return period.length === 'YYYY-MM'.length ? `${period}-01` : period
}

/** Of a month, or of the week of a month that begins at a day. */
function lastDayOf(period: string): string {
  const [year = 0, month = 1, day] = period.split('-').map(Number)
  if (day !== undefined && day < 22) {
    return new Date(Date.UTC(year, month - 1, day + 6)).toISOString().slice(0, 10)
  }
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}
