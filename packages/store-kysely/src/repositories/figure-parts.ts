import type { FigureSumQuery } from '@imrs/core'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import type { StoreWork } from '../session/store-session.ts'
import {
  FIGURE_TABLES,
  dayAfter,
  dayBefore,
  daysOfMonth,
  periodsBetween,
} from './figure-periods.ts'
import type { DaySpan, FigureTable } from './figure-periods.ts'

/** Rows of one table that are part of what is asked for. */
export interface FigurePart {
  readonly table: FigureTable['table']
  readonly condition: RawBuilder<unknown>
}

/** Longer lists are given as one value. */
const MAX_NAMES = 400

/**
 * Where the rows of some days are: as few as there are, each day once. Periods are named one by one,
 * so that those of one agent are found among those of many. Which ones there are is asked first; days
 * outside of these, should any come between, are read as days.
 */
export async function partsOf(
  work: StoreWork,
  { tenantId, fromDay, toDay, groupBy }: FigureSumQuery,
): Promise<readonly FigurePart[]> {
  const known = await knownDays(work, tenantId)
  if (known === undefined) return [daysBetween(fromDay, toDay)]
  const span = { from: later(fromDay, known.from), to: earlier(toDay, known.to) }
  const names = periodsBetween(span, groupBy.includes('day') ? 'day' : 'month')
  return [
    ...FIGURE_TABLES.filter(({ period }) => names[period].length > 0).map(
      ({ table, period }): FigurePart => ({ table, condition: isOneOf(work, names[period]) }),
    ),
    daysBetween(fromDay, earlier(toDay, dayBefore(known.from))),
    daysBetween(later(fromDay, dayAfter(known.to)), toDay),
  ]
}

/** The days of all months of which there are rows. */
async function knownDays({ database }: StoreWork, tenantId: string): Promise<DaySpan | undefined> {
  const found = await database
    .selectNoFrom((build) => {
      const months = build.selectFrom('model_performance_monthly').where('tenant_id', '=', tenantId)
      return [
        months.select('period').orderBy('period').limit(1).as('first'),
        months.select('period').orderBy('period', 'desc').limit(1).as('last'),
      ]
    })
    .executeTakeFirst()
  if (typeof found?.first !== 'string' || typeof found.last !== 'string') return undefined
  return { from: daysOfMonth(found.first).from, to: daysOfMonth(found.last).to }
}

function daysBetween(from: string | undefined, to: string | undefined): FigurePart {
  const conditions = [
    ...(from === undefined ? [] : [sql`period >= ${from}`]),
    ...(to === undefined ? [] : [sql`period <= ${to}`]),
  ]
  const condition = conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` and `)
  return { table: 'model_performance_daily', condition }
}

function isOneOf({ traits }: StoreWork, names: readonly string[]): RawBuilder<unknown> {
  if (names.length <= MAX_NAMES) return sql`period in (${sql.join(names)})`
  return sql`period in ${traits.textsOf(JSON.stringify(names))}`
}

function later(day: string | undefined, other: string): string {
  return day === undefined || day < other ? other : day
}

function earlier(day: string | undefined, other: string): string {
  return day === undefined || day > other ? other : day
}
