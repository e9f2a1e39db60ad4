/** What travels, as the package that answers writes it down. Types alone: nothing of it is in the page. */
export type {
  AgentListWire,
  AgentModelPageWire,
  AgentModelWire,
  AgentRuleWire,
  AgentSummaryWire,
  AuditEntryWire,
  CatalogueEventPageWire,
  CatalogueEventWire,
  ChosenModels,
  EstimateWire,
  EvaluationWire,
  HealthChangeWire,
  HealthHistoryWire,
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
