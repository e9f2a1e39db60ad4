import type { ApiKeyRow } from './api-key-table.ts'
import type {
  ProviderRow,
  ProviderHealthRow,
  HealthChangeRow,
  StoredModelRow,
  CatalogEventRow,
  ModelAliasRow,
  AgentModelRow,
  EnableRuleRow,
  PreferenceRow,
} from './catalog-rows.ts'
import type {
  AuditRow,
  ChangeVersionRow,
  HealthHintRow,
  ProviderPaceRow,
} from './coordination-rows.ts'
import type {
  OutboxRow,
  OutboxSinkRow,
  FeedbackEventRow,
  ExperienceRow,
  ExperienceCheckpointRow,
  ExperienceBoundRow,
  ExperienceUserRow,
  ModelDriftRow,
  ModelShiftRow,
} from './learning-rows.ts'
import type {
  MessageRow,
  AttemptRow,
  DecisionRow,
  PerformanceRow,
  FigureEntryRow,
  BudgetRow,
  BudgetWindowRow,
  BudgetReservationRow,
  ParameterDefaultsRow,
} from './ledger-rows.ts'
import type { PresetRow } from './preset-table.ts'

export type { BooleanNumber, TimeText, JsonText } from './column-types.ts'
export type {
  ProviderRow,
  ProviderHealthRow,
  HealthChangeRow,
  StoredModelRow,
  ModelRow,
  CatalogEventRow,
  ModelAliasRow,
  AgentModelRow,
  EnableRuleRow,
  PreferenceRow,
} from './catalog-rows.ts'
export type {
  MessageRow,
  AttemptRow,
  DecisionRow,
  CountsText,
  PerformanceRow,
  FigureEntryRow,
  BudgetRow,
  BudgetWindowRow,
  BudgetReservationRow,
  ParameterDefaultsRow,
} from './ledger-rows.ts'
export type {
  OutboxRow,
  OutboxSinkRow,
  FeedbackEventRow,
  ExperienceRow,
  ExperienceCheckpointRow,
  ExperienceBoundRow,
  ExperienceUserRow,
  ModelDriftRow,
  ModelShiftRow,
} from './learning-rows.ts'
export type {
  AuditRow,
  ChangeVersionRow,
  HealthHintRow,
  ProviderPaceRow,
} from './coordination-rows.ts'

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
  readonly provider_health_history: HealthChangeRow
  readonly budgets: BudgetRow
  readonly budget_windows: BudgetWindowRow
  readonly budget_reservations: BudgetReservationRow
  readonly parameter_defaults: ParameterDefaultsRow
  readonly presets: PresetRow
  readonly api_keys: ApiKeyRow
  readonly audit_log: AuditRow
  readonly change_versions: ChangeVersionRow
  readonly health_hints: HealthHintRow
  readonly provider_pace: ProviderPaceRow
}
