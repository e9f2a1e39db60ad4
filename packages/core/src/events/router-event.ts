import type {
  AnswerEndedEvent,
  AttemptEndedEvent,
  BreakerChangedEvent,
  BudgetRefusedEvent,
  DecisionMadeEvent,
  RequestRefusedEvent,
} from './answer-events.ts'
import type {
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
} from './catalog-events.ts'
import type {
  AlertClearedEvent,
  AlertRaisedEvent,
  CacheReadEvent,
  DeliverySetAsideEvent,
  InternalFailedEvent,
  RecordsDroppedEvent,
  SinkDownEvent,
  SinkRecoveredEvent,
  SpoolChangedEvent,
} from './operation-events.ts'
import type {
  DriftDetectedEvent,
  FeedbackRecordedEvent,
  PickerMeasuredEvent,
  SelectionChangedEvent,
} from './user-events.ts'

/** Everything the router tells. No event holds a prompt, an answer or a secret. */
export type RouterEvent =
  | DecisionMadeEvent
  | AttemptEndedEvent
  | AnswerEndedEvent
  | RequestRefusedEvent
  | FeedbackRecordedEvent
  | SelectionChangedEvent
  | ModelListReadEvent
  | HealthCheckedEvent
  | CacheReadEvent
  | PickerMeasuredEvent
  | AlertRaisedEvent
  | AlertClearedEvent
  | ProviderChangedEvent
  | ProviderSyncProgressEvent
  | ProviderSyncedEvent
  | ProviderSyncFailedEvent
  | ModelAddedEvent
  | ModelRemovedEvent
  | ModelDeprecatedEvent
  | PriceChangedEvent
  | ModelEditedEvent
  | ProviderHealthChangedEvent
  | BreakerChangedEvent
  | BudgetRefusedEvent
  | SpoolChangedEvent
  | DriftDetectedEvent
  | SinkDownEvent
  | SinkRecoveredEvent
  | DeliverySetAsideEvent
  | RecordsDroppedEvent
  | InternalFailedEvent

export type RouterEventType = RouterEvent['type']

export type RouterEventOf<Type extends RouterEventType> = Extract<RouterEvent, { type: Type }>

export type RouterListener<Type extends RouterEventType = RouterEventType> = (
  event: RouterEventOf<Type>,
) => void
