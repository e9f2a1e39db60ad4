import type {
  AliasReason,
  Capability,
  CostTier,
  JsonObject,
  ModelPricing,
  ModelType,
} from '@imrs/core'

/** What a row says about a model. A field that is absent was not stated, and changes nothing. */
export interface ImportedModel {
  /** Where it was found: `model_list[3]`. */
  readonly row: string
  readonly providerId: string
  /** The provider's own name of the model. */
  readonly externalId: string
  readonly displayName?: string | undefined
  readonly description?: string | undefined
  readonly modelType?: ModelType | undefined
  readonly capabilities?: readonly Capability[] | undefined
  readonly contextLength?: number | undefined
  readonly maxOutputTokens?: number | undefined
  readonly pricing?: ModelPricing | undefined
  readonly priority?: number | undefined
  readonly costTier?: CostTier | undefined
  readonly domains?: readonly string[] | undefined
  /** `false`: it was switched off where it comes from. */
  readonly isActive?: boolean | undefined
  /** What has no field of its own; never a key. */
  readonly metadata: JsonObject
}

/** Another name of a model, or where a vanished one went. */
export interface ImportedAlias {
  readonly row: string
  readonly name: string
  /** A model id, or the name of another alias of the same source. */
  readonly target: string
  readonly reason: AliasReason
  readonly isAutomatic: boolean
}

/** Whether an agent may use a model. */
export interface ImportedAgentModel {
  readonly row: string
  readonly tenantId: string
  readonly agentId: string
  readonly modelId: string
  readonly isEnabled: boolean
  readonly priorityOverride?: number | undefined
}

/** A provider that imported models belong to. */
export interface NeededProvider {
  readonly id: string
  /** Without user, password or query; `undefined` when the source does not say. */
  readonly apiBase?: string | undefined
  /** The environment variable its key was read from: a name, never a key. */
  readonly keyVariable?: string | undefined
}

/** A row that was used. */
export interface UsedRow {
  readonly row: string
  /** What of it was left behind, and why. */
  readonly notes: readonly string[]
}

/** A row that could not be used. */
export interface RefusedRow {
  readonly row: string
  readonly reason: string
}

/**
 * What a parser made of a foreign catalogue; plain JSON. Every row that came in is in `used` or in
 * `refused`, never in both.
 */
export interface ImportSource {
  /** `model-table`, `static-catalogue`, `litellm`; a parser of your own gives its own name. */
  readonly kind: string
  readonly models: readonly ImportedModel[]
  readonly aliases: readonly ImportedAlias[]
  readonly agentModels: readonly ImportedAgentModel[]
  readonly providers: readonly NeededProvider[]
  /** The model that answers when nobody chose one, as the source names it. */
  readonly defaultModel?: string | undefined
  readonly used: readonly UsedRow[]
  readonly refused: readonly RefusedRow[]
}

/** Options of every parser. */
export interface ParseOptions {
  /**
   * Which of your providers is meant by a foreign name (`'Azure EU'`) or base URL. Default: the name
   * in lower case, `gemini` as `google`; a base URL nobody knows is named after its host.
   */
  readonly providers?: Readonly<Record<string, string>> | undefined
}
