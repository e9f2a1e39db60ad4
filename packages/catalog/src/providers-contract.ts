import type {
  CallOptions,
  FailureKind,
  JsonObject,
  Provider,
  ProviderModelCount,
  ProviderType,
} from '@imrs/core'

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
  /** How many models each provider has, of those that have any. */
  modelCounts(options?: CallOptions): Promise<readonly ProviderModelCount[]>
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
