import type { JsonObject, ModelPart } from '@imrs/core'
import { asObject, toNanoUsd } from '@imrs/core'

import { asNumber } from '../shared/foreign-json.ts'

/** What the server says was used, and what it cost. */
export type UsagePart = Extract<ModelPart, { type: 'usage' }>

/**
 * `undefined` when the server did not say. `prompt_tokens` holds the cached ones already, and
 * `completion_tokens` the reasoning, except where the total shows that it does not.
 */
export function fromOpenAiUsage(given: unknown): UsagePart | undefined {
  const usage = asObject(given) ?? {}
  const inputTokens = count(usage, 'prompt_tokens')
  const completionTokens = count(usage, 'completion_tokens')
  if (inputTokens === undefined || completionTokens === undefined) return undefined
  const prompt = asObject(usage['prompt_tokens_details']) ?? {}
  const completion = asObject(usage['completion_tokens_details']) ?? {}
  const apart = tokensApart(usage, inputTokens + completionTokens)
  return {
    type: 'usage',
    usage: {
      inputTokens,
      outputTokens: completionTokens + apart,
      // DeepSeek counts what it found in its cache beside the details, older hosts only there.
      cachedInputTokens: count(prompt, 'cached_tokens') ?? count(usage, 'prompt_cache_hit_tokens'),
      // The second is Requesty's name.
      cacheWriteTokens: count(prompt, 'cache_write_tokens') ?? count(prompt, 'caching_tokens'),
      reasoningTokens: count(completion, 'reasoning_tokens') ?? (apart === 0 ? undefined : apart),
    },
    reportedCostNanoUsd: reportedCost(usage),
  }
}

/**
 * What is in the total and in neither of its parts: reasoning that xAI, and Gemini behind OpenAI's
 * wire, count apart from the answer. It is charged like the answer.
 */
function tokensApart(usage: JsonObject, counted: number): number {
  return Math.max(0, (count(usage, 'total_tokens') ?? 0) - counted)
}

function count(usage: JsonObject, field: string): number | undefined {
  const number = asNumber(usage[field])
  return number !== undefined && number >= 0 ? Math.round(number) : undefined
}

/**
 * OpenRouter and Requesty say what the call cost, in dollars. With a key of one's own at the host
 * behind OpenRouter, that is its fee, and what the host takes comes on top.
 */
function reportedCost(usage: JsonObject): number | undefined {
  const cost = asNumber(usage['cost'])
  if (cost === undefined || cost < 0) return undefined
  const upstream = asNumber(asObject(usage['cost_details'])?.['upstream_inference_cost']) ?? 0
  return toNanoUsd(usage['is_byok'] === true ? cost + Math.max(0, upstream) : cost)
}
