/** The names under which servers take the limit of the answer. */
export const MAX_TOKENS_PARAMETERS = ['max_tokens', 'max_completion_tokens'] as const
/** One of {@link MAX_TOKENS_PARAMETERS}. */
export type MaxTokensParameter = (typeof MAX_TOKENS_PARAMETERS)[number]

/** How usage comes with a stream. */
export const STREAM_USAGES = ['requested', 'automatic'] as const
/** One of {@link STREAM_USAGES}. */
export type StreamUsage = (typeof STREAM_USAGES)[number]
