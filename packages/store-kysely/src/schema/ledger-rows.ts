import type {
  AttemptCause,
  AttemptOutcome,
  BudgetPeriod,
  BudgetScope,
  BudgetUnit,
  DecisionSource,
  FailureKind,
  FeedbackType,
  OpeIneligibility,
  TaskConfidence,
  TaskSource,
  UsageSource,
} from '@imrs/core'

import type { BooleanNumber, TimeText, JsonText } from './column-types.ts'

export interface MessageRow {
  readonly id: string
  readonly tenant_id: string
  readonly agent_id: string
  readonly user_id: string | null
  readonly conversation_id: string | null
  readonly role: 'assistant'
  readonly content: string | null
  readonly model: string
  readonly latency_ms: number | null
  readonly token_count: number | null
  readonly metadata: JsonText
  readonly created_at: TimeText
  /** 0 to 1. */
  readonly rating: number | null
  readonly task_type: string
  readonly credited_task_type: string
  readonly tools_used: JsonText
  readonly feedback_type: FeedbackType | null
  readonly feedback_at: TimeText | null
}

export interface AttemptRow {
  readonly id: string
  readonly message_id: string
  readonly decision_id: string
  readonly tenant_id: string
  readonly agent_id: string
  readonly user_id: string | null
  readonly position: number
  readonly provider_id: string
  readonly model_id: string
  readonly outcome: AttemptOutcome
  readonly failure_kind: FailureKind | null
  readonly started_at: TimeText
  readonly first_part_ms: number | null
  readonly total_ms: number
  readonly input_tokens: number | null
  readonly output_tokens: number | null
  readonly cached_input_tokens: number | null
  readonly cache_write_tokens: number | null
  readonly reasoning_tokens: number | null
  readonly cost_nano_usd: number | null
  readonly reported_cost_nano_usd: number | null
  readonly price_source: string | null
  readonly cause: AttemptCause
  readonly headers_ms: number | null
  readonly usage_source: UsageSource | null
  readonly price: JsonText | null
  readonly price_as_of: TimeText | null
}

export interface DecisionRow {
  readonly id: string
  readonly message_id: string
  readonly tenant_id: string
  readonly agent_id: string
  readonly user_id: string | null
  readonly decided_at: TimeText
  readonly source: DecisionSource
  readonly model_id: string
  readonly task_type: string
  readonly task_source: TaskSource
  readonly task_confidence: TaskConfidence
  readonly task_matches: number
  readonly required_capabilities: JsonText
  readonly candidates: JsonText
  readonly candidate_count: number
  readonly exclusions: JsonText
  readonly propensity: number
  readonly propensity_log: JsonText | null
  readonly ope_eligible: BooleanNumber
  readonly ope_reason: OpeIneligibility | null
  readonly strategy_name: string
  readonly strategy_version: string
  readonly snapshot_version: string
  readonly seed: number
  readonly replayable: BooleanNumber
  readonly preset: string | null
}

/** Counts by name, as text: see `counts-text.ts`. */
export type CountsText = string

/** A row of a day, a week or a month. */
export interface PerformanceRow {
  readonly tenant_id: string
  /** A day, `2026-11-21`; the first day of a week of a month; a month, `2026-11`. */
  readonly period: string
  /** Empty for all agents together. */
  readonly agent_id: string
  readonly task_type: string
  readonly model_id: string
  readonly provider_id: string
  readonly request_count: number
  readonly attempt_count: number
  readonly failure_count: number
  readonly aborted_count: number
  readonly failures_by_kind: CountsText
  readonly input_tokens: number
  readonly output_tokens: number
  readonly unmeasured_count: number
  readonly cost_nano_usd: number
  readonly unpriced_count: number
  readonly total_ms_sum: number
  readonly first_part_histogram: CountsText
  readonly total_histogram: CountsText
}

/** A call that is not in the rows of its periods yet. */
export interface FigureEntryRow {
  readonly tenant_id: string
  readonly message_id: string
  /** The attempt's. */
  readonly id: string
  /** A {@link PerformanceRow} without its tenant, as a JSON array. */
  readonly entry: string
}

export interface BudgetRow {
  readonly tenant_id: string
  readonly id: string
  readonly scope: BudgetScope
  readonly subject: string
  readonly unit: BudgetUnit
  readonly period: BudgetPeriod
  readonly limit_amount: number
  readonly created_at: TimeText
  readonly updated_at: TimeText
}

export interface BudgetWindowRow {
  readonly tenant_id: string
  readonly rule_id: string
  readonly subject: string
  readonly window_start: TimeText
  readonly used: number
  /** The part of `used` that nobody measured. */
  readonly assumed: number
  readonly reserved: number
  readonly kept_until: TimeText
}

/** A row is there as long as its amount is part of the window's `reserved`. */
export interface BudgetReservationRow {
  readonly tenant_id: string
  readonly id: string
  readonly rule_id: string
  readonly subject: string
  readonly window_start: TimeText
  readonly amount: number
  readonly expires_at: TimeText
}

export interface ParameterDefaultsRow {
  readonly tenant_id: string
  /** Empty for all agents. */
  readonly agent_id: string
  /** Empty for all models. */
  readonly model_id: string
  readonly parameters: JsonText
  readonly updated_by: string | null
  readonly updated_at: TimeText
}
