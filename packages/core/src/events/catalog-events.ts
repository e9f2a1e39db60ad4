import type { ModelPricing } from '../domain/pricing.ts'
import type { HealthStatus } from '../domain/provider.ts'
import type { FailureKind } from '../failure/failure-kinds.ts'
import type { TimedEvent } from './timed-event.ts'

/** A provider was made, changed or switched on or off at run time. */
export interface ProviderChangedEvent extends TimedEvent {
  readonly type: 'provider-changed'
  readonly providerId: string
  readonly change: 'created' | 'updated' | 'activated' | 'deactivated'
}

/** A list is being read. */
export interface ProviderSyncProgressEvent extends TimedEvent {
  readonly type: 'provider-sync-progress'
  readonly providerId: string
  readonly rowsRead: number
  /** How many there are in all, where the provider says so. */
  readonly rowsTotal?: number | undefined
}

/** A provider's list was read and written. */
export interface ProviderSyncedEvent extends TimedEvent {
  readonly type: 'provider-synced'
  readonly providerId: string
  readonly discovered: number
  /** Rows that could not be understood. */
  readonly unreadable: number
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly removed: number
}

/** A provider's list could not be read or written; the models it had are kept. */
export interface ProviderSyncFailedEvent extends TimedEvent {
  readonly type: 'provider-sync-failed'
  readonly providerId: string
  readonly failureKind: FailureKind
  readonly message: string
}

/** A provider's list was read to its end, or could not be: the time includes every page, not the writing. */
export interface ModelListReadEvent extends TimedEvent {
  readonly type: 'model-list-read'
  readonly providerId: string
  readonly outcome: 'ok' | 'failed'
  readonly failureKind?: FailureKind | undefined
  readonly durationMs: number
}

/** A model appeared in its provider's list. */
export interface ModelAddedEvent extends TimedEvent {
  readonly type: 'model-added'
  readonly providerId: string
  readonly modelId: string
}

/** A model is no longer in its provider's list. */
export interface ModelRemovedEvent extends TimedEvent {
  readonly type: 'model-removed'
  readonly providerId: string
  readonly modelId: string
}

/** A model got an end date or a successor. */
export interface ModelDeprecatedEvent extends TimedEvent {
  readonly type: 'model-deprecated'
  readonly providerId: string
  readonly modelId: string
  readonly expiresAtMs?: number | undefined
  readonly successorId?: string | undefined
}

/** A model costs something else than at the sync before. */
export interface PriceChangedEvent extends TimedEvent {
  readonly type: 'price-changed'
  readonly providerId: string
  readonly modelId: string
  readonly from: ModelPricing
  readonly to: ModelPricing
}

/** A person added, edited or retired a model. */
export interface ModelEditedEvent extends TimedEvent {
  readonly type: 'model-edited'
  readonly modelId: string
  readonly change: 'created' | 'updated' | 'retired'
}

/** A provider was asked how it is. */
export interface HealthCheckedEvent extends TimedEvent {
  readonly type: 'health-checked'
  readonly providerId: string
  readonly outcome: 'ok' | 'failed'
  readonly failureKind?: FailureKind | undefined
  readonly durationMs: number
}

/** A provider is found to do better or worse than before. */
export interface ProviderHealthChangedEvent extends TimedEvent {
  readonly type: 'provider-health-changed'
  readonly providerId: string
  readonly from: HealthStatus
  readonly to: HealthStatus
  readonly error?: string | undefined
}
