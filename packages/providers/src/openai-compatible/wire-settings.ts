import type { Provider } from '@imrs/core'

/** The names under which servers take the limit of the answer. */
export const MAX_TOKENS_PARAMETERS = ['max_tokens', 'max_completion_tokens'] as const
/** One of {@link MAX_TOKENS_PARAMETERS}. */
export type MaxTokensParameter = (typeof MAX_TOKENS_PARAMETERS)[number]

/** How usage comes with a stream. */
export const STREAM_USAGES = ['requested', 'automatic'] as const
/** One of {@link STREAM_USAGES}. */
export type StreamUsage = (typeof STREAM_USAGES)[number]

/**
 * How a server is told how hard to think. `effort`: OpenAI's `reasoning_effort`; `object`:
 * OpenRouter's `reasoning`; `switch`: DeepSeek's, which has `thinking` beside the effort to switch it off.
 */
export type ReasoningStyle = 'effort' | 'object' | 'switch'

/** How requests to one server are written. */
export interface WireSettings {
  readonly maxTokensParameter: MaxTokensParameter
  readonly streamUsage: StreamUsage
  readonly reasoningStyle: ReasoningStyle
  /** The server's models are OpenAI's own, whose efforts are known. */
  readonly isOpenAi: boolean
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
}

/** Hosts that refuse `stream_options`. */
const WITHOUT_STREAM_OPTIONS: ReadonlySet<string> = new Set(['api.mistral.ai'])

/** Who serves models that refuse `max_tokens`. */
const OPENAI_ITSELF: ReadonlySet<string> = new Set(['openai', 'azure'])

const DEEPSEEK = 'api.deepseek.com'

/** What a provider's row says, with the defaults of its type. */
export function wireSettingsOf({ providerType, apiBase, settings }: Provider): WireSettings {
  const maxTokens = MAX_TOKENS_PARAMETERS.find((name) => name === settings['maxTokensParameter'])
  const usage = STREAM_USAGES.find((name) => name === settings['streamUsage'])
  const { hostname } = new URL(apiBase)
  const refuses = WITHOUT_STREAM_OPTIONS.has(hostname)
  return {
    maxTokensParameter:
      maxTokens ?? (OPENAI_ITSELF.has(providerType) ? 'max_completion_tokens' : 'max_tokens'),
    streamUsage: usage ?? (refuses ? 'automatic' : 'requested'),
    reasoningStyle:
      providerType === 'openrouter' ? 'object' : hostname === DEEPSEEK ? 'switch' : 'effort',
    isOpenAi: providerType === 'openai',
    headers: headersOf(settings['headers']),
  }
}

function headersOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}
