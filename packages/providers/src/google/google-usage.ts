import { asObject } from '@imrs/core'
import type { TokenUsage } from '@imrs/core'

import { asNumber } from '../shared/foreign-json.ts'

/**
 * Gemini counts thoughts apart from the candidates and the prompts of tools apart from the prompt;
 * the cached tokens are in the prompt already. `undefined` when it did not say.
 */
export function fromGoogleUsage(usageMetadata: unknown): TokenUsage | undefined {
  const usage = asObject(usageMetadata)
  const promptTokens = count(usage?.['promptTokenCount'])
  if (usage === undefined || promptTokens === undefined) return undefined
  const thoughts = count(usage['thoughtsTokenCount'])
  return {
    inputTokens: promptTokens + (count(usage['toolUsePromptTokenCount']) ?? 0),
    outputTokens: (count(usage['candidatesTokenCount']) ?? 0) + (thoughts ?? 0),
    cachedInputTokens: count(usage['cachedContentTokenCount']),
    reasoningTokens: thoughts,
  }
}

function count(value: unknown): number | undefined {
  const number = asNumber(value)
  return number !== undefined && number >= 0 ? Math.round(number) : undefined
}
