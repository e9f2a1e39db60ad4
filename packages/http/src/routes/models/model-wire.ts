import {
  CAPABILITIES,
  COST_TIERS,
  MODEL_TYPES,
  jsonObjectSchema,
  modelPricingSchema,
} from '@imrs/core'
import type { Capability, CostTier, JsonObject, Model, ModelPricing, ModelType } from '@imrs/core'
import { z } from 'zod'

import type { ItemsWire } from '../../wire/items.ts'
import { isoOf, isoOrNull, isoSchema } from '../../wire/values.ts'

/** A model as it travels. Prices are US dollars per 1,000,000 tokens, as decimal text; unknown is `null`. */
export interface ModelWire {
  readonly id: string
  readonly provider_id: string
  readonly external_id: string
  readonly display_name: string
  readonly description: string | null
  readonly model_type: ModelType
  readonly capabilities: readonly Capability[]
  readonly priority: number
  readonly cost_tier: CostTier | null
  readonly domains: readonly string[]
  readonly ctx_length: number | null
  readonly max_output_tokens: number | null
  readonly pricing_input: string | null
  readonly pricing_output: string | null
  readonly is_available: boolean
  readonly unavailable_reason: string | null
  readonly origin: 'sync' | 'code' | 'manual'
  readonly successor_id: string | null
  readonly released_at: string | null
  readonly expires_at: string | null
  readonly synced_at: string | null
  readonly created_at: string
  readonly updated_at: string
}

const shape = {
  id: z.string(),
  provider_id: z.string(),
  external_id: z.string(),
  display_name: z.string(),
  description: z.string().nullable(),
  model_type: z.enum(MODEL_TYPES),
  capabilities: z.array(z.enum(CAPABILITIES)),
  priority: z.int(),
  cost_tier: z.enum(COST_TIERS).nullable(),
  domains: z.array(z.string()),
  ctx_length: z.int().nullable(),
  max_output_tokens: z.int().nullable(),
  pricing_input: z.string().nullable(),
  pricing_output: z.string().nullable(),
  is_available: z.boolean(),
  unavailable_reason: z.string().nullable(),
  origin: z.enum(['sync', 'code', 'manual']),
  successor_id: z.string().nullable(),
  released_at: isoSchema.nullable(),
  expires_at: isoSchema.nullable(),
  synced_at: isoSchema.nullable(),
  created_at: isoSchema,
  updated_at: isoSchema,
}

export const modelWireSchema: z.ZodType<ModelWire> = z.object(shape)

export function toModelWire(model: Model): ModelWire {
  return {
    id: model.id,
    provider_id: model.providerId,
    external_id: model.externalId,
    display_name: model.displayName,
    description: model.description ?? null,
    model_type: model.modelType,
    capabilities: model.capabilities,
    priority: model.priority,
    cost_tier: model.costTier ?? null,
    domains: model.domains,
    ctx_length: model.contextLength ?? null,
    max_output_tokens: model.maxOutputTokens ?? null,
    pricing_input: model.pricing.input ?? null,
    pricing_output: model.pricing.output ?? null,
    is_available: model.isAvailable,
    unavailable_reason: model.unavailableReason ?? null,
    origin: model.origin,
    successor_id: model.successorId ?? null,
    ...timesOf(model),
  }
}

function timesOf(
  model: Model,
): Pick<ModelWire, 'released_at' | 'expires_at' | 'synced_at' | 'created_at' | 'updated_at'> {
  return {
    released_at: isoOrNull(model.releasedAtMs),
    expires_at: isoOrNull(model.expiresAtMs),
    synced_at: isoOrNull(model.syncedAtMs),
    created_at: isoOf(model.createdAtMs),
    updated_at: isoOf(model.updatedAtMs),
  }
}

/** One page of the catalogue. */
export interface ModelPageWire extends ItemsWire<ModelWire> {
  /** `null` where a cursor was given. */
  readonly total: number | null
  readonly total_is_estimate: boolean
  /** `null` where a cursor was given. */
  readonly page: number | null
  readonly per_page: number
  /** `null` on the last page. */
  readonly next_cursor: string | null
}

export const modelPageWireSchema: z.ZodType<ModelPageWire> = z.object({
  items: z.array(modelWireSchema),
  total: z.int().nullable(),
  total_is_estimate: z.boolean(),
  page: z.int().nullable(),
  per_page: z.int(),
  next_cursor: z.string().nullable(),
})

/** One model with everything that is known of it. */
export interface ModelDetailWire extends ModelWire {
  readonly pricing: ModelPricing
  readonly supported_parameters: readonly string[] | null
  /** The fields a person set, which no sync changes. */
  readonly overridden: readonly string[]
  readonly metadata: JsonObject
}

const detailShape = {
  ...shape,
  pricing: modelPricingSchema,
  supported_parameters: z.array(z.string()).nullable(),
  overridden: z.array(z.string()),
  metadata: jsonObjectSchema,
}

export const modelDetailWireSchema: z.ZodType<ModelDetailWire> = z.object(detailShape)

export function toModelDetailWire(model: Model): ModelDetailWire {
  return {
    ...toModelWire(model),
    pricing: model.pricing,
    supported_parameters: model.supportedParameters ?? null,
    overridden: Object.keys(model.overrides ?? {}).map(snakeOf),
    metadata: model.metadata,
  }
}

function snakeOf(name: string): string {
  return name === 'contextLength'
    ? 'ctx_length'
    : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
