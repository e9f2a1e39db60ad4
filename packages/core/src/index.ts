export type { Runtime, Sleep, SleepOptions } from './runtime.ts'
export { systemRuntime } from './system-runtime.ts'
export { drawSeed, seededRandom } from './random.ts'
export { LAST_TIME_MS, assertEventNumber, assertTime } from './times.ts'
export {
  AUTO_MODEL,
  DEFAULT_AGENT_ID,
  DEFAULT_TENANT_ID,
  HOST_ID_MAX_LENGTH,
  MODEL_ID_MAX_LENGTH,
  assertHostId,
  hostIdSchema,
  isProviderId,
  isUuid,
  monthOf,
  parseModelId,
  timeOfUuid,
  uuidBoundOf,
  toModelId,
} from './ids.ts'
export type { ModelIdParts } from './ids.ts'
export { canonicalJson, jsonObjectSchema, jsonValueSchema } from './json.ts'
export type { JsonObject, JsonValue } from './json.ts'
export { fromRatingMilli, toRatingMilli } from './rating.ts'
export type { RatingMilli } from './rating.ts'
export { AllAttemptsFailedError } from './errors/all-attempts-failed-error.ts'
export { ConfigError } from './errors/config-error.ts'
export { ERROR_CODES, ERROR_STATUS, isErrorCode } from './errors/error-codes.ts'
export type { ErrorCode } from './errors/error-codes.ts'
export { ImrsError } from './errors/imrs-error.ts'
export type { ImrsErrorOptions } from './errors/imrs-error.ts'
export { NoCandidateError } from './errors/no-candidate-error.ts'
export { ProviderError } from './errors/provider-error.ts'
export type { ProviderErrorOptions, ProviderFailure } from './errors/provider-error.ts'
export { SINK_FAILURE_KINDS, SinkError } from './errors/sink-error.ts'
export type { SinkErrorOptions, SinkFailureKind } from './errors/sink-error.ts'
export { FAILURE_KINDS, FAILURE_RULES, isRetryable } from './failure/failure-kinds.ts'
export type {
  CoolDownScope,
  FailureKind,
  FailureResponse,
  FailureRule,
} from './failure/failure-kinds.ts'
export { saysItLacksFeature } from './failure/lacks-feature.ts'
export { redact } from './failure/redact.ts'
export { retryAfterOf } from './failure/retry-after.ts'
export type { RetryAfterSource } from './failure/retry-after.ts'
export { kindOfStatus } from './failure/status-kinds.ts'
export { asList, asObject, asText } from './foreign-json.ts'
export { linkedAbort } from './linked-abort.ts'
export type { LinkedAbort } from './linked-abort.ts'
export { DEFAULT_COST_TIER_BOUNDS, blendedPrice, costTierOf } from './money/cost-tier.ts'
export type { CostTierBounds } from './money/cost-tier.ts'
export {
  costOfUsage,
  fromNanoUsd,
  perMillionFromPerToken,
  perTokenFromPerMillion,
  pricesFor,
  toNanoUsd,
} from './money/nano-usd.ts'
export type { NanoUsd } from './money/nano-usd.ts'
export { samePrices } from './money/same-prices.ts'
export type { PublishedScore } from './domain/published-score.ts'
export { agentModelSchema } from './domain/agent-model.ts'
export type { AgentKey, AgentModel } from './domain/agent-model.ts'
export type { AgentSummary } from './domain/agent-summary.ts'
export {
  effectiveAgentModel,
  enableRuleFilterSchema,
  enableRuleSchema,
} from './domain/enable-rule.ts'
export type { EffectiveAgentModel, EnableRule, EnableRuleFilter } from './domain/enable-rule.ts'
export {
  CAPABILITIES,
  LONG_CONTEXT_TOKENS,
  fromCapabilityMask,
  isCapability,
  toCapabilityMask,
} from './domain/capability.ts'
export type { Capability, CapabilityMask } from './domain/capability.ts'
export {
  DECISION_SOURCES,
  EXCLUSION_REASONS,
  STORED_CANDIDATES_LIMIT,
  STORED_EXCLUSIONS_LIMIT,
} from './domain/decision.ts'
export type {
  Decision,
  DecisionSource,
  ExclusionReason,
  Exclusions,
  OpeIneligibility,
  PropensityLog,
  RankedCandidate,
} from './domain/decision.ts'
export { EXPERIENCE_SCOPES, NO_DRIFT } from './domain/experience.ts'
export type {
  DriftState,
  DriftStep,
  ExperienceCell,
  ExperienceCellKey,
  ExperienceScope,
  DriftAlarm,
  ModelShift,
  StoredExperienceCell,
} from './domain/experience.ts'
export {
  DEFAULT_MAX_USER_SHARE_MILLI,
  FULL_WEIGHT_MILLI,
  NO_EXPERIENCE,
  addExperience,
  NO_TALLY,
  isNoExperience,
  plainShare,
  replaceRating,
  subtractExperience,
  userWeightMilli,
  weightedCell,
  weightedShare,
} from './domain/experience-share.ts'
export type { ExperienceSums, UserTally, WeightBounds } from './domain/experience-share.ts'
export {
  ExperienceTotals,
  experienceCellName,
  experienceCellOf,
  experienceCellsOf,
} from './domain/experience-totals.ts'
export type {
  CreditedAnswer,
  ExperienceMismatch,
  PlainSums,
  UserExperience,
} from './domain/experience-totals.ts'
export { recordedFeedback } from './domain/recorded-feedback.ts'
export type { FeedbackStanding, RecordedFeedback } from './domain/recorded-feedback.ts'
export {
  FEEDBACK_REASONS,
  GOOD_RATING_MILLI,
  MAX_FEEDBACK_REASONS,
  feedbackReasonsSchema,
  isFeedbackReason,
} from './domain/feedback-reasons.ts'
export type { FeedbackReason } from './domain/feedback-reasons.ts'
export {
  FEEDBACK_SIGNALS,
  FEEDBACK_TYPES,
  HINT_SIGNALS,
  effectiveFeedback,
  feedbackTypeSchema,
  isFeedbackSignal,
  isWatchedFeedback,
  learnedFeedback,
  takesReasons,
} from './domain/feedback.ts'
export type {
  FeedbackEvent,
  FeedbackSignal,
  FeedbackType,
  StoredFeedbackEvent,
  WeighedFeedback,
} from './domain/feedback.ts'
export { ATTEMPT_CAUSES, ATTEMPT_OUTCOMES, USAGE_SOURCES } from './domain/ledger.ts'
export type {
  Attempt,
  AttemptCause,
  AttemptOutcome,
  MessageRecord,
  UsageSource,
} from './domain/ledger.ts'
export {
  BUDGET_PERIODS,
  BUDGET_SCOPES,
  BUDGET_UNITS,
  EACH_SUBJECT,
  budgetRuleSchema,
  budgetWindow,
} from './domain/budget.ts'
export type {
  BudgetCharge,
  BudgetHold,
  BudgetPeriod,
  BudgetReservation,
  BudgetRule,
  BudgetScope,
  BudgetSettlement,
  BudgetUnit,
  BudgetUsage,
} from './domain/budget.ts'
export { FIGURE_GROUPS, FIGURE_PERIODS } from './domain/performance.ts'
export type {
  FigureGroup,
  FigureKey,
  FigurePeriod,
  FigureSum,
  PerformanceCell,
  PerformanceFigures,
  RatingSum,
  ReasonSum,
} from './domain/performance.ts'
export {
  LATENCY_BUCKETS,
  LATENCY_ERROR,
  addCounts,
  latencyBucketOf,
  latencyOfBucket,
  latencySummary,
  mergeCounts,
  toLatencyHistogram,
} from './performance/latency-histogram.ts'
export type { LatencyHistogram, LatencySummary } from './performance/latency-histogram.ts'
export { addFigures, emptyFigures, periodOf, tallyAttempts } from './performance/tally-attempts.ts'
export type { ClassifiedAttempt, MutableFigures } from './performance/tally-attempts.ts'
export { parameterDefaultsSchema } from './domain/parameter-defaults.ts'
export type { ParameterDefaults, ParameterDefaultsKey } from './domain/parameter-defaults.ts'
export type { ModelParameterSupport, ParameterSupport } from './domain/parameter-support.ts'
export { parameterSupportOf } from './domain/parameter-support-of.ts'
export {
  ALIAS_REASONS,
  DEFAULT_PRIORITY,
  MODEL_TYPES,
  OVERRIDABLE_FIELDS,
  modelOverridesSchema,
  modelSchema,
} from './domain/model.ts'
export type {
  AliasReason,
  ListedModel,
  Model,
  ModelAlias,
  ModelOrigin,
  ModelOverrides,
  ModelType,
  OverridableField,
} from './domain/model.ts'
export {
  changedOverrides,
  overridableOf,
  withOverrides,
  withoutOverrides,
} from './domain/model-overrides.ts'
export { changedFacts, listedFacts } from './domain/listed-facts.ts'
export {
  CATALOG_EVENT_TYPES,
  catalogChanges,
  deprecationsAndPrices,
} from './domain/catalog-event.ts'
export type {
  CatalogChange,
  CatalogEvent,
  CatalogEventType,
  ModelDeprecation,
  PriceChange,
} from './domain/catalog-event.ts'
export { fromModelCursor, toModelCursor } from './domain/model-cursor.ts'
export type { ModelPlace } from './domain/model-cursor.ts'
export { COUNTED_MODELS, fitsModelFilter, resolveModelRange } from './domain/model-list-query.ts'
export type {
  ModelFilter,
  ModelListPage,
  ModelListRange,
  ModelQuery,
} from './domain/model-list-query.ts'
export { fitsSearch, searchTerms, searchWordsOf } from './domain/model-search.ts'
export { MODEL_SORTS, sortValueOf } from './domain/model-sort.ts'
export type { ModelSort, ModelSortValue, SortDirection } from './domain/model-sort.ts'
export type { AuditEntry } from './domain/audit.ts'
export { providerPolicyOf, providerPolicySchema } from './domain/provider-policy.ts'
export type { ProviderPolicy, ResolvedProviderPolicy } from './domain/provider-policy.ts'
export type { ModelSelection, Preference, PreferenceKey } from './domain/preference.ts'
export {
  BUILT_IN_PRESETS,
  MAX_PRESETS,
  MAX_PRESET_MODELS,
  PRESET_ORDERS,
  isPresetId,
  presetIdOf,
  presetName,
  presetSchema,
  tooManyPresets,
} from './domain/preset.ts'
export type {
  Preset,
  PresetChoice,
  PresetDefinition,
  PresetModels,
  PresetOrder,
} from './domain/preset.ts'
export { COST_TIERS, decimalTextSchema, modelPricingSchema } from './domain/pricing.ts'
export type { CostTier, DecimalText, ModelPricing, PriceSet, PriceTier } from './domain/pricing.ts'
export { changedProvider } from './domain/provider-change.ts'
export type { ProviderChange, ProviderSettings } from './domain/provider-change.ts'
export { HEALTH_STATUSES, PROVIDER_TYPES, providerSchema, vaultPathOf } from './domain/provider.ts'
export type {
  HealthStatus,
  Provider,
  ProviderHealth,
  ProviderHealthChange,
  ProviderOrigin,
  ProviderType,
} from './domain/provider.ts'
export { GENERAL_TASK, TASK_CONFIDENCES, TASK_SOURCES } from './domain/task.ts'
export type { DetectedTask, TaskConfidence, TaskSource, TaskType } from './domain/task.ts'
export { ANSWER_PART_TYPES, FINISH_REASONS } from './chat/answer-part.ts'
export type {
  AnswerPart,
  AnswerPartType,
  DecisionPart,
  EndPart,
  ErrorPart,
  FallbackPart,
  FinishReason,
  ReasoningDeltaPart,
  ReasoningEndPart,
  TextDeltaPart,
  ToolCallPart,
  TriedModel,
  UsagePart,
  WarningPart,
} from './chat/answer-part.ts'
export { chatMessageSchema, filesOf, textOf } from './chat/chat-message.ts'
export type {
  AssistantMessage,
  ChatMessage,
  FileContent,
  ProviderData,
  ReasoningContent,
  SystemMessage,
  TextContent,
  ToolCall,
  ToolMessage,
  UserContent,
  UserMessage,
} from './chat/chat-message.ts'
export { chatRequestSchema } from './chat/chat-request.ts'
export type {
  ChatRequest,
  ModelInput,
  ResponseFormat,
  ToolChoice,
  ToolDefinition,
} from './chat/chat-request.ts'
export {
  MODEL_PARAMETERS,
  REASONING_EFFORTS,
  UNSUPPORTED_PARAMETER_MODES,
  modelParametersOf,
  modelParametersSchema,
  modelParametersShape,
} from './chat/model-parameters.ts'
export type {
  ModelParameterName,
  ModelParameters,
  ReasoningEffort,
  UnsupportedParameterMode,
} from './chat/model-parameters.ts'
export { tokenUsageSchema } from './chat/token-usage.ts'
export type { TokenUsage } from './chat/token-usage.ts'
export type { AuditedOptions, CallOptions } from './contracts/call-options.ts'
export { toLearningRecord } from './domain/to-learning-record.ts'
export type { AlertDeliveryOptions, AlertNotice, AlertSink } from './contracts/alert-sink.ts'
export { deliveryIdOf } from './contracts/learning-sink.ts'
export type { DeliveryOptions, LearningRecord, LearningSink } from './contracts/learning-sink.ts'
export type {
  ModelAliasSeed,
  ModelCall,
  ModelPage,
  ModelPart,
  ProviderAdapter,
  ProviderConnection,
  ProviderDefinition,
  ProviderFamily,
  ProviderSeed,
} from './contracts/provider-adapter.ts'
export { UNREADABLE_ROW } from './contracts/provider-adapter.ts'
export type { SecretReference, SecretStore } from './contracts/secret-store.ts'
export type { MigrationStatus, Store } from './contracts/store.ts'
export type {
  CandidateTable,
  ConversationInput,
  LearningSource,
  RankRequest,
  RatedModel,
  Ranking,
  Strategy,
  StrategyInput,
  TaskExperience,
} from './contracts/strategy.ts'
export type { TaskDetector, TaskEvidence } from './contracts/task-detector.ts'
export type {
  AgentModelRepository,
  AgentSummaryPage,
  AgentSummaryQuery,
  EnabledModel,
  EnabledModelPage,
  EnabledModelQuery,
  EnableRuleDeletion,
} from './contracts/store/agent-model-repository.ts'
export type { AuditQuery, AuditRepository } from './contracts/store/audit-repository.ts'
export type {
  BudgetOutcome,
  BudgetRepository,
  BudgetReserveRequest,
  BudgetUsageQuery,
} from './contracts/store/budget-repository.ts'
export {
  BUDGETS_TOPIC,
  CATALOG_TOPIC,
  agentTopic,
  experienceTopic,
  presetsTopic,
} from './contracts/store/change-repository.ts'
export { HEALTH_HINTS_TOPIC } from './contracts/store/change-repository.ts'
export type {
  ChangeRepository,
  ChangeWatcher,
  StopWatching,
} from './contracts/store/change-repository.ts'
export type {
  CoordinationRepository,
  HealthHint,
  HeldLock,
} from './contracts/store/coordination-repository.ts'
export { LOCK_NAME, MAX_HEALTH_HINTS } from './contracts/store/coordination-repository.ts'
export { takePace } from './domain/pace.ts'
export type { PaceOutcome, PaceRequest } from './domain/pace.ts'
export type {
  DriftWatch,
  ExperienceMove,
  ExperienceQuery,
  ExperienceRebuild,
  FeedbackOutcome,
  DriftAlarmQuery,
  FeedbackRepository,
  RecordFeedbackOptions,
  WatchedRating,
} from './contracts/store/feedback-repository.ts'
export { MAX_NAMED_DIFFERENCES } from './contracts/store/feedback-repository.ts'
export type {
  CallPage,
  CallPlace,
  CallQuery,
  LedgerBatch,
  LedgerRepository,
  RatedDecision,
  RatedDecisionQuery,
} from './contracts/store/ledger-repository.ts'
export type {
  DroppedPartition,
  MaintenanceRepository,
  PreparedStorage,
  RetentionReport,
  RetentionRequest,
} from './contracts/store/maintenance-repository.ts'
export { NO_LONGER_LISTED } from './contracts/store/model-repository.ts'
export type {
  CatalogEventQuery,
  FirstListReading,
  ModelOverrideChange,
  ModelRepository,
  ModelSync,
  ModelSyncResult,
} from './contracts/store/model-repository.ts'
export type { ParameterRepository } from './contracts/store/parameter-repository.ts'
export type {
  FigureQuery,
  FigureSumQuery,
  PerformanceFilter,
  PerformanceRepository,
  RatingQuery,
  RatingSumQuery,
  ReasonQuery,
} from './contracts/store/performance-repository.ts'
export type {
  OutboxClaim,
  OutboxClaimRequest,
  OutboxEntry,
  OutboxKey,
  OutboxRepository,
  OutboxSettlement,
  OutboxStatus,
  SetAsideChoice,
  SetAsideEntry,
  SetAsideQuery,
  SinkCondition,
} from './contracts/store/outbox-repository.ts'
export type { PreferenceRepository } from './contracts/store/preference-repository.ts'
export { API_KEYS_TOPIC } from './contracts/store/api-key-repository.ts'
export type {
  ApiKeyQuery,
  ApiKeyRepository,
  ApiKeyRevocation,
} from './contracts/store/api-key-repository.ts'
export { API_KEY_ROLES } from './domain/api-key.ts'
export type { ApiKey, ApiKeyRole } from './domain/api-key.ts'
export type { PresetKey, PresetRepository } from './contracts/store/preset-repository.ts'
export type {
  HealthChangeQuery,
  ProviderModelCount,
  ProviderRepository,
} from './contracts/store/provider-repository.ts'
export { ALERT_NAMES } from './events/alert-names.ts'
export type { AlertName, AlertSubject } from './events/alert-names.ts'
export { CACHE_NAMES, PICKER_MEASURES } from './events/metric-names.ts'
export type { CacheName, PickerMeasure } from './events/metric-names.ts'
export type {
  AnswerEndedEvent,
  AttemptEndedEvent,
  BreakerChangedEvent,
  BudgetRefusedEvent,
  DecisionMadeEvent,
  RequestRefusedEvent,
} from './events/answer-events.ts'
export type {
  HealthCheckedEvent,
  ModelAddedEvent,
  ModelDeprecatedEvent,
  ModelEditedEvent,
  ModelListReadEvent,
  ModelRemovedEvent,
  PriceChangedEvent,
  ProviderChangedEvent,
  ProviderHealthChangedEvent,
  ProviderSyncFailedEvent,
  ProviderSyncProgressEvent,
  ProviderSyncedEvent,
} from './events/catalog-events.ts'
export type {
  AlertClearedEvent,
  AlertRaisedEvent,
  CacheReadEvent,
  DeliverySetAsideEvent,
  InternalFailedEvent,
  RecordsDroppedEvent,
  SinkDownEvent,
  SinkRecoveredEvent,
  SpoolChangedEvent,
} from './events/operation-events.ts'
export type {
  DriftDetectedEvent,
  FeedbackRecordedEvent,
  PickerMeasuredEvent,
  SelectionChangedEvent,
} from './events/user-events.ts'
export type {
  RouterEvent,
  RouterEventOf,
  RouterEventType,
  RouterListener,
} from './events/router-event.ts'
export { chatBodySchema } from './wire/chat-body.ts'
export type { ChatBody } from './wire/chat-body.ts'
export type { ErrorBody } from './wire/error-body.ts'
export { feedbackBodySchema } from './wire/feedback-body.ts'
export type { FeedbackBody, FeedbackResponse } from './wire/feedback-body.ts'
export type { ModelInfo, ModelsProviderInfo, ModelsResponse } from './wire/models-response.ts'
export { parseBody } from './wire/parse-body.ts'
export { preferenceBodySchema } from './wire/preference-body.ts'
export type { PreferenceBody, PreferenceResponse } from './wire/preference-body.ts'
export { toErrorAnswer } from './wire/to-error-body.ts'
export type { ErrorAnswer } from './wire/to-error-body.ts'
