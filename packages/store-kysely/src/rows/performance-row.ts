import type { FailureKind, PerformanceCell } from '@imrs/core'

import type { PerformanceRow } from '../schema/database.ts'
import { fromJsonObject, toJson } from './columns.ts'

/** The columns after those of the key, in an order that is always the same. */
export function toPerformanceRow(cell: PerformanceCell): PerformanceRow {
  return {
    tenant_id: cell.tenantId,
    agent_id: cell.agentId,
    task_type: cell.taskType,
    model_id: cell.modelId,
    provider_id: cell.providerId,
    attempt_count: cell.attempts,
    failure_count: cell.failures,
    failures_by_kind: toJson(cell.failuresByKind),
    input_tokens: cell.inputTokens,
    output_tokens: cell.outputTokens,
    cost_nano_usd: cell.costNanoUsd,
    unpriced_count: cell.unpriced,
    total_ms_sum: cell.totalMsSum,
    first_part_histogram: toJson(cell.firstPart),
    total_histogram: toJson(cell.total),
    request_count: cell.requests,
    aborted_count: cell.aborted,
    unmeasured_count: cell.unmeasured,
  }
}

export function fromPerformanceRow(row: PerformanceRow, period: string): PerformanceCell {
  return {
    tenantId: row.tenant_id,
    period,
    agentId: row.agent_id,
    taskType: row.task_type,
    modelId: row.model_id,
    providerId: row.provider_id,
    requests: row.request_count,
    attempts: row.attempt_count,
    failures: row.failure_count,
    aborted: row.aborted_count,
    failuresByKind: countsOf<Partial<Record<FailureKind, number>>>(row.failures_by_kind),
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    unmeasured: row.unmeasured_count,
    costNanoUsd: row.cost_nano_usd,
    unpriced: row.unpriced_count,
    totalMsSum: row.total_ms_sum,
    firstPart: countsOf(row.first_part_histogram),
    total: countsOf(row.total_histogram),
  }
}

/** Most rows have no failures: those share one object. */
function countsOf<Counts extends object>(text: string): Counts {
  return text === '{}' ? (NONE as Counts) : fromJsonObject<Counts>(text)
}

const NONE: object = Object.freeze({})
