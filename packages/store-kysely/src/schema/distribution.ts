/** Where the rows of a table are when PostgreSQL is spread over several machines. */
export type TableDistribution =
  /** Spread by the hash of the column; rows of one tenant are on one machine, of all such tables. */
  | { readonly kind: 'distributed'; readonly by: 'tenant_id' }
  /** Whole on every machine: small, seldom written, joined with the rows of every tenant. */
  | { readonly kind: 'reference' }
  /** On the coordinator alone: read by key, never joined with what is distributed. */
  | { readonly kind: 'local' }

const distributed: TableDistribution = Object.freeze({ kind: 'distributed', by: 'tenant_id' })
const reference: TableDistribution = Object.freeze({ kind: 'reference' })
const local: TableDistribution = Object.freeze({ kind: 'local' })

/**
 * How each table is to be distributed by an engine such as Citus; nothing here does it. Every unique
 * key of a distributed table holds its distribution column, and no such table has a trigger: both are
 * tested on a migrated database, and that no table is left out.
 */
export const DISTRIBUTION: Readonly<Record<string, TableDistribution>> = Object.freeze({
  llm_providers: reference,
  llm_model_catalog: reference,
  model_aliases: reference,
  provider_health: local,
  provider_health_history: local,
  catalog_events: local,
  change_versions: local,
  health_hints: local,
  provider_pace: local,
  outbox_sinks: local,
  // Read by an id that comes without its tenant.
  api_keys: local,
  agent_model_config: distributed,
  model_enable_rules: distributed,
  user_ai_preferences: distributed,
  presets: distributed,
  parameter_defaults: distributed,
  messages: distributed,
  routing_decisions: distributed,
  attempts: distributed,
  feedback_events: distributed,
  model_experience: distributed,
  experience_users: distributed,
  experience_user_checkpoints: distributed,
  experience_checkpoints: distributed,
  experience_bounds: distributed,
  model_drift: distributed,
  model_shifts: distributed,
  model_performance_daily: distributed,
  model_performance_weekly: distributed,
  model_performance_monthly: distributed,
  figure_entries: distributed,
  budgets: distributed,
  budget_windows: distributed,
  budget_reservations: distributed,
  audit_log: distributed,
  outbox: distributed,
})
