import { z } from 'zod'

/**
 * Tokens of one call, in one convention for all providers: the totals include their parts, so that
 * nothing is counted twice.
 */
export interface TokenUsage {
  /** All prompt tokens, cached and cache-written ones included. */
  readonly inputTokens: number
  /** All answer tokens, reasoning included. */
  readonly outputTokens: number
  /** The part of `inputTokens` that was read from the provider's cache. */
  readonly cachedInputTokens?: number | undefined
  /** The part of `inputTokens` that was written to the provider's cache. */
  readonly cacheWriteTokens?: number | undefined
  /** The part of `outputTokens` that was spent on reasoning. */
  readonly reasoningTokens?: number | undefined
}

export const tokenUsageSchema: z.ZodType<TokenUsage> = z.object({
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  cachedInputTokens: z.int().nonnegative().optional(),
  cacheWriteTokens: z.int().nonnegative().optional(),
  reasoningTokens: z.int().nonnegative().optional(),
})
