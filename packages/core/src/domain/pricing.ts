import { z } from 'zod'

/** A non-negative decimal number as text, exactly as the provider wrote it or computed without rounding. */
export type DecimalText = string

const DECIMAL = /^\d+(\.\d+)?$/

export const decimalTextSchema: z.ZodType<DecimalText> = z
  .string()
  .regex(DECIMAL, 'must be a non-negative decimal number as text, such as "0.15"')

export const COST_TIERS = ['free', 'low', 'standard', 'premium'] as const
export type CostTier = (typeof COST_TIERS)[number]

/** Prices of one model in US dollars. A price that is `undefined` is unknown, never zero. */
export interface PriceSet {
  /** Per 1,000,000 prompt tokens. */
  readonly input?: DecimalText | undefined
  /** Per 1,000,000 answer tokens, reasoning included unless {@link reasoning} says otherwise. */
  readonly output?: DecimalText | undefined
  /** Per 1,000,000 prompt tokens read from the provider's cache. Absent: charged as {@link input}. */
  readonly cachedInput?: DecimalText | undefined
  /** Per 1,000,000 prompt tokens written to the provider's cache. Absent: charged as {@link input}. */
  readonly cacheWrite?: DecimalText | undefined
  /** Per 1,000,000 reasoning tokens. Absent: charged as {@link output}. */
  readonly reasoning?: DecimalText | undefined
  /** Per request. */
  readonly request?: DecimalText | undefined
}

/** Prices that hold instead when the prompt has more than `abovePromptTokens` tokens. */
export interface PriceTier extends PriceSet {
  readonly abovePromptTokens: number
}

export interface ModelPricing extends PriceSet {
  /** In ascending order of `abovePromptTokens`. What a tier leaves out holds as below it. */
  readonly tiers?: readonly PriceTier[] | undefined
  /** Where the prices come from: `provider`, or the name of an overlay. */
  readonly source?: string | undefined
}

const priceSetShape = {
  input: decimalTextSchema.optional(),
  output: decimalTextSchema.optional(),
  cachedInput: decimalTextSchema.optional(),
  cacheWrite: decimalTextSchema.optional(),
  reasoning: decimalTextSchema.optional(),
  request: decimalTextSchema.optional(),
}

export const modelPricingSchema: z.ZodType<ModelPricing> = z.object({
  ...priceSetShape,
  tiers: z
    .array(z.object({ ...priceSetShape, abovePromptTokens: z.int().nonnegative() }))
    .optional(),
  source: z.string().optional(),
})
