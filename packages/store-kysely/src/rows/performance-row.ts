import { LATENCY_BUCKETS } from '@imrs/core'
import type { PerformanceCell, PerformanceFigures } from '@imrs/core'

import type { FigureEntryRow, PerformanceRow } from '../schema/database.ts'
import { fromJsonArray, toJson } from './columns.ts'
import { fromCountsText, fromHistogramText, toCountsText } from './counts-text.ts'

/** The columns of the figures of a row. */
export type FigureColumns = Omit<
  PerformanceRow,
  'tenant_id' | 'period' | 'agent_id' | 'task_type' | 'model_id' | 'provider_id'
>

/** In an order that is always the same. */
export function toPerformanceRow(cell: PerformanceCell): PerformanceRow {
  return {
    tenant_id: cell.tenantId,
    period: cell.period,
    agent_id: cell.agentId,
    task_type: cell.taskType,
    model_id: cell.modelId,
    provider_id: cell.providerId,
    request_count: cell.requests,
    attempt_count: cell.attempts,
    failure_count: cell.failures,
    aborted_count: cell.aborted,
    // A kind that is left out is not there.
    failures_by_kind: toCountsText(cell.failuresByKind as Readonly<Record<string, number>>),
    input_tokens: cell.inputTokens,
    output_tokens: cell.outputTokens,
    unmeasured_count: cell.unmeasured,
    cost_nano_usd: cell.costNanoUsd,
    unpriced_count: cell.unpriced,
    total_ms_sum: cell.totalMsSum,
    first_part_histogram: toCountsText(cell.firstPart),
    total_histogram: toCountsText(cell.total),
  }
}

export function fromPerformanceRow(row: PerformanceRow): PerformanceCell {
  return {
    tenantId: row.tenant_id,
    period: row.period,
    agentId: row.agent_id,
    taskType: row.task_type,
    modelId: row.model_id,
    providerId: row.provider_id,
    ...fromFigureColumns(row),
  }
}

export function fromFigureColumns(row: FigureColumns): PerformanceFigures {
  return {
    requests: row.request_count,
    attempts: row.attempt_count,
    failures: row.failure_count,
    aborted: row.aborted_count,
    failuresByKind: row.failures_by_kind === '' ? NONE : fromCountsText(row.failures_by_kind),
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    unmeasured: row.unmeasured_count,
    costNanoUsd: row.cost_nano_usd,
    unpriced: row.unpriced_count,
    totalMsSum: row.total_ms_sum,
    firstPart: fromHistogramText(row.first_part_histogram, LATENCY_BUCKETS),
    total: fromHistogramText(row.total_histogram, LATENCY_BUCKETS),
  }
}

const NONE: PerformanceFigures['failuresByKind'] = Object.freeze({})

/** The values of a cell's row but the tenant's, in their order. */
export function toEntry(cell: PerformanceCell): string {
  const [, ...values] = Object.values(toPerformanceRow(cell))
  return toJson(values)
}

/** The row that the day of one call would have. */
export function toDayRow({
  tenant_id,
  entry,
}: Pick<FigureEntryRow, 'tenant_id' | 'entry'>): PerformanceRow {
  const values = [tenant_id, ...fromJsonArray<string | number>(entry)]
  const pairs = COLUMNS.map((column, index) => [column, values[index]] as const)
  // What `toEntry` wrote, column by column.
  return Object.fromEntries(pairs) as unknown as PerformanceRow
}

/** The cell of the day of one call. */
export function fromEntry(row: Pick<FigureEntryRow, 'tenant_id' | 'entry'>): PerformanceCell {
  return fromPerformanceRow(toDayRow(row))
}

/** The columns of a row, in the order of {@link toPerformanceRow}. */
export const COLUMNS: readonly (keyof PerformanceRow)[] = [
  'tenant_id',
  'period',
  'agent_id',
  'task_type',
  'model_id',
  'provider_id',
  'request_count',
  'attempt_count',
  'failure_count',
  'aborted_count',
  'failures_by_kind',
  'input_tokens',
  'output_tokens',
  'unmeasured_count',
  'cost_nano_usd',
  'unpriced_count',
  'total_ms_sum',
  'first_part_histogram',
  'total_histogram',
]
