import type {
  AliasReason,
  CallOptions,
  Capability,
  CatalogEvent,
  CatalogEventQuery,
  CostTier,
  Model,
  ModelAlias,
  ModelListPage,
  ModelOverrides,
  ModelPricing,
  ModelQuery,
  ModelType,
  ModelsResponse,
  OverridableField,
} from '@imrs/core'

import type { UserKeyOptions } from './user-keys.ts'

/** A model the host's code knows of before any list is read. */
export interface ModelSeed {
  readonly providerId: string
  /** The provider's own name of the model. */
  readonly externalId: string
  readonly displayName: string
  readonly description?: string | undefined
  /** Default: `['text']`. */
  readonly capabilities?: readonly Capability[] | undefined
  readonly contextLength?: number | undefined
  readonly maxOutputTokens?: number | undefined
  readonly pricing?: ModelPricing | undefined
  /** Routing weight, 0 to 100. Default: 50. */
  readonly priority?: number | undefined
  /** Other names people ask for it by: `gemini-2.5`. */
  readonly aliases?: readonly string[] | undefined
  /** Set for a model that its provider no longer serves; a list that still has it wins. */
  readonly retired?:
    | { readonly atMs: number; readonly successorId?: string | undefined }
    | undefined
}

export interface ResolveModel {
  /** An exact id, an alias, or an external id that one provider alone has; in this order. */
  readonly model: string
  /** Narrows to one provider; then `model` may be that provider's own name. */
  readonly provider?: string | undefined
}

/** What a name means. */
export interface ResolvedModel {
  readonly model: Model
  /** Set when the name is that of a model that went elsewhere and the move is automatic. */
  readonly migratedFrom?: string | undefined
}

/** A model added by hand. No sync removes it. */
export interface NewModel extends Pick<
  ModelSeed,
  'providerId' | 'externalId' | 'description' | 'capabilities'
> {
  /** Default: the external id. */
  readonly displayName?: string | undefined
  /** Default: `chat`. */
  readonly modelType?: ModelType | undefined
  readonly contextLength?: number | undefined
  readonly maxOutputTokens?: number | undefined
  readonly pricing?: ModelPricing | undefined
  /** Default: derived from the price; unknown without one. */
  readonly costTier?: CostTier | undefined
  /** 0 to 100. Default: 50. */
  readonly priority?: number | undefined
  readonly domains?: readonly string[] | undefined
  readonly by?: string | undefined
}

/** What a person changes of a model. It wins over what lists say, now and after every sync. */
export interface ModelEdit {
  readonly set?: ModelOverrides | undefined
  /** Goes back to what the list says. */
  readonly clear?: readonly OverridableField[] | undefined
  readonly by?: string | undefined
}

/** Another name of a model. */
export interface NewAlias {
  readonly name: string
  /** A model id, an alias or an external id that one provider alone has. */
  readonly model: string
  /** Default: `alias`. */
  readonly reason?: AliasReason | undefined
  /** Default: `true`. */
  readonly isAutomatic?: boolean | undefined
}

export interface ModelsApi {
  /**
   * Adds a model by hand.
   *
   * @throws ImrsError `unknown-provider`, `invalid-request`, `conflict` when it is there already.
   */
  create(model: NewModel, options?: CallOptions): Promise<Model>
  /** @throws ImrsError `not-found`, `invalid-request`. */
  edit(modelId: string, edit: ModelEdit, options?: CallOptions): Promise<Model>
  /** Takes a model out of service without deleting it; `edit` with `clear: ['isAvailable']` brings it back. */
  retire(
    modelId: string,
    request?: { readonly reason?: string | undefined; readonly by?: string | undefined },
    options?: CallOptions,
  ): Promise<Model>
  /**
   * Gives a model another name (`alias`), or says where one that is gone went (`renamed`, `moved`,
   * `deprecated`). A stored selection follows an automatic move; otherwise it falls back, and the
   * answer says so.
   *
   * @throws ImrsError `unknown-model` when there is no such model; `conflict` when the name is a model's id.
   */
  putAlias(alias: NewAlias, options?: CallOptions): Promise<ModelAlias>
  /** Every other name there is. */
  aliases(options?: CallOptions): Promise<readonly ModelAlias[]>
  /** What syncs changed, in the order they did, or with `direction: 'desc'` the newest first. */
  events(query?: CatalogEventQuery, options?: CallOptions): Promise<readonly CatalogEvent[]>
  list(query?: ModelQuery, options?: CallOptions): Promise<ModelListPage>
  /** @throws ImrsError `not-found`. */
  get(modelId: string, options?: CallOptions): Promise<Model>
  /** @throws ImrsError `unknown-model`, `unknown-provider` or `model-provider-mismatch`, with the valid names. */
  resolve(name: ResolveModel, options?: CallOptions): Promise<ResolvedModel>
  /**
   * All chat models in the form of `GET /api/models`. `force` reads every provider's list again first.
   * Keys of the caller's own add what they show; that is in this answer alone.
   */
  response(
    request?: { readonly force?: boolean | undefined },
    options?: UserKeyOptions,
  ): Promise<ModelsResponse>
}
