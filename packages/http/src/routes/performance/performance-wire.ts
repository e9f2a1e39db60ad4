import { fromNanoUsd } from '@imrs/core'
import type { PerformanceRow } from '@imrs/router'
import { z } from 'zod'

/** How a model did, as it travels. What rows are not told apart by is `null`, and so is what is not known. */
export interface PerformanceWire {
  readonly model: string | null
  readonly task_type: string | null
  readonly agent_id: string | null
  /** The UTC day or month. */
  readonly period: string | null
  readonly avg_rating: number | null
  /** The 95 % interval of the average. */
  readonly rating_low: number | null
  readonly rating_high: number | null
  readonly rating_count: number
  /** Whether there are ratings enough to call it knowledge. */
  readonly rating_is_known: boolean
  /** Answers for which the model was asked. */
  readonly usage_count: number
  readonly call_count: number
  readonly failure_count: number
  readonly failures_by_kind: Readonly<Record<string, number>>
  readonly aborted_count: number
  /** Of completed calls, milliseconds, within 5 %. */
  readonly avg_latency_ms: number | null
  readonly p50_latency_ms: number | null
  readonly p95_latency_ms: number | null
  /** To the first visible part. */
  readonly p50_first_part_ms: number | null
  readonly p95_first_part_ms: number | null
  readonly input_tokens: number
  readonly output_tokens: number
  /** US dollars of the calls whose cost is known. */
  readonly cost_usd: number
  readonly cost_per_request_usd: number | null
  readonly unpriced_call_count: number
}

const number = z.number().nullable()

export const performanceWireSchema: z.ZodType<PerformanceWire> = z.object({
  model: z.string().nullable(),
  task_type: z.string().nullable(),
  agent_id: z.string().nullable(),
  period: z.string().nullable(),
  avg_rating: number,
  rating_low: number,
  rating_high: number,
  rating_count: z.int(),
  rating_is_known: z.boolean(),
  usage_count: z.int(),
  call_count: z.int(),
  failure_count: z.int(),
  failures_by_kind: z.record(z.string(), z.int()),
  aborted_count: z.int(),
  avg_latency_ms: number,
  p50_latency_ms: number,
  p95_latency_ms: number,
  p50_first_part_ms: number,
  p95_first_part_ms: number,
  input_tokens: z.int(),
  output_tokens: z.int(),
  cost_usd: z.number(),
  cost_per_request_usd: number,
  unpriced_call_count: z.int(),
})

/** How models did in a period. */
export interface PerformanceReportWire {
  readonly task_type: string | null
  readonly agent_id: string | null
  /** The first and the last UTC day, where they were given. */
  readonly from_day: string | null
  readonly to_day: string | null
  /** The most used first. */
  readonly performance: readonly PerformanceWire[]
}

export const performanceReportWireSchema: z.ZodType<PerformanceReportWire> = z.object({
  task_type: z.string().nullable(),
  agent_id: z.string().nullable(),
  from_day: z.string().nullable(),
  to_day: z.string().nullable(),
  performance: z.array(performanceWireSchema),
})

/** What one model was used for. */
export interface ModelUsageWire {
  readonly model_id: string
  readonly overall: PerformanceWire
  readonly by_task_type: readonly PerformanceWire[]
  readonly by_month: readonly PerformanceWire[]
}

export const modelUsageWireSchema: z.ZodType<ModelUsageWire> = z.object({
  model_id: z.string(),
  overall: performanceWireSchema,
  by_task_type: z.array(performanceWireSchema),
  by_month: z.array(performanceWireSchema),
})

export function toPerformanceWire(row: PerformanceRow): PerformanceWire {
  return {
    model: row.modelId ?? null,
    task_type: row.taskType ?? null,
    agent_id: row.agentId ?? null,
    period: row.period ?? null,
    ...ratingOf(row),
    usage_count: row.requests,
    call_count: row.calls,
    failure_count: row.failures,
    failures_by_kind: row.failuresByKind,
    aborted_count: row.aborted,
    ...latencyOf(row),
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    cost_usd: fromNanoUsd(row.costNanoUsd),
    cost_per_request_usd:
      row.costPerRequestNanoUsd === undefined ? null : row.costPerRequestNanoUsd / 1e9,
    unpriced_call_count: row.unpricedCalls,
  }
}

type RatingWire = Pick<
  PerformanceWire,
  'avg_rating' | 'rating_low' | 'rating_high' | 'rating_count' | 'rating_is_known'
>

function ratingOf({ rating }: PerformanceRow): RatingWire {
  return {
    avg_rating: rating?.mean ?? null,
    rating_low: rating?.low ?? null,
    rating_high: rating?.high ?? null,
    rating_count: rating?.count ?? 0,
    rating_is_known: rating?.isKnown ?? false,
  }
}

type LatencyWire = Pick<
  PerformanceWire,
  'avg_latency_ms' | 'p50_latency_ms' | 'p95_latency_ms' | 'p50_first_part_ms' | 'p95_first_part_ms'
>

function latencyOf({ totalMs, firstPartMs }: PerformanceRow): LatencyWire {
  return {
    avg_latency_ms: totalMs?.mean ?? null,
    p50_latency_ms: totalMs?.p50 ?? null,
    p95_latency_ms: totalMs?.p95 ?? null,
    p50_first_part_ms: firstPartMs?.p50 ?? null,
    p95_first_part_ms: firstPartMs?.p95 ?? null,
  }
}
