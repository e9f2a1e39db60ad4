import type {
  Capability,
  CostTier,
  HealthStatus,
  ModelPricing,
  ModelType,
  ProviderType,
} from '@imrs/core'

/** A provider, as `GET /api/v2/admin/providers` tells it. */
export interface ProviderWire {
  readonly id: string
  readonly display_name: string
  readonly provider_type: ProviderType
  readonly api_base: string
  readonly models_endpoint: string
  readonly api_key_vault_path: string | null
  readonly rate_limit_rpm: number | null
  readonly is_active: boolean
  /** `code`: declared by the host, and read-only here. */
  readonly origin: 'code' | 'api'
  readonly model_count: number
  readonly last_synced: string | null
  readonly created_by: string | null
  readonly created_at: string
  readonly updated_at: string
}

/** The body that makes or tries a provider. */
export interface NewProvider {
  readonly id: string
  readonly display_name?: string
  readonly provider_type: string
  readonly api_base: string
  readonly models_endpoint?: string
  readonly api_key?: string
  readonly rate_limit_rpm?: number
  readonly settings?: Readonly<Record<string, boolean>>
}

/** How trying a provider went. */
export type TrialWire =
  | {
      readonly ok: true
      readonly models: number
      readonly chat_models: number
      readonly examples: readonly string[]
    }
  | { readonly ok: false; readonly failure_kind: string; readonly message: string }

/** What reading a provider's list changed. */
export interface SyncWire {
  readonly provider_id: string
  readonly models_discovered: number
  readonly models_unreadable: number
  readonly models_added: number
  readonly models_updated: number
  readonly models_unchanged: number
  readonly models_removed: number
  readonly synced_at: string
}

export interface HealthWire {
  readonly provider_id: string
  readonly status: HealthStatus
  readonly checked_at: string
  readonly error: string | null
}

/** A model; prices are US dollars per 1,000,000 tokens as decimal text, `null` is unknown. */
export interface ModelWire {
  readonly id: string
  readonly provider_id: string
  readonly external_id: string
  readonly display_name: string
  readonly description: string | null
  readonly model_type: ModelType
  readonly capabilities: readonly Capability[]
  readonly priority: number
  readonly cost_tier: CostTier | null
  readonly domains: readonly string[]
  readonly ctx_length: number | null
  readonly max_output_tokens: number | null
  readonly pricing_input: string | null
  readonly pricing_output: string | null
  readonly is_available: boolean
  readonly unavailable_reason: string | null
  readonly origin: 'sync' | 'code' | 'manual'
  readonly successor_id: string | null
  readonly released_at: string | null
  readonly expires_at: string | null
  readonly synced_at: string | null
  readonly created_at: string
  readonly updated_at: string
}

export interface ModelDetailWire extends ModelWire {
  readonly pricing: ModelPricing
  readonly supported_parameters: readonly string[] | null
  /** The fields a person set, which no sync changes. */
  readonly overridden: readonly string[]
}

export interface ModelPage {
  readonly items: readonly ModelWire[]
  readonly total: number | null
  readonly total_is_estimate: boolean
  readonly next_cursor: string | null
}

/** The body that adds a model by hand. */
export interface NewModel {
  readonly provider_id: string
  readonly external_id: string
  readonly display_name?: string
  readonly capabilities: readonly string[]
  readonly priority?: number
  readonly cost_tier?: string
  readonly ctx_length?: number
  readonly pricing_input?: string
  readonly pricing_output?: string
}

/** What is changed of a model; `null` goes back to what the provider's list says. */
export interface ModelChanges {
  readonly display_name?: string | null
  readonly capabilities?: readonly string[] | null
  readonly priority?: number | null
  readonly cost_tier?: string | null
  readonly is_available?: boolean | null
  readonly unavailable_reason?: string
}

/** A model that an agent may use. */
export interface AgentModelWire {
  readonly model_id: string
  readonly display_name: string
  readonly priority_override: number | null
  readonly priority: number
  readonly decided_by: 'row' | 'rule' | 'nothing'
  readonly is_available: boolean
}

export interface AgentModelPage {
  readonly agent_id: string
  readonly models: readonly AgentModelWire[]
  readonly total_enabled: number
  readonly total_is_estimate: boolean
  readonly next_cursor: string | null
  readonly disabled_model_ids: readonly string[]
}

/** Which models a bulk action is for. */
export interface ModelChoice {
  readonly model_ids?: readonly string[]
  readonly bulk_filter?: Readonly<Record<string, string>>
}

export interface AgentRuleWire {
  readonly id: string
  readonly filter: Readonly<Record<string, string>>
  readonly is_enabled: boolean
  readonly enabled_by: string | null
  readonly enabled_at: string
}

/** How a model did; what is not known is `null`. */
export interface PerformanceWire {
  readonly model: string | null
  readonly task_type: string | null
  readonly agent_id: string | null
  readonly period: string | null
  readonly avg_rating: number | null
  readonly rating_low: number | null
  readonly rating_high: number | null
  readonly rating_count: number
  readonly rating_is_known: boolean
  readonly usage_count: number
  readonly call_count: number
  readonly failure_count: number
  readonly p50_latency_ms: number | null
  readonly p95_latency_ms: number | null
  readonly input_tokens: number
  readonly output_tokens: number
  readonly cost_usd: number
  readonly cost_per_request_usd: number | null
  readonly unpriced_call_count: number
}

export interface UsageWire {
  readonly overall: PerformanceWire
  readonly by_task_type: readonly PerformanceWire[]
  readonly by_month: readonly PerformanceWire[]
}

/** An average rating and its 95 % interval. */
export interface EstimateWire {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** What a strategy would have earned, or why nobody can say. */
export interface EvaluationWire {
  readonly strategy: string
  readonly actual: EstimateWire | null
  readonly value: EstimateWire | null
  readonly rated_decisions: number
  readonly used_decisions: number
  readonly effective_sample_size: number
  readonly refused: { readonly kind: string; readonly reason: string } | null
  readonly warnings: readonly string[]
  readonly sentence: string
}

export interface AuditWire {
  readonly seq: number
  readonly tenant_id: string | null
  readonly action: string
  readonly subject: string
  readonly actor: string | null
  readonly at: string
}

export interface Items<Item> {
  readonly items: readonly Item[]
}
