export { createCatalog } from './create-catalog.ts'
export type { CatalogHandle, CatalogOptions } from './create-catalog.ts'
export { createAgentModels } from './create-agent-models.ts'
export type { AgentModelsOptions } from './create-agent-models.ts'
export type { AgentModels, AgentReference, DisableModels, EnableModels } from './agent-models.ts'
export type {
  Catalog,
  CredentialStatus,
  HealthApi,
  ModelSeed,
  ModelsApi,
  NewProvider,
  ProviderChanges,
  ProviderTrial,
  ProvidersApi,
  ResolvedModel,
  ResolveModel,
  SyncReport,
} from './catalog.ts'
export { HealthTracker } from './health/health-tracker.ts'
export type { HealthTrackerOptions, ObservedFailure } from './health/health-tracker.ts'
export type { ProviderState } from './health/provider-state.ts'
