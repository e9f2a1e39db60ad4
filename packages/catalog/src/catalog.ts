import type {
  AliasReason,
  CallOptions,
  Capability,
  CatalogEvent,
  CatalogEventQuery,
  CostTier,
  FailureKind,
  JsonObject,
  Model,
  ModelAlias,
  ModelListPage,
  ModelOverrides,
  ModelPricing,
  ModelQuery,
  ModelType,
  ModelsResponse,
  OverridableField,
  Provider,
  ProviderHealth,
  ProviderType,
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

/** What reading a provider's list changed. */
export interface SyncReport {
  readonly providerId: string
  readonly discovered: number
  /** Of the discovered rows, those that could not be understood: kept, unavailable, with the reason. */
  readonly unreadable: number
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly removed: number
  readonly syncedAtMs: number
}

/** Whether a provider can be called, and what to do when it cannot. */
export interface CredentialStatus {
  /** `true` also for providers that need no credential. */
  readonly isPresent: boolean
  /** `true` when it is the caller's own. */
  readonly isUsers?: boolean | undefined
  /** `Set OPENROUTER_API_KEY.` Never a value. */
  readonly instruction?: string | undefined
}

/** A provider made at run time. */
export interface NewProvider {
  /** 1 to 50 lower-case letters, digits, `_` or `-`. */
  readonly id: string
  /** Default: the id. */
  readonly displayName?: string | undefined
  readonly providerType: ProviderType
  /** `http:` or `https:`, without credentials, query or fragment. */
  readonly apiBase: string
  /** Default: `/models`. */
  readonly modelsEndpoint?: string | undefined
  /** Goes to the secret store and nowhere else. Default: the key is there already, or none is needed. */
  readonly apiKey?: string | undefined
  readonly rateLimitRpm?: number | undefined
  /** What only the family understands. No secrets. */
  readonly settings?: JsonObject | undefined
  readonly by?: string | undefined
}

/** What may be changed of a provider; what is left out stays. */
export type ProviderChanges = Partial<
  Pick<
    NewProvider,
    'displayName' | 'apiBase' | 'modelsEndpoint' | 'apiKey' | 'rateLimitRpm' | 'settings'
  >
> & {
  /** Switched off, all its models are unavailable at once. */
  readonly isActive?: boolean | undefined
  readonly by?: string | undefined
}

/** How trying a provider went. */
export type ProviderTrial =
  | {
      readonly ok: true
      /** Rows of its list. */
      readonly models: number
      /** Of those, models that can chat. */
      readonly chatModels: number
      /** The first few, by their own names. */
      readonly examples: readonly string[]
    }
  | { readonly ok: false; readonly failureKind: FailureKind; readonly message: string }

export interface ProvidersApi {
  /**
   * Makes a provider. Its key is written first; when the row cannot be written, the key is removed.
   *
   * @throws ImrsError `invalid-request`, `conflict` when the id is taken, `read-only` when the secret
   * store takes no keys (then nothing is written).
   */
  create(provider: NewProvider, options?: CallOptions): Promise<Provider>
  /**
   * Changes a provider. Changes that come together are made one after another.
   *
   * @throws ImrsError `unknown-provider`, `invalid-request`, `read-only` for a provider declared in code.
   */
  update(providerId: string, changes: ProviderChanges, options?: CallOptions): Promise<Provider>
  /** Checks the key and reads the list, without storing anything: for a form, before it is saved. */
  try(provider: NewProvider, options?: CallOptions): Promise<ProviderTrial>
  list(options?: CallOptions): Promise<readonly Provider[]>
  /** @throws ImrsError `unknown-provider` that names the valid ones. */
  get(providerId: string, options?: CallOptions): Promise<Provider>
  /**
   * Reads the provider's list into the catalogue. Calls for one provider that overlap share one run.
   * A failure leaves the catalogue as it was and marks the provider's health.
   *
   * @throws ProviderError; ImrsError `unknown-provider` or `missing-credential`.
   */
  sync(providerId: string, options?: CallOptions): Promise<SyncReport>
  credential(providerId: string, options?: CallOptions): Promise<CredentialStatus>
  /**
   * Asks the provider, at no cost, whether the key works.
   *
   * @throws ProviderError of kind `credentials` when it does not; ImrsError `missing-credential`.
   */
  check(providerId: string, options?: CallOptions): Promise<void>
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
  /** What syncs changed, in the order they did. */
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

export interface HealthApi {
  /** What is believed of each provider right now, from lists and from traffic. Asks nobody. */
  list(options?: CallOptions): Promise<readonly ProviderHealth[]>
  /**
   * Asks the provider now, at no cost, unless it was asked within the last 30 seconds; calls that
   * overlap share one question.
   *
   * @throws ImrsError `unknown-provider` or `missing-credential`.
   */
  check(providerId: string, options?: CallOptions): Promise<ProviderHealth>
}

/** The models of all providers. */
export interface Catalog {
  readonly providers: ProvidersApi
  readonly models: ModelsApi
  readonly health: HealthApi
}
