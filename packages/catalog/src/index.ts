export { createCatalog } from './create-catalog.ts'
export type { CatalogHandle } from './create-catalog.ts'
export { createAgentModels } from './create-agent-models.ts'
export type { AgentModelsOptions } from './create-agent-models.ts'
export type {
  AgentModels,
  AgentOverview,
  AgentReference,
  DisableModels,
  EnableModels,
  MatchingModels,
  RemoveRule,
} from './agent-models.ts'
export type { Catalog, HealthApi } from './catalog.ts'
export type { ProviderLink } from './connections.ts'
export type {
  ModelEdit,
  ModelSeed,
  ModelsApi,
  NewAlias,
  NewModel,
  ResolvedModel,
  ResolveModel,
} from './models-contract.ts'
export type {
  CredentialStatus,
  NewProvider,
  ProviderChanges,
  ProviderTrial,
  ProvidersApi,
  SyncReport,
} from './providers-contract.ts'
export { HealthTracker } from './health/health-tracker.ts'
export type { HealthTrackerOptions, ObservedFailure } from './health/health-tracker.ts'
export type { ProviderState } from './health/provider-state.ts'
export { applyImport } from './import/apply-import.ts'
export type { ApplyImportOptions } from './import/apply-import.ts'
export type {
  AgentModelState,
  AliasMeaning,
  FieldChange,
  ImportPlan,
  ImportResult,
  LeftAlone,
  MissingProvider,
  PlannedAgentModel,
  PlannedAlias,
  PlannedModel,
  PlannedModelChange,
} from './import/import-plan.ts'
export type {
  ImportedAgentModel,
  ImportedAlias,
  ImportedModel,
  ImportSource,
  NeededProvider,
  ParseOptions,
  RefusedRow,
  UsedRow,
} from './import/import-source.ts'
export { parseLiteLlmConfig } from './import/litellm-config.ts'
export { parseModelTable } from './import/model-table.ts'
export { planImport } from './import/plan-import.ts'
export type { PlanImportOptions } from './import/plan-import.ts'
export { parseStaticCatalogue } from './import/static-catalogue.ts'
export { compatCatalog } from './compat/compat-catalog.ts'
export type { CompatCatalog, CompatOptions, ModelDetails } from './compat/compat-catalog.ts'
export type { UserKeyOptions, UserKeys } from './user-keys.ts'
export type { CacheTimes, CatalogOptions } from './options.ts'
