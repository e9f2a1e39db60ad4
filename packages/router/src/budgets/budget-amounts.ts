import type { BudgetUnit, Model, ModelPricing, NanoUsd, TokenUsage } from '@imrs/core'
import { costOfUsage } from '@imrs/core'

import type { CallSize } from './budgeted-call.ts'

/** How long an answer may be under a budget when nobody says. */
const DEFAULT_MAX_OUTPUT_TOKENS = 4_096

/**
 * A prompt is reserved at twice its estimate and 512 tokens.
 *
 * The estimate is by characters. Measured with `o200k_base`, prose in 18 languages comes to 1.3 times
 * of it at most, code and JSON to 1.6; base64 and hexadecimal (2.8 times), scripts that few people
 * write (5 times), and Arabic, Hindi and Thai with the tokenizers of older models (2.9 times) pass
 * twice. Four times would hold for every text in Latin letters, as a token is a byte at least, and
 * would refuse calls that cost a quarter of what is left. The 512 are for what providers add by
 * themselves, instructions for tools above all. A call that used more counts with what it used, so
 * what is over in one call is missing to the next.
 */
const PROMPT_MARGIN = 2
const ADDED_BY_PROVIDERS = 512

/** The longest answer to ask for: as wanted, else the default, and never more than the model takes. */
export function outputTokensOf({ model, inputTokens, maxOutputTokens }: CallSize): number {
  const most = model.maxOutputTokens ?? Infinity
  const room = hasContext(model) ? model.contextLength - inputTokens : Infinity
  return Math.max(1, Math.min(maxOutputTokens ?? DEFAULT_MAX_OUTPUT_TOKENS, most, room))
}

/** The longest the prompt is taken to be. What does not fit into the context is refused and costs nothing. */
export function promptTokensOf({ model, inputTokens }: CallSize): number {
  const withMargin = Math.ceil(inputTokens * PROMPT_MARGIN) + ADDED_BY_PROVIDERS
  if (!hasContext(model)) return withMargin
  return Math.min(withMargin, Math.max(model.contextLength, inputTokens))
}

function hasContext(model: Model): model is Model & { readonly contextLength: number } {
  return model.contextLength !== undefined && model.contextLength > 0
}

/** What a call takes of a budget at most; `undefined` when nobody can know. */
export function amountOf(unit: BudgetUnit, size: CallSize): number | undefined {
  if (unit === 'requests') return 1
  const [prompt, output] = [promptTokensOf(size), outputTokensOf(size)]
  return unit === 'tokens' ? prompt + output : highestCost(size.model.pricing, prompt, output)
}

/**
 * The most that a call of up to so many tokens can cost, whichever tier its prompt comes to lie in and
 * whichever part of it is cached, written to a cache or spent on reasoning; `undefined` when a price
 * is not known.
 */
function highestCost(pricing: ModelPricing, prompt: number, output: number): NanoUsd | undefined {
  let highest = 0
  for (const inputTokens of promptSizes(pricing, prompt)) {
    for (const usage of usagesOf(pricing, { inputTokens, outputTokens: output })) {
      const cost = costOfUsage(usage, pricing)
      if (cost === undefined) return undefined
      highest = Math.max(highest, cost)
    }
  }
  return highest
}

/** The largest prompt of each tier that can be reached: below a bound it may cost more than above. */
function promptSizes({ tiers = [] }: ModelPricing, prompt: number): readonly number[] {
  const bounds = tiers.map((tier) => tier.abovePromptTokens)
  return [prompt, ...bounds.filter((bound) => bound > 0 && bound < prompt)]
}

/** All of the prompt at one of its prices, with all of the answer at one of its own. */
function usagesOf(pricing: ModelPricing, plain: TokenUsage): readonly TokenUsage[] {
  const sets = [pricing, ...(pricing.tiers ?? [])]
  const { inputTokens: all } = plain
  const prompts: TokenUsage[] = [plain]
  if (sets.some((set) => set.cacheWrite !== undefined)) {
    prompts.push({ ...plain, cacheWriteTokens: all })
  }
  if (sets.some((set) => set.cachedInput !== undefined)) {
    prompts.push({ ...plain, cachedInputTokens: all })
  }
  if (sets.every((set) => set.reasoning === undefined)) return prompts
  const thought = prompts.map((usage) => ({ ...usage, reasoningTokens: plain.outputTokens }))
  return [...prompts, ...thought]
}
