import type { JsonObject, ModelPart } from '@imrs/core'
import { toNanoUsd } from '@imrs/core'

import { asNumber, asObject } from '../shared/foreign-json.ts'

/** `undefined` when the server did not say. `prompt_tokens` holds the cached ones already. */
export function fromOpenAiUsage(given: unknown): Extract<ModelPart, { type: 'usage' }> | undefined {
  const usage = asObject(given) ?? {}
  const inputTokens = count(usage, 'prompt_tokens')
  const outputTokens = count(usage, 'completion_tokens')
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  const prompt = asObject(usage['prompt_tokens_details']) ?? {}
  const completion = asObject(usage['completion_tokens_details']) ?? {}
  return {
    type: 'usage',
    usage: {
      inputTokens,
      outputTokens,
      cachedInputTokens: count(prompt, 'cached_tokens'),
      cacheWriteTokens: count(prompt, 'cache_write_tokens'),
      reasoningTokens: count(completion, 'reasoning_tokens'),
    },
    reportedCostNanoUsd: reportedCost(usage),
  }
}

function count(usage: JsonObject, field: string): number | undefined {
  const number = asNumber(usage[field])
  return number !== undefined && number >= 0 ? Math.round(number) : undefined
}

/** OpenRouter and Requesty say what the call cost, in dollars. */
function reportedCost(usage: JsonObject): number | undefined {
  const cost = asNumber(usage['cost'])
  return cost === undefined || cost < 0 ? undefined : toNanoUsd(cost)
}
