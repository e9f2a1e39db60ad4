import type { Route } from '../app/route.ts'

/** How far back the history of health goes. */
export interface HealthPeriod {
  /** As the address has it. */
  readonly id: string
  readonly name: string
  readonly lengthMs: number
  /** Names of points of time, evenly apart. */
  readonly ticks: readonly string[]
}

const HOUR_MS = 3_600_000

export const HEALTH_PERIODS: readonly HealthPeriod[] = [
  {
    id: '24h',
    name: '24 hours',
    lengthMs: 24 * HOUR_MS,
    ticks: ['24 h ago', '18 h', '12 h', '6 h', 'now'],
  },
  {
    id: '7d',
    name: '7 days',
    lengthMs: 7 * 24 * HOUR_MS,
    ticks: ['7 days ago', '6', '5', '4', '3', '2', '1', 'now'],
  },
  {
    id: '30d',
    name: '30 days',
    lengthMs: 30 * 24 * HOUR_MS,
    ticks: ['30 days ago', '20', '10', 'now'],
  },
]

/** Default: the shortest. */
export function healthPeriodOf({ query }: Pick<Route, 'query'>): HealthPeriod {
  const found = HEALTH_PERIODS.find(({ id }) => id === query['period'])
  // There are three.
  return found ?? (HEALTH_PERIODS[0] as HealthPeriod)
}
