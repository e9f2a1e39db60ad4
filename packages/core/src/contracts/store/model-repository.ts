import type {
  CatalogEvent,
  CatalogEventType,
  ModelDeprecation,
  PriceChange,
} from '../../domain/catalog-event.ts'
import type { ModelFilter, ModelListPage, ModelQuery } from '../../domain/model-list-query.ts'
import type { Model, ModelAlias, ModelOverrides, OverridableField } from '../../domain/model.ts'
import type { AuditedOptions, CallOptions } from '../call-options.ts'

/** One reading of a provider's whole list. */
export interface ModelSync {
  readonly providerId: string
  readonly syncedAtMs: number
  /** Each with this `providerId`; no id twice. `priority`, `domains` and `createdAtMs` count for new rows only. */
  readonly models: readonly Model[]
}

/** `unavailableReason` of a model that a sync found to be no longer listed. */
export const NO_LONGER_LISTED = 'No longer listed by the provider.'

/** What a sync changed. All of it is what the provider's list said before and says now; overrides do not count. */
export interface ModelSyncResult {
  /** Model ids, as the other lists. */
  readonly added: readonly string[]
  readonly updated: readonly string[]
  readonly unchanged: number
  /** Were there, are no longer listed: now unavailable, never deleted. */
  readonly removed: readonly string[]
  /** Of the updated models, those that cost something else now, in the order of the list. */
  readonly priceChanges: readonly PriceChange[]
  /** Of the updated models, those that got an end date or a successor. */
  readonly deprecations: readonly ModelDeprecation[]
}

/** What an administrator changes of a model. */
export interface ModelOverrideChange {
  /** Set from now on; members that are `undefined` say nothing. */
  readonly set?: ModelOverrides | undefined
  /** No longer set: the provider's value comes back. Wins over {@link set}. */
  readonly clear?: readonly OverridableField[] | undefined
  /** Who, for the audit. */
  readonly by?: string | undefined
  readonly atMs: number
}

/** When a provider's list was first read. */
export interface FirstListReading {
  readonly providerId: string
  readonly atMs: number
}

/** Which catalogue events to read. */
export interface CatalogEventQuery {
  /** Only events after this one. Default: from the first. */
  readonly sinceSeq?: number | undefined
  /** Only events before this one. Default: to the last. */
  readonly beforeSeq?: number | undefined
  readonly providerId?: string | undefined
  readonly type?: CatalogEventType | undefined
  /** Oldest first or newest first. Default: `asc`. */
  readonly direction?: 'asc' | 'desc' | undefined
  /** 1 to 1,000. Default: 100. */
  readonly limit?: number | undefined
}

/**
 * The catalogue. Shared by all tenants.
 *
 * Every read, filter and order is by effective values: what an administrator set where that was done,
 * what the provider's list or {@link put} said elsewhere.
 */
export interface ModelRepository {
  /**
   * Makes the stored models of the provider what its list says, in one transaction: new rows are
   * added, changed ones updated, rows of origin `sync` that are not listed become unavailable. Rows
   * of origin `manual` and `code` are left alone unless listed; `priority`, `domains` and `origin` of
   * a stored row always stay, and so do overrides. Sets the provider's `lastSyncedAtMs`. Appends to the
   * catalogue's events and raises the version of topic `catalog` when anything changed. Syncing the same
   * list twice changes nothing the second time. A list that is older than the provider's last one, by
   * `syncedAtMs`, changes nothing at all: its reader was overtaken by another.
   */
  sync(sync: ModelSync, options?: CallOptions): Promise<ModelSyncResult>
  /**
   * Inserts or replaces one row in one transaction; `createdAtMs` and the overrides of a row that was
   * there stay, and `overrides` of the given one is not read. Idempotent by id. Raises `catalog`.
   */
  put(model: Model, options?: AuditedOptions): Promise<void>
  /**
   * Changes what is set of a model, writes an `audit_log` row and raises `catalog`, in one transaction;
   * a running sync of its provider is waited for. A change that leaves everything set as it was writes
   * nothing. Taking a model out of service is `isAvailable: false` with a reason.
   *
   * @returns the model as it is now; `undefined` when there is none.
   */
  setOverrides(
    modelId: string,
    change: ModelOverrideChange,
    options?: CallOptions,
  ): Promise<Model | undefined>
  get(modelId: string, options?: CallOptions): Promise<Model | undefined>
  /** One page, in the order asked for. A model that stays as it is is never left out or given twice by cursors. */
  list(query?: ModelQuery, options?: CallOptions): Promise<ModelListPage>
  /** How many rows a filter has. */
  count(filter?: ModelFilter, options?: CallOptions): Promise<number>
  /** All models of type `chat`, by id, with empty `metadata`; only those of `modelIds` when given. */
  listRoutable(
    filter?: { readonly modelIds?: readonly string[] | undefined },
    options?: CallOptions,
  ): Promise<readonly Model[]>
  /**
   * When the list of each provider was first read with a model in it that nobody had named before, by
   * provider: the earliest `createdAtMs` of its models of origin `sync`. None for other providers.
   */
  listFirstReadings(options?: CallOptions): Promise<readonly FirstListReading[]>
  /** Models with this external id, by id, ten at most. */
  findByExternalId(externalId: string, options?: CallOptions): Promise<readonly Model[]>
  /** What syncs changed, in the order they did unless `direction` says otherwise. A later call with the last `seq` misses none, in either direction. */
  listEvents(query?: CatalogEventQuery, options?: CallOptions): Promise<readonly CatalogEvent[]>
  /** Inserts or replaces, by name. Raises `catalog`. */
  putAlias(alias: ModelAlias, options?: CallOptions): Promise<void>
  getAlias(name: string, options?: CallOptions): Promise<ModelAlias | undefined>
  /** All of them, by name. */
  listAliases(options?: CallOptions): Promise<readonly ModelAlias[]>
}
