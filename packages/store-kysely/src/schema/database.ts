import type {
  AliasReason,
  AttemptCause,
  AttemptOutcome,
  BudgetPeriod,
  BudgetScope,
  BudgetUnit,
  CatalogEventType,
  CostTier,
  DecisionSource,
  ExperienceScope,
  FailureKind,
  FeedbackSignal,
  FeedbackType,
  HealthStatus,
  ModelOrigin,
  ModelType,
  OpeIneligibility,
  ProviderOrigin,
  ProviderType,
  SinkFailureKind,
  TaskConfidence,
  TaskSource,
  UsageSource,
} from '@imrs/core'
import type { Generated } from 'kysely'

import type { PresetRow } from './preset-table.ts'

/** 0 or 1. */
export type BooleanNumber = number
/** ISO 8601, UTC, with milliseconds. */
export type TimeText = string
/** JSON, as text. */
export type JsonText = string

export interface ProviderRow {
  readonly id: string
  readonly display_name: string
  readonly provider_type: ProviderType
  readonly api_base: string
  readonly models_endpoint: string
  readonly api_key_vault_path: string | null
  readonly rate_limit_rpm: number | null
  readonly is_active: BooleanNumber
  readonly origin: ProviderOrigin
  readonly settings: JsonText
  readonly last_synced: TimeText | null
  readonly created_by: string | null
  readonly created_at: TimeText
  readonly updated_at: TimeText
}

export interface ProviderHealthRow {
  readonly provider_id: string
  readonly status: HealthStatus
  readonly checked_at: TimeText
  readonly error: string | null
}

export interface StoredModelRow extends ModelRow {
  /** Stays with the row for life; what the text index of SQLite knows it by. */
  readonly seq: Generated<number>
}

/** A model without what the database adds. */
export interface ModelRow {
  readonly id: string
  readonly provider_id: string
  readonly external_id: string
  readonly display_name: string
  readonly description: string | null
  readonly model_type: ModelType
  readonly capabilities: JsonText
  /** The same as bits, for filters. */
  readonly capability_mask: number
  readonly priority: number
  readonly cost_tier: CostTier | null
  readonly domains: JsonText
  readonly ctx_length: number | null
  readonly max_output_tokens: number | null
  /** Copies of two prices, for queries; `pricing` is what counts. */
  readonly pricing_input: string | null
  readonly pricing_output: string | null
  /** The price as a number, to sort by. */
  readonly pricing_input_number: number | null
  readonly pricing: JsonText
  readonly is_available: BooleanNumber
  readonly unavailable_reason: string | null
  readonly released_at: TimeText | null
  readonly expires_at: TimeText | null
  readonly supported_parameters: JsonText | null
  readonly metadata: JsonText
  readonly origin: ModelOrigin
  readonly successor_id: string | null
  /** What a search finds it by, with spaces between. */
  readonly search_words: string
  /** What an administrator set; the other columns have these values already. */
  readonly overrides: JsonText | null
  /** The overridable part of the provider's side, while something is set. */
  readonly synced_values: JsonText | null
  /** Fingerprint of what the provider's list says of it. */
  readonly facts_hash: string
  readonly synced_at: TimeText | null
  readonly created_at: TimeText
  readonly updated_at: TimeText
}

export interface CatalogEventRow {
  readonly seq: Generated<number>
  readonly type: CatalogEventType
  readonly provider_id: string
  readonly model_id: string
  /** The members of the change but its type and model. */
  readonly details: JsonText
  readonly at: TimeText
}

export interface ModelAliasRow {
  readonly name: string
  readonly model_id: string
  readonly reason: AliasReason
  readonly is_automatic: BooleanNumber
  readonly created_at: TimeText
}

export interface AgentModelRow {
  readonly id: Generated<string>
  readonly tenant_id: string
  readonly agent_id: string
  readonly model_id: string
  readonly priority_override: number | null
  readonly is_enabled: BooleanNumber
  readonly enabled_by: string | null
  readonly enabled_at: TimeText
}

export interface EnableRuleRow {
  readonly tenant_id: string
  readonly agent_id: string
  readonly id: string
  readonly filter: JsonText
  readonly is_enabled: BooleanNumber
  readonly priority_override: number | null
  readonly enabled_by: string | null
  readonly enabled_at: TimeText
}

export interface PreferenceRow {
  readonly tenant_id: string
  readonly user_id: string
  /** `null` for a selection that names no provider, such as `auto`. */
  readonly provider: string | null
  readonly model: string | null
  readonly updated_at: TimeText | null
  readonly last_valid_provider: string | null
  readonly last_valid_model: string | null
  readonly last_valid_at: TimeText | null
}

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

export interface OutboxRow {
  readonly seq: Generated<number>
  readonly tenant_id: string
  /** The name of the sink. */
  readonly topic: string
  /** The id of the message. */
  readonly key: string
  readonly payload: JsonText
  readonly created_at: TimeText
  readonly available_at: TimeText
  readonly attempt_count: number
  readonly last_error: string | null
  readonly set_aside_at: TimeText | null
}

export interface OutboxSinkRow {
  readonly sink: string
  readonly holder: string | null
  readonly lease_until: TimeText | null
  readonly failure_count: number
  readonly failure: SinkFailureKind | null
  readonly paused_until: TimeText | null
}

export interface FeedbackEventRow {
  readonly seq: Generated<number>
  readonly id: string
  readonly tenant_id: string
  readonly message_id: string
  readonly user_id: string
  readonly feedback_type: FeedbackType
  readonly rating_milli: number
  readonly signal: FeedbackSignal | null
  readonly given_at: TimeText
  readonly epoch: number
  readonly weight_milli: number
}

export interface ExperienceRow {
  readonly tenant_id: string
  readonly scope: ExperienceScope
  readonly agent_id: string
  readonly task_type: string
  readonly model_id: string
  readonly month: string
  readonly epoch: number
  readonly rating_count: number
  readonly rating_sum: number
  readonly rating_sum_of_squares: number
  readonly weight_milli: number
  readonly weighted_sum: number
  readonly weighted_sum_of_squares: number
}

/** What answers from before the bound add to a cell of an agent. */
export type ExperienceCheckpointRow = Omit<
  ExperienceRow,
  'scope' | 'weight_milli' | 'weighted_sum' | 'weighted_sum_of_squares'
>

export interface ExperienceBoundRow {
  readonly tenant_id: string
  readonly before_id: string
}

/** What one user's ratings in a cell of an agent come to. */
export interface ExperienceUserRow {
  readonly tenant_id: string
  readonly agent_id: string
  readonly task_type: string
  readonly model_id: string
  readonly month: string
  readonly epoch: number
  readonly user_id: string
  readonly rating_count: number
  readonly rating_sum: number
  readonly rating_sum_of_squares: number
  readonly weight_milli: number
}

export interface ModelDriftRow {
  readonly tenant_id: string
  readonly agent_id: string
  readonly model_id: string
  readonly epoch: number
  readonly drift_sum: number
  readonly residual_sum: number
  readonly rating_count: number
}

export interface ModelShiftRow {
  readonly tenant_id: string
  readonly agent_id: string
  readonly model_id: string
  readonly epoch: number
  readonly shift_milli: number
  readonly message_id: string
  readonly at: TimeText
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

export interface AuditRow {
  readonly seq: Generated<number>
  /** Empty for what concerns all tenants. */
  readonly tenant_id: string
  readonly action: string
  readonly subject: string
  readonly actor: string | null
  readonly details: JsonText
  readonly at: TimeText
}

export interface ChangeVersionRow {
  readonly topic: string
  readonly version: number
}

export interface HealthHintRow {
  readonly provider_id: string
  readonly credential_id: string
  readonly model_id: string
  readonly failure_kind: FailureKind
  readonly openings: number
  readonly open_until: TimeText
}

export interface ProviderPaceRow {
  readonly provider_id: string
  readonly full_at_ms: number
}

/** The tables that repositories read and write. */
export interface Database {
  readonly llm_providers: ProviderRow
  readonly llm_model_catalog: StoredModelRow
  readonly agent_model_config: AgentModelRow
  readonly model_enable_rules: EnableRuleRow
  readonly messages: MessageRow
  readonly routing_decisions: DecisionRow
  readonly attempts: AttemptRow
  readonly model_experience: ExperienceRow
  readonly experience_users: ExperienceUserRow
  readonly experience_user_checkpoints: ExperienceUserRow
  readonly experience_checkpoints: ExperienceCheckpointRow
  readonly experience_bounds: ExperienceBoundRow
  readonly model_drift: ModelDriftRow
  readonly model_shifts: ModelShiftRow
  readonly model_performance_daily: PerformanceRow
  readonly model_performance_weekly: PerformanceRow
  readonly model_performance_monthly: PerformanceRow
  readonly figure_entries: FigureEntryRow
  readonly feedback_events: FeedbackEventRow
  readonly outbox: OutboxRow
  readonly outbox_sinks: OutboxSinkRow
  readonly user_ai_preferences: PreferenceRow
  readonly model_aliases: ModelAliasRow
  readonly catalog_events: CatalogEventRow
  readonly provider_health: ProviderHealthRow
  readonly budgets: BudgetRow
  readonly budget_windows: BudgetWindowRow
  readonly budget_reservations: BudgetReservationRow
  readonly parameter_defaults: ParameterDefaultsRow
  readonly presets: PresetRow
  readonly audit_log: AuditRow
  readonly change_versions: ChangeVersionRow
  readonly health_hints: HealthHintRow
  readonly provider_pace: ProviderPaceRow
}
