import { addFigures, emptyFigures, tallyAttempts } from '@imrs/core'
import type { ClassifiedAttempt, MutableFigures, PerformanceCell } from '@imrs/core'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import type { StatementSteps } from '../dialect-traits.ts'
import { storableText } from '../rows/columns.ts'
import { fromEntry, toEntry, toPerformanceRow } from '../rows/performance-row.ts'
import type { FigureEntryRow, PerformanceRow } from '../schema/database.ts'
import type { RowInserts } from '../session/row-inserts.ts'
import type { StoreWork } from '../session/store-session.ts'
import { ALL_AGENTS, FIGURE_TABLES, periodsOf } from './figure-periods.ts'

/** Calls that one transaction adds up at most. */
export const FOLD_LIMIT = 256

const KEY = ['tenant_id', 'period', 'agent_id', 'task_type', 'model_id'] as const

/** A column of figures. */
export type SummedColumn = Exclude<keyof PerformanceRow, (typeof KEY)[number] | 'provider_id'>

export const COUNTS_BY_NAME = [
  'failures_by_kind',
  'first_part_histogram',
  'total_histogram',
] as const

export const SUMS: readonly SummedColumn[] = [
  'request_count',
  'attempt_count',
  'failure_count',
  'aborted_count',
  'input_tokens',
  'output_tokens',
  'unmeasured_count',
  'cost_nano_usd',
  'unpriced_count',
  'total_ms_sum',
]

/** What is noted of calls in the transaction that records them: one row each, behind all others. */
export function toFigureEntries(calls: readonly ClassifiedAttempt[]): readonly FigureEntryRow[] {
  return calls.flatMap(({ attempt, taskType }) =>
    // Kinds of tasks are the host's own texts: two that are stored as one must be one here.
    tallyAttempts([{ attempt, taskType: storableText(taskType) }], 'day').map((cell) => ({
      tenant_id: attempt.tenantId,
      message_id: attempt.messageId,
      id: attempt.id,
      entry: toEntry(cell),
    })),
  )
}

/**
 * Takes calls that were noted, at most {@link FOLD_LIMIT}, and adds them to the cells of their periods:
 * whoever takes the note of a call is the one who counts it. The cells come in one order for all
 * writers, so that none waits for another that waits for it.
 *
 * @param taken is told how many there were.
 */
export function* foldSteps(
  work: StoreWork,
  inserts: RowInserts,
  taken: (count: number) => void,
): StatementSteps {
  // The columns that are returned.
  const entries = (yield takeEntries(work).compile()) as readonly Pick<
    FigureEntryRow,
    'tenant_id' | 'entry'
  >[]
  const days = addUp(entries.map(fromEntry))
  for (const { table, period } of FIGURE_TABLES) {
    const cells = days.map((cell) => ({ ...cell, period: periodsOf(cell.period)[period] }))
    const all = cells.map((cell) => ({ ...cell, agentId: ALL_AGENTS }))
    const rows = addUp([...cells, ...all]).map(toPerformanceRow)
    yield* inserts.statements(work, { table, rows }, (given) =>
      work.database
        .insertInto(table)
        .values(given)
        .onConflict((conflict) =>
          conflict.columns([...KEY]).doUpdateSet(() => addedTo(work, table)),
        ),
    )
  }
  taken(entries.length)
}

function takeEntries({ database, traits }: StoreWork) {
  const some = database
    .selectFrom('figure_entries')
    .select(['tenant_id', 'message_id', 'id'])
    .limit(FOLD_LIMIT)
    .$if(traits.supportsRowLocks, (query) => query.forUpdate().skipLocked())
  return database
    .deleteFrom('figure_entries')
    .where((build) => sql<boolean>`${build.refTuple('tenant_id', 'message_id', 'id')} in ${some}`)
    .returning(['tenant_id', 'entry'])
}

/** One cell of each key, in the order of the keys. */
export function addUp(cells: readonly PerformanceCell[]): readonly PerformanceCell[] {
  const sums = new Map<string, PerformanceCell & MutableFigures>()
  for (const cell of cells) {
    const { tenantId, period, agentId, taskType, modelId } = cell
    const name = JSON.stringify([tenantId, period, agentId, taskType, modelId])
    let sum = sums.get(name)
    if (sum === undefined) {
      sum = { ...cell, ...emptyFigures() }
      sums.set(name, sum)
    }
    addFigures(sum, cell)
  }
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum)
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
