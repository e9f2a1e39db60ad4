import type { HealthStatus } from '@imrs/core'

/** What travels, as the package that answers writes it down. Types alone: nothing of it is in the page. */
export type {
  AgentModelPageWire,
  AgentModelWire,
  AgentRuleWire,
  AuditEntryWire,
  CatalogueEventPageWire,
  CatalogueEventWire,
  ChosenModels,
  EstimateWire,
  EvaluationWire,
  HealthWire,
  ItemsWire,
  ModelBody,
  ModelChangesBody,
  ModelDetailWire,
  ModelPageWire,
  ModelUsageWire,
  ModelWire,
  ModelsDisabledWire,
  ModelsEnabledWire,
  PerformanceReportWire,
  PerformanceWire,
  ProviderBody,
  ProviderListWire,
  ProviderTrialWire,
  ProviderWire,
  SyncWire,
} from '@imrs/http'

/** An agent for which something was set, or that answered. */
export interface AgentSummaryWire {
  readonly agent_id: string
  readonly enabled_by_name: number
  readonly disabled_by_name: number
  readonly rules: number
  readonly answers_last_30_days: number
  readonly last_used_on: string | null
}

/** A provider's status became another one. */
export interface HealthChangeWire {
  readonly seq: number
  readonly provider_id: string
  readonly at: string
  readonly from: HealthStatus
  readonly to: HealthStatus
  readonly error: string | null
}

export interface HealthChangePage {
  readonly items: readonly HealthChangeWire[]
  readonly next_before: number | null
}

/** The learning strategy noticed that a model answers better or worse than before. */
export interface DriftWire {
  readonly at: string
  readonly agent_id: string
  readonly model: string
  readonly direction: 'worse' | 'better'
  /** Of a rating from 0 to 1. */
  readonly shift: number
  readonly message_id: string
}

/** How often a reason was given with good and with bad ratings of a model. */
export interface ReasonWire {
  readonly model: string
  readonly reason: string
  readonly good: number
  readonly bad: number
}
