import { tallyAttempts } from '@imrs/core'
import type { ClassifiedAttempt } from '@imrs/core'
import { sql } from 'kysely'
import type { CompiledQuery, RawBuilder } from 'kysely'

import { storableText } from '../rows/columns.ts'
import { toPerformanceRow } from '../rows/performance-row.ts'
import type {
  DailyPerformanceRow,
  MonthlyPerformanceRow,
  PerformanceRow,
} from '../schema/database.ts'
import type { RowInserts } from '../session/row-inserts.ts'
import type { StoreWork } from '../session/store-session.ts'

const KEY = ['tenant_id', 'agent_id', 'task_type', 'model_id'] as const

type SummedColumn = Exclude<keyof PerformanceRow, (typeof KEY)[number] | 'provider_id'>

const COUNTS_BY_NAME = ['failures_by_kind', 'first_part_histogram', 'total_histogram'] as const

const SUMS = [
  'attempt_count',
  'failure_count',
  'input_tokens',
  'output_tokens',
  'cost_nano_usd',
  'unpriced_count',
  'total_ms_sum',
  'request_count',
  'aborted_count',
  'unmeasured_count',
] as const

/**
 * Statements that add calls to the cells of their day and their month. The cells come in one order
 * for all writers, so that none waits for another that waits for it.
 */
export function figureStatements(
  work: StoreWork,
  inserts: RowInserts,
  given: readonly ClassifiedAttempt[],
): readonly CompiledQuery[] {
  // Kinds of tasks are the host's own texts: two that are stored as one must be one here.
  const calls = given.map(({ attempt, taskType }) => ({
    attempt,
    taskType: storableText(taskType),
  }))
  const days = tallyAttempts(calls, 'day').map((cell): DailyPerformanceRow => ({
    ...toPerformanceRow(cell),
    day: cell.period,
  }))
  const months = tallyAttempts(calls, 'month').map((cell): MonthlyPerformanceRow => ({
    ...toPerformanceRow(cell),
    month: cell.period,
  }))
  const { database } = work
  return [
    ...inserts.statements(work, { table: 'model_performance_daily', rows: days }, (rows) =>
      database
        .insertInto('model_performance_daily')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns([...KEY, 'day'])
            .doUpdateSet(() => addedTo(work, 'model_performance_daily')),
        ),
    ),
    ...inserts.statements(work, { table: 'model_performance_monthly', rows: months }, (rows) =>
      database
        .insertInto('model_performance_monthly')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns([...KEY, 'month'])
            .doUpdateSet(() => addedTo(work, 'model_performance_monthly')),
        ),
    ),
  ]
}

/** What is stored and what was given, column by column. */
function addedTo({ traits }: StoreWork, table: string): Record<SummedColumn, RawBuilder<never>> {
  const stored = (column: string): RawBuilder<string> => sql.ref<string>(`${table}.${column}`)
  const fresh = (column: string): RawBuilder<string> => sql<string>`excluded.${sql.ref(column)}`
  const pairs = [
    ...SUMS.map((column) => [column, sql`${stored(column)} + ${fresh(column)}`] as const),
    ...COUNTS_BY_NAME.map(
      (column) => [column, traits.addedCounts(stored(column), fresh(column))] as const,
    ),
  ]
  // Every column that adds up is in one of the two lists.
  return Object.fromEntries(pairs) as Record<SummedColumn, RawBuilder<never>>
}
