import { asObject } from '@imrs/core'
import type { JsonObject, TokenUsage } from '@imrs/core'

import { asNumber } from '../shared/foreign-json.ts'

/**
 * Anthropic counts what it read from its cache, and what it wrote there, apart from the input.
 * `undefined` when it did not say.
 */
export function fromAnthropicUsage(usage: JsonObject): TokenUsage | undefined {
  const fresh = count(usage['input_tokens'])
  const outputTokens = count(usage['output_tokens'])
  if (fresh === undefined || outputTokens === undefined) return undefined
  const cachedInputTokens = count(usage['cache_read_input_tokens'])
  const cacheWriteTokens = count(usage['cache_creation_input_tokens'])
  return {
    inputTokens: fresh + (cachedInputTokens ?? 0) + (cacheWriteTokens ?? 0),
    outputTokens,
    cachedInputTokens,
    cacheWriteTokens,
    reasoningTokens: count(asObject(usage['output_tokens_details'])?.['thinking_tokens']),
  }
}

function count(value: unknown): number | undefined {
  const number = asNumber(value)
  return number !== undefined && number >= 0 ? Math.round(number) : undefined
}
