import {
  CAPABILITIES,
  COST_TIERS,
  MODEL_ID_MAX_LENGTH,
  MODEL_TYPES,
  decimalTextSchema,
} from '@imrs/core'
import type { Capability, CostTier, ModelPricing, ModelType } from '@imrs/core'
import type { Router } from '@imrs/router'
import { z } from 'zod'

import { definedOnly } from '../../wire/defined-only.ts'

type NewModel = Parameters<Router['models']['create']>[0]
type ModelEdit = Parameters<Router['models']['edit']>[1]

/** The body that adds a model by hand. Prices are US dollars per 1,000,000 tokens. */
export interface ModelBody {
  readonly provider_id: string
  readonly external_id: string
  readonly display_name?: string | undefined
  readonly description?: string | undefined
  readonly model_type?: ModelType | undefined
  readonly capabilities: readonly Capability[]
  readonly priority?: number | undefined
  readonly cost_tier?: CostTier | undefined
  readonly domains?: readonly string[] | undefined
  readonly ctx_length?: number | undefined
  readonly max_output_tokens?: number | undefined
  readonly pricing_input?: string | number | undefined
  readonly pricing_output?: string | number | undefined
}

const price = z.union([
  decimalTextSchema,
  z.number().nonnegative('must not be negative').max(1_000_000),
])
const fields = {
  display_name: z.string().min(1).max(255),
  description: z.string().max(10_000),
  model_type: z.enum(MODEL_TYPES),
  capabilities: z.array(z.enum(CAPABILITIES)).max(CAPABILITIES.length),
  priority: z.int().min(0).max(100),
  cost_tier: z.enum(COST_TIERS),
  domains: z.array(z.string().min(1).max(100)).max(100),
  ctx_length: z.int().positive(),
  max_output_tokens: z.int().positive(),
  pricing_input: price,
  pricing_output: price,
}

export const modelBodySchema: z.ZodType<ModelBody> = z.strictObject({
  provider_id: z.string().min(1).max(50),
  external_id: z.string().min(1).max(MODEL_ID_MAX_LENGTH),
  display_name: fields.display_name.optional(),
  description: fields.description.optional(),
  model_type: fields.model_type.optional(),
  capabilities: fields.capabilities,
  priority: fields.priority.optional(),
  cost_tier: fields.cost_tier.optional(),
  domains: fields.domains.optional(),
  ctx_length: fields.ctx_length.optional(),
  max_output_tokens: fields.max_output_tokens.optional(),
  pricing_input: price.optional(),
  pricing_output: price.optional(),
})

/** What a person changes of a model; `null` goes back to what the provider's list says. */
export interface ModelChangesBody {
  readonly display_name?: string | null | undefined
  readonly description?: string | null | undefined
  readonly model_type?: ModelType | null | undefined
  readonly capabilities?: readonly Capability[] | null | undefined
  readonly priority?: number | null | undefined
  readonly cost_tier?: CostTier | null | undefined
  readonly domains?: readonly string[] | null | undefined
  readonly ctx_length?: number | null | undefined
  readonly max_output_tokens?: number | null | undefined
  /** Both prices go together: `{ "input": "0.15", "output": "0.60" }`. */
  readonly pricing?: ModelPricing | null | undefined
  readonly is_available?: boolean | null | undefined
  readonly unavailable_reason?: string | undefined
}

const pricing = z.strictObject({
  input: decimalTextSchema.optional(),
  output: decimalTextSchema.optional(),
  cachedInput: decimalTextSchema.optional(),
  cacheWrite: decimalTextSchema.optional(),
  reasoning: decimalTextSchema.optional(),
  request: decimalTextSchema.optional(),
})

export const modelChangesBodySchema: z.ZodType<ModelChangesBody> = z.strictObject({
  display_name: fields.display_name.nullish(),
  description: fields.description.nullish(),
  model_type: fields.model_type.nullish(),
  capabilities: fields.capabilities.nullish(),
  priority: fields.priority.nullish(),
  cost_tier: fields.cost_tier.nullish(),
  domains: fields.domains.nullish(),
  ctx_length: fields.ctx_length.nullish(),
  max_output_tokens: fields.max_output_tokens.nullish(),
  pricing: pricing.nullish(),
  is_available: z.boolean().nullish(),
  unavailable_reason: z.string().max(1000).optional(),
})

export function toNewModel(body: ModelBody, by: string): NewModel {
  return {
    providerId: body.provider_id,
    externalId: body.external_id,
    displayName: body.display_name,
    description: body.description,
    modelType: body.model_type,
    capabilities: body.capabilities,
    priority: body.priority,
    costTier: body.cost_tier,
    domains: body.domains,
    contextLength: body.ctx_length,
    maxOutputTokens: body.max_output_tokens,
    pricing: pricingOf(body),
    by,
  }
}

function pricingOf({ pricing_input: input, pricing_output: output }: ModelBody): ModelPricing {
  return { input: decimalOf(input), output: decimalOf(output), source: 'manual' }
}

/** Numbers as plain decimal text: `1e-7` has no place in a price. */
function decimalOf(value: string | number | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return value.toFixed(12).replace(/\.?0+$/, '')
}

export function toModelEdit(body: ModelChangesBody, by: string): ModelEdit {
  const values = {
    displayName: body.display_name,
    description: body.description,
    modelType: body.model_type,
    capabilities: body.capabilities,
    priority: body.priority,
    costTier: body.cost_tier,
    domains: body.domains,
    contextLength: body.ctx_length,
    maxOutputTokens: body.max_output_tokens,
    pricing: body.pricing,
    isAvailable: body.is_available,
    unavailableReason: body.unavailable_reason,
  }
  const entries = Object.entries(definedOnly(values))
  return {
    set: Object.fromEntries(entries.filter(([, value]) => value !== null)),
    clear: entries.flatMap(([name, value]) => (value === null ? [name] : [])) as ModelEdit['clear'],
    by,
  }
}
