import { z } from 'zod'

import { MODEL_ID_MAX_LENGTH } from '../ids.ts'
import { jsonObjectSchema } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { CAPABILITIES } from './capability.ts'
import type { Capability } from './capability.ts'
import { modelPricingSchema } from './pricing.ts'
import type { CostTier, ModelPricing } from './pricing.ts'
import { COST_TIERS } from './pricing.ts'
import { publishedScoreSchema } from './published-score.ts'
import type { PublishedScore } from './published-score.ts'

/** Only `chat` models are ever candidates of a chat request. */
export const MODEL_TYPES = [
  'chat',
  'batch',
  'embedding',
  'image',
  'video',
  'speech',
  'transcription',
  'moderation',
  'rerank',
  'realtime',
  'unknown',
] as const

export type ModelType = (typeof MODEL_TYPES)[number]

/** `sync`: found in a provider's list. `code`: seeded by the host's code. `manual`: added by a person; a sync never removes it. */
export type ModelOrigin = 'sync' | 'code' | 'manual'

/** What a provider's list says about one model, after its family's parser has read it. */
export interface ListedModel {
  /** The provider's own name of the model; may hold slashes and colons. */
  readonly externalId: string
  readonly displayName: string
  readonly description?: string | undefined
  readonly modelType: ModelType
  readonly capabilities: readonly Capability[]
  /** Context window in tokens; `undefined` is unknown. */
  readonly contextLength?: number | undefined
  readonly maxOutputTokens?: number | undefined
  readonly pricing: ModelPricing
  readonly isAvailable: boolean
  /** Why not, for people, when `isAvailable` is `false`. */
  readonly unavailableReason?: string | undefined
  /** When the provider published it. */
  readonly releasedAtMs?: number | undefined
  /** When the provider will stop, or has stopped, serving it. */
  readonly expiresAtMs?: number | undefined
  /** Request parameters the model accepts, in the provider's words; `undefined` is unknown. */
  readonly supportedParameters?: readonly string[] | undefined
  /** What benchmarks gave it, as the provider's list says; `undefined` is unknown. */
  readonly published?: PublishedScore | undefined
  /** The row as the provider sent it. */
  readonly metadata: JsonObject
}

/** A model in the catalogue: a row of `llm_model_catalog`. */
export interface Model extends ListedModel {
  /** `provider/external`. */
  readonly id: string
  readonly providerId: string
  /** Routing weight, 0 to 100. Default of a discovered model: 50. */
  readonly priority: number
  /** Derived from the price; `undefined` when the price is unknown, which is not free. */
  readonly costTier?: CostTier | undefined
  readonly domains: readonly string[]
  readonly origin: ModelOrigin
  /** The model that succeeds this one, as a model id. */
  readonly successorId?: string | undefined
  /** What an administrator set, by field. It wins: the fields of the model itself have these values already. */
  readonly overrides?: ModelOverrides | undefined
  readonly syncedAtMs?: number | undefined
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export const DEFAULT_PRIORITY = 50

/** What an administrator may set for good, whatever the provider's list says. */
export const OVERRIDABLE_FIELDS = [
  'displayName',
  'description',
  'modelType',
  'capabilities',
  'contextLength',
  'maxOutputTokens',
  'pricing',
  'costTier',
  'priority',
  'domains',
  'isAvailable',
] as const

export type OverridableField = (typeof OVERRIDABLE_FIELDS)[number]

/** Values set by an administrator. `unavailableReason` belongs to `isAvailable` and counts only with it. */
export type ModelOverrides = {
  readonly [Field in OverridableField | 'unavailableReason']?: Model[Field] | undefined
}

const overridableShape = {
  displayName: z.string().min(1).max(255),
  description: z.string().optional(),
  modelType: z.enum(MODEL_TYPES),
  capabilities: z.array(z.enum(CAPABILITIES)),
  contextLength: z.int().positive().optional(),
  maxOutputTokens: z.int().positive().optional(),
  pricing: modelPricingSchema,
  costTier: z.enum(COST_TIERS).optional(),
  priority: z.int().min(0).max(100),
  domains: z.array(z.string()),
  isAvailable: z.boolean(),
  unavailableReason: z.string().optional(),
}

export const modelOverridesSchema: z.ZodType<ModelOverrides> = z.object(overridableShape).partial()

export const modelSchema: z.ZodType<Model> = z.object({
  ...overridableShape,
  id: z.string().min(3).max(MODEL_ID_MAX_LENGTH),
  providerId: z.string().min(1).max(50),
  externalId: z.string().min(1).max(MODEL_ID_MAX_LENGTH),
  releasedAtMs: z.int().optional(),
  expiresAtMs: z.int().optional(),
  supportedParameters: z.array(z.string()).optional(),
  published: publishedScoreSchema.optional(),
  metadata: jsonObjectSchema,
  origin: z.enum(['sync', 'code', 'manual']),
  successorId: z.string().optional(),
  overrides: modelOverridesSchema.optional(),
  syncedAtMs: z.int().optional(),
  createdAtMs: z.int(),
  updatedAtMs: z.int(),
})

export const ALIAS_REASONS = ['alias', 'renamed', 'moved', 'deprecated'] as const
export type AliasReason = (typeof ALIAS_REASONS)[number]

/**
 * Another name of a model (`alias`), or where a vanished model went (`renamed`, `moved`,
 * `deprecated`): a row of `model_aliases`.
 */
export interface ModelAlias {
  /** The name asked for: `google/gemini-2.5`, or a bare `gemini-2.5`. */
  readonly name: string
  readonly modelId: string
  readonly reason: AliasReason
  /** Whether a stored selection follows without asking. An `alias` always does. */
  readonly isAutomatic: boolean
  readonly createdAtMs: number
}
