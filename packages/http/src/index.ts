export { createHandler } from './create-handler.ts'
export type { ClosableHandler, HttpHandler } from './create-handler.ts'
export { nextRoutes } from './next/next-routes.ts'
export type { NextRoute, NextRoutes, NextRoutesOptions } from './next/next-routes.ts'
export type {
  CorsOptions,
  FailureReport,
  HttpOptions,
  ModelQualityOptions,
  RateLimits,
} from './http-options.ts'
export type { RateClass } from './endpoint/endpoint.ts'
export { ROLES } from './identity/identity.ts'
export type { Authenticated, Authenticator, Identity, Role } from './identity/identity.ts'
export { jwtAuthentication } from './identity/jwt/jwt-authentication.ts'
export type { JwtAlgorithm, JwtClaimNames, JwtOptions } from './identity/jwt/jwt-options.ts'
export { anonymousSessions } from './identity/sessions/anonymous-sessions.ts'
export type { AnonymousSessionOptions } from './identity/sessions/anonymous-sessions.ts'
export { bearerToken } from './identity/tokens/bearer-token.ts'
export type { BearerTokenOptions } from './identity/tokens/bearer-token.ts'
export { apiKeyAuthentication } from './identity/api-keys/api-key-authentication.ts'
export type { ApiKeyOptions } from './identity/api-keys/api-key-authentication.ts'
export type { ItemsWire } from './wire/items.ts'
export type { ModelQualitiesWire, ModelQualityWire } from './routes/catalogue/model-quality-wire.ts'
export type { AuditEntryWire } from './routes/admin/audit-wire.ts'
export type {
  AgentModelBody,
  ChosenModels,
  DisableModelsBody,
  EnableModelsBody,
} from './routes/agents/agent-body.ts'
export type { AgentListWire, AgentSummaryWire } from './routes/agents/agent-list-endpoint.ts'
export type {
  AgentModelPageWire,
  AgentModelRowWire,
  AgentModelWire,
  AgentRuleWire,
  ModelsDisabledWire,
  ModelsEnabledWire,
} from './routes/agents/agent-wire.ts'
export type { ApiKeyBody, ApiKeyWire, MadeApiKeyWire } from './routes/api-keys/api-key-wire.ts'
export type { BudgetBody, BudgetStatusWire, BudgetWire } from './routes/budgets/budget-wire.ts'
export type { CallPageWire, ListedCallWire } from './routes/calls/call-wire.ts'
export type { CatalogueEventWire } from './routes/catalogue/catalogue-event-wire.ts'
export type { CatalogueEventPageWire } from './routes/catalogue/catalogue-events-endpoint.ts'
export type { CallWire, DecisionWire } from './routes/decisions/decision-wire.ts'
export type { EstimateWire, EvaluationWire } from './routes/evaluation/evaluation-wire.ts'
export type { ReasonCountWire } from './routes/feedback/reasons-endpoint.ts'
export type {
  HealthChangeWire,
  HealthHistoryWire,
} from './routes/health/health-history-endpoint.ts'
export type { ModelsChangeBody, ModelsChangedWire } from './routes/models/change-models.ts'
export type { ModelBody, ModelChangesBody } from './routes/models/model-body.ts'
export type { ModelFilterWire } from './routes/models/model-query.ts'
export type { ModelDetailWire, ModelPageWire, ModelWire } from './routes/models/model-wire.ts'
export type { BreakerWire, SetAsideWire, SinkWire } from './routes/operations/operation-wire.ts'
export type { ParameterDefaultsWire, ParametersBody } from './routes/parameters/parameter-wire.ts'
export type { DriftAlarmWire } from './routes/performance/drift-wire.ts'
export type { FiguresWire, ModelFiguresWire, TimesWire } from './routes/performance/figures-wire.ts'
export type {
  ModelUsageWire,
  PerformanceReportWire,
  PerformanceWire,
} from './routes/performance/performance-wire.ts'
export type { RecommendationWire } from './routes/performance/recommendation-wire.ts'
export type { PresetBody, PresetWire } from './routes/presets/preset-wire.ts'
export type { ProviderBody, ProviderChangesBody } from './routes/providers/provider-body.ts'
export type {
  HealthWire,
  ProviderListWire,
  ProviderTrialWire,
  ProviderWire,
  SyncWire,
} from './routes/providers/provider-wire.ts'
