import type { ModelPart } from '@imrs/core'
import { toNanoUsd } from '@imrs/core'
import { asNumber, asObject } from '../shared/foreign-json.ts'

/** `undefined` when the server did not say. `prompt_tokens` holds the cached ones already. */
export function fromOpenAiUsage(usage: unknown): Extract<ModelPart, { type: 'usage' }> | undefined {
  const object = asObject(usage)
  const inputTokens = count(object?.['prompt_tokens'])
  const outputTokens = count(object?.['completion_tokens'])
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  const prompt = asObject(object?.['prompt_tokens_details'])
  const completion = asObject(object?.['completion_tokens_details'])
  const cost = asNumber(object?.['cost'])
  return {
    type: 'usage',
    usage: {
      inputTokens,
      outputTokens,
      cachedInputTokens: count(prompt?.['cached_tokens']),
      cacheWriteTokens: count(prompt?.['cache_write_tokens']),
      reasoningTokens: count(completion?.['reasoning_tokens']),
    },
    ...(cost === undefined || cost < 0 ? {} : { reportedCostNanoUsd: toNanoUsd(cost) }),
  }
}

function count(value: unknown): number | undefined {
  const number = asNumber(value)
  return number !== undefined && number >= 0 ? Math.round(number) : undefined
}
