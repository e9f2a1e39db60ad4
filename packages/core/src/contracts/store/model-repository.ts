import type { Capability } from '../../domain/capability.ts'
import type { Model, ModelAlias, ModelType } from '../../domain/model.ts'
import type { CostTier } from '../../domain/pricing.ts'
import { canonicalJson } from '../../json.ts'
import type { CallOptions } from '../call-options.ts'

/** One reading of a provider's whole list. */
export interface ModelSync {
  readonly providerId: string
  readonly syncedAtMs: number
  /** Each with this `providerId`; no id twice. `priority`, `domains` and `createdAtMs` count for new rows only. */
  readonly models: readonly Model[]
}

/** `unavailableReason` of a model that a sync found to be no longer listed. */
export const NO_LONGER_LISTED = 'No longer listed by the provider.'

/**
 * Everything of a model that its provider's list decides, as comparable text. A stored row is
 * changed by a sync when, and only when, its text differs from that of the listed model; every store
 * applies this one function.
 */
export function listedFacts(model: Model): string {
  return canonicalJson({
    ...model,
    id: undefined,
    providerId: undefined,
    priority: undefined,
    domains: undefined,
    origin: undefined,
    syncedAtMs: undefined,
    createdAtMs: undefined,
    updatedAtMs: undefined,
  })
}

/** What a sync changed, as model ids. */
export interface ModelSyncResult {
  readonly added: readonly string[]
  readonly updated: readonly string[]
  readonly unchanged: number
  /** Were there, are no longer listed: now unavailable, never deleted. */
  readonly removed: readonly string[]
}

/** Every field narrows. */
export interface ModelFilter {
  readonly providerId?: string | undefined
  readonly modelType?: ModelType | undefined
  readonly costTier?: CostTier | undefined
  readonly capability?: Capability | undefined
  readonly isAvailable?: boolean | undefined
}

export interface ModelQuery extends ModelFilter {
  /** 1 to 200. Default: 50. */
  readonly limit?: number | undefined
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

export interface ModelListPage {
  /** By id. */
  readonly items: readonly Model[]
  /** Absent on the last page. */
  readonly nextCursor?: string | undefined
}

/** The catalogue. Shared by all tenants. */
export interface ModelRepository {
  /**
   * Makes the stored models of the provider what its list says, in one transaction: new rows are
   * added, changed ones updated, rows of origin `sync` that are not listed become unavailable. Rows
   * of origin `manual` and `code` are left alone unless listed; `priority`, `domains` and `origin` of
   * a stored row always stay. Sets the provider's `lastSyncedAtMs`. Raises the version of topic `catalog`
   * when anything changed. Syncing the same list twice changes nothing the second time.
   */
  sync(sync: ModelSync, options?: CallOptions): Promise<ModelSyncResult>
  /** Inserts or replaces one row; `createdAtMs` of a row that was there stays. Idempotent by id. Raises `catalog`. */
  put(model: Model, options?: CallOptions): Promise<void>
  get(modelId: string, options?: CallOptions): Promise<Model | undefined>
  list(query?: ModelQuery, options?: CallOptions): Promise<ModelListPage>
  /** How many rows a filter has. */
  count(filter?: ModelFilter, options?: CallOptions): Promise<number>
  /** All models of type `chat`, by id, with empty `metadata`; only those of `modelIds` when given. */
  listRoutable(
    filter?: { readonly modelIds?: readonly string[] | undefined },
    options?: CallOptions,
  ): Promise<readonly Model[]>
  /** Models with this external id, by id, ten at most. */
  findByExternalId(externalId: string, options?: CallOptions): Promise<readonly Model[]>
  /** Inserts or replaces, by name. Raises `catalog`. */
  putAlias(alias: ModelAlias, options?: CallOptions): Promise<void>
  getAlias(name: string, options?: CallOptions): Promise<ModelAlias | undefined>
  /** All of them, by name. */
  listAliases(options?: CallOptions): Promise<readonly ModelAlias[]>
}
