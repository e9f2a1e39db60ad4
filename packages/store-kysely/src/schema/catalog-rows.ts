import type {
  AliasReason,
  CatalogEventType,
  CostTier,
  HealthStatus,
  ModelOrigin,
  ModelType,
  ProviderOrigin,
  ProviderType,
} from '@imrs/core'
import type { Generated } from 'kysely'

import type { BooleanNumber, TimeText, JsonText } from './column-types.ts'

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

export interface HealthChangeRow {
  readonly seq: Generated<number>
  readonly provider_id: string
  readonly at: TimeText
  readonly from_status: HealthStatus
  readonly to_status: HealthStatus
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
  readonly published: JsonText | null
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
