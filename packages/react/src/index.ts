'use client'

export { createImrsClient } from './client/imrs-client.ts'
export type {
  ClientContext,
  ImrsClient,
  ImrsClientOptions,
  UserKeys,
} from './client/imrs-client.ts'
export type { ClientRuntime } from './client/client-runtime.ts'
export { memoryStorage } from './client/client-storage.ts'
export type { ClientStorage } from './client/client-storage.ts'
export type { ResourceState } from './client/resource.ts'
export type { Store } from './client/store.ts'
export { ImrsClientError } from './http/client-error.ts'
export type { ClientErrorCode, ClientErrorFields } from './http/client-error.ts'
export type { ClientHttp, ClientRequest, HeaderFields } from './http/client-http.ts'

export { modelsStore } from './models/models-store.ts'
export type { ModelsStore, RefreshOptions } from './models/models-store.ts'
export type { ModelsState, ProviderHealth } from './models/models-state.ts'
export { catalogEvents } from './models/catalog-events.ts'
export type { CatalogEvents, CatalogEventsState, CatalogNews } from './models/catalog-events.ts'
export { selectionStore } from './selection/selection-store.ts'
export type { SelectionStore } from './selection/selection-store.ts'
export type { SelectionNotice, SelectionState } from './selection/selection-state.ts'
export type { ModelMigration } from './selection/model-migration.ts'
export { createChat } from './chat/chat-store.ts'
export type { Chat, ChatOptions, ChatState, SendOptions } from './chat/chat-store.ts'
export type { AnswerEntry, ChatEntry, QuestionEntry, ToolResults } from './chat/chat-entry.ts'
export type { ChatFailure, FailureAction } from './chat/chat-failure.ts'
export type { DecisionCall, DecisionInfo } from './decisions/decision-info.ts'
export { feedbackStores } from './feedback/feedback-store.ts'
export type {
  FeedbackParts,
  FeedbackState,
  MessageFeedback,
  Thumb,
} from './feedback/feedback-store.ts'

export { ModelProvider, useImrsClient } from './hooks/model-provider.tsx'
export type { ModelProviderProps } from './hooks/model-provider.tsx'
export { useStore } from './hooks/use-store.ts'
export { useModels } from './hooks/use-models.ts'
export type { UseModels } from './hooks/use-models.ts'
export { useModel } from './hooks/use-model.ts'
export type { UseModel } from './hooks/use-model.ts'
export { useChat } from './hooks/use-chat.ts'
export type { UseChat } from './hooks/use-chat.ts'
export { useDecision } from './hooks/use-decision.ts'
export type { UseDecision } from './hooks/use-decision.ts'
export { useFeedback } from './hooks/use-feedback.ts'
export type { FeedbackOptions, UseFeedback } from './hooks/use-feedback.ts'
export { useProviderHealth } from './hooks/use-provider-health.ts'
export type { UseProviderHealth } from './hooks/use-provider-health.ts'
export { useCatalogEvents } from './hooks/use-catalog-events.ts'

export { compatCatalog, liveCatalog } from './compat/compat-catalog.ts'
export type {
  CompatCatalog,
  CompatOptions,
  LiveCatalog,
  ModelDetails,
} from './compat/compat-catalog.ts'
export { useCompatCatalog } from './hooks/use-compat-catalog.ts'
