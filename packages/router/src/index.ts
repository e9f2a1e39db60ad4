export { explainDecision } from './explain/explain-decision.ts'
export type { NameOf } from './explain/explain-decision.ts'
export type { RouterAgents, UsableModels } from './agents/router-agents.ts'
export { createRouter } from './create-router.ts'
export type { Answer, DecisionKey, Explanation, FeedbackCall, Router } from './router.ts'
export type { AuthorizeRequest, Capsule, RouterOptions } from './options.ts'
export type {
  AttemptOptions,
  BreakerOptions,
  HedgingOptions,
  RetryOptions,
  TimeoutOptions,
} from './attempt/attempt-options.ts'
export { BUDGET_LIMIT_UNITS } from './budgets/budget-api.ts'
export type { CallsApi, ListCalls } from './calls/calls-api.ts'
export type {
  Budget,
  BudgetApi,
  BudgetKey,
  BudgetLimitUnit,
  BudgetStatus,
  BudgetStatusQuery,
  RemoveBudget,
  SetBudget,
} from './budgets/budget-api.ts'
export type { WhenBudgetsUnavailable } from './budgets/budget-keeper.ts'
export type {
  MaintenanceApi,
  MaintenanceReport,
  MaintenanceRun,
} from './maintenance/maintenance-api.ts'
export type { MaintenanceOptions, RetentionOptions } from './maintenance/maintenance-options.ts'
export type { BudgetOptions } from './budgets/budget-options.ts'
export type { ExhaustedBudgets } from './budgets/exhausted-budgets.ts'
export type { BreakerLimits, BreakerState } from './attempt/breaker/breaker.ts'
export type { BreakerKey } from './attempt/breaker/breaker-entry.ts'
export type { BreakerReport } from './attempt/breaker/breakers.ts'
export type { BreakersApi } from './attempt/breaker/breakers-api.ts'
export type { OpenBreakers } from './attempt/breaker/open-breakers.ts'
export type { SpoolOptions } from './record/spool/spool-options.ts'
export type { RoleRestriction } from './snapshot/role-restrictions.ts'
export { ENOUGH_RATINGS, PERFORMANCE_GROUPS } from './performance/performance-api.ts'
export type {
  DriftQuery,
  LatencyFigure,
  ModelUsage,
  PerformanceApi,
  PerformanceGroup,
  PerformanceQuery,
  PerformanceReport,
  ModelQuality,
  PerformanceRow,
  QualityQuery,
  RatingFigure,
  RatingReasonQuery,
  UsageQuery,
} from './performance/performance-api.ts'
export type {
  CheaperModel,
  ModelToDrop,
  ModelToTry,
  QualityDifference,
  Recommend,
  Recommendation,
  RecommendQuery,
  TooLittleKnown,
} from './recommend/recommend-api.ts'
export type {
  PresetApi,
  PresetInfo,
  PresetReference,
  RemovePreset,
  SetPreset,
} from './presets/preset-api.ts'
export { PresetBook } from './presets/preset-book.ts'
export type { CompiledPreset } from './presets/preset-book.ts'
export type { PreferenceApi, PreferenceOwner, SelectModel } from './preferences/preference-api.ts'
export type {
  ParameterApi,
  ParameterListQuery,
  ParameterReference,
  RemoveParameters,
  SetParameters,
} from './parameters/parameter-api.ts'
export { buildParameterProfiles } from './parameters/parameter-profile.ts'
export type { ParameterProfile, ProfileSource } from './parameters/parameter-profile.ts'
export type { DroppedParameter, ResolvedParameters } from './parameters/resolve-parameters.ts'
export { evaluateLog } from './evaluate/evaluate-log.ts'
export type { EvaluateQuery } from './evaluate/evaluate-query.ts'
export { decide } from './decide/decide.ts'
export type { Decided } from './decide/decide.ts'
export type { DecisionConversation, DecisionInput } from './decide/decision-input.ts'
export type { RoutingSnapshot } from './snapshot/routing-snapshot.ts'
export { buildTable } from './snapshot/build-table.ts'
export type { ModelTable, TableSource } from './snapshot/build-table.ts'
export { buildExperience } from './snapshot/build-experience.ts'
export { adaptive } from './strategies/adaptive/adaptive.ts'
export { createAdaptiveLearner } from './strategies/adaptive/adaptive-learner.ts'
export type { AdaptiveLearner, RatedAnswer } from './strategies/adaptive/adaptive-learner.ts'
export { resolveAdaptiveOptions } from './strategies/adaptive/adaptive-options.ts'
export type {
  AdaptiveOptions,
  AdaptivePriors,
  DriftOptions,
  ResolvedAdaptiveOptions,
} from './strategies/adaptive/adaptive-options.ts'
export { beliefOf } from './strategies/adaptive/cell-posterior.ts'
export type { Belief } from './strategies/adaptive/cell-posterior.ts'
export { advanceDrift, driftObservation } from './strategies/adaptive/drift.ts'
export type { DriftObservation, RatedCell } from './strategies/adaptive/drift.ts'
export type { Fit, TaskFit } from './strategies/adaptive/fit.ts'
export type { AdaptiveLearned, FitBasis, PriceScale } from './strategies/adaptive/learned.ts'
export type { Statistics } from './strategies/adaptive/statistics.ts'
export type { Ratings, TaskStatistics } from './strategies/adaptive/task-statistics.ts'
export { bestValue } from './strategies/best-value.ts'
export type { BestValueOptions } from './strategies/best-value.ts'
export { cheapest } from './strategies/cheapest.ts'
export { cheapestWithin } from './strategies/cheapest-within.ts'
export type { CheapestWithinOptions } from './strategies/cheapest-within.ts'
export { experiment } from './strategies/experiment.ts'
export type { ExperimentOptions } from './strategies/experiment.ts'
export { fastest } from './strategies/fastest.ts'
export type { FastestOptions } from './strategies/fastest.ts'
export { NAMED_STRATEGIES, isStrategyName, namedStrategy } from './strategies/named-strategies.ts'
export type {
  NamedStrategy,
  NamedStrategyOptions,
  StrategyName,
} from './strategies/named-strategies.ts'
export { priority } from './strategies/priority.ts'
export { SPREAD_WEIGHTS, spread } from './strategies/spread.ts'
export type { SpreadOptions, SpreadWeight } from './strategies/spread.ts'
export { sticky } from './strategies/sticky.ts'
export { topRows } from './strategies/top-rows.ts'
export type { TopRows, TopRowsRequest } from './strategies/top-rows.ts'
export { weighted } from './strategies/weighted.ts'
export type { WeightedOptions } from './strategies/weighted.ts'
export {
  KEYWORD_LANGUAGES,
  KEYWORD_TO_TASK_TYPE,
  MEDIA_TYPE_TO_TASK_TYPE,
  TOOL_TO_TASK_TYPE,
  createBuiltInDetector,
} from './task/index.ts'
export type {
  BuiltInDetectorOptions,
  Keyword,
  KeywordLanguage,
  KeywordTable,
  MediaTypeTable,
  ToolTable,
} from './task/index.ts'
export { selectionFunction } from './strategies/selection-function.ts'
export type {
  SelectionCandidate,
  SelectionFunctionOptions,
  SelectionInput,
  SelectModelFunction,
} from './strategies/selection-function.ts'
export { REPLAY_POLICIES, isReplayPolicyName, replayPolicy } from './replay/named-policies.ts'
export type { ReplayPolicyName } from './replay/named-policies.ts'
export { toOutcomeSet } from './replay/outcome-set.ts'
export type { Outcome, OutcomeSet } from './replay/outcome-set.ts'
export { readOutcomes } from './replay/read-outcomes.ts'
export type { OutcomeProblem, ReadOutcomes, ReadOutcomesOptions } from './replay/read-outcomes.ts'
export type { Reaction } from './replay/reaction.ts'
export type { ReferenceLines } from './replay/reference-lines.ts'
export type { ReplayCurve, ReplayCurvePoint } from './replay/replay-curve.ts'
export type { ReplayChange, ReplayOptions } from './replay/replay-options.ts'
export { replayOutcomes } from './replay/replay-outcomes.ts'
export type { ReplayResult } from './replay/replay-result.ts'
export type { ReplayEvent, ReplaySection } from './replay/replay-scene.ts'
export type { ReplayLearner, ReplayPolicy, ReplayRating } from './replay/replay-policy.ts'
export { REPLAY_LABELS } from './replay/replay-stream.ts'
export type { ReplayLabel } from './replay/replay-stream.ts'
export { routeLlm } from './replay/route-llm.ts'
export type { RouteLlmOptions, RouteLlmResult } from './replay/route-llm.ts'
export { trainTextModel } from './text/text-model.ts'
export type { TextModel, TextPrediction } from './text/text-model.ts'
export type { TextModelOptions, TextSample } from './text/text-model-options.ts'
export type { SinkDeliveryOptions } from './sinks/delivery-options.ts'
export type { SinkStatus, SinksApi } from './sinks/sinks-api.ts'
export type {
  ApiKeyApi,
  ApiKeyInfo,
  ApiKeyList,
  MadeApiKey,
  NewApiKey,
  RevokeApiKey,
} from './keys/api-key-api.ts'
export type { AlertOptions, AlertRule, UsageRule } from './alerts/alert-options.ts'
export type { AlertDwell, AlertThresholds } from './alerts/alert-state.ts'
export type { HistogramSample, MetricFamily, MetricSample } from './metrics/metric-family.ts'
export type {
  CacheHits,
  MeasuredPicker,
  MetricsApi,
  MetricsSnapshot,
  PickerDurations,
  ProviderDurations,
  ProviderErrors,
} from './metrics/metrics-api.ts'
export type { MetricsOptions } from './metrics/metrics-options.ts'
export { PROMETHEUS_CONTENT_TYPE, toPrometheusText } from './metrics/prometheus-text.ts'
export { OTHER_LABEL } from './metrics/label-bounds.ts'
export type { DurationSummary } from './metrics/series.ts'
export type {
  CallObserver,
  ObservedCall,
  ObservedEnd,
  RequestObserver,
  RouterTelemetry,
  SubscribeToRouter,
} from './observe/request-observer.ts'
