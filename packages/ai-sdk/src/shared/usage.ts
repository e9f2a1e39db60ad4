import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import type { TokenUsage } from '@imrs/core'

/** Tokens in the AI SDK's words. What is unknown stays unknown: a part is never guessed from its total. */
export function toSdkUsage(usage: TokenUsage | undefined): LanguageModelV4Usage {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } =
    usage ?? {}
  return {
    inputTokens: {
      total: inputTokens,
      noCache:
        cachedInputTokens === undefined && cacheWriteTokens === undefined
          ? undefined
          : rest(inputTokens, (cachedInputTokens ?? 0) + (cacheWriteTokens ?? 0)),
      cacheRead: cachedInputTokens,
      cacheWrite: cacheWriteTokens,
    },
    outputTokens: {
      total: outputTokens,
      text: reasoningTokens === undefined ? undefined : rest(outputTokens, reasoningTokens),
      reasoning: reasoningTokens,
    },
  }
}

/** Tokens in our words; `undefined` when the model does not say both totals, or the parts of them. */
export function fromSdkUsage({
  inputTokens,
  outputTokens,
}: LanguageModelV4Usage): TokenUsage | undefined {
  const { noCache, cacheRead, cacheWrite } = inputTokens
  const { text, reasoning } = outputTokens
  const input = count(inputTokens.total) ?? sum(noCache, cacheRead, cacheWrite)
  const output = count(outputTokens.total) ?? sum(text, reasoning)
  if (input === undefined || output === undefined) return undefined
  return {
    inputTokens: input,
    outputTokens: output,
    ...named('cachedInputTokens', count(cacheRead)),
    ...named('cacheWriteTokens', count(cacheWrite)),
    ...named('reasoningTokens', count(reasoning)),
  }
}

function rest(total: number | undefined, part: number): number | undefined {
  return total === undefined ? undefined : Math.max(0, total - part)
}

/** What is no count of tokens says nothing. */
function count(value: number | undefined): number | undefined {
  return Number.isSafeInteger(value) && (value ?? -1) >= 0 ? value : undefined
}

/** `undefined` when the first, which is the largest part, is not said. */
function sum(
  first: number | undefined,
  ...others: readonly (number | undefined)[]
): number | undefined {
  const known = count(first)
  return known === undefined
    ? undefined
    : others.reduce<number>((total, other) => total + (count(other) ?? 0), known)
}

function named<Name extends keyof TokenUsage>(
  name: Name,
  value: number | undefined,
): Partial<TokenUsage> {
  return value === undefined ? {} : { [name]: value }
}
