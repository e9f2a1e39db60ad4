import type { JsonObject, ProviderDefinition } from '@imrs/core'

import {
  keylessOpenAiCompatibleFamily,
  openAiCompatibleFamily,
} from '../openai-compatible/openai-compatible-family.ts'
import { MAX_TOKENS_PARAMETERS, STREAM_USAGES } from '../openai-compatible/wire-settings.ts'
import type { MaxTokensParameter, StreamUsage } from '../openai-compatible/wire-settings.ts'
import { optionError, resolveProviderSeed } from './provider-options.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Options of {@link openaiCompatible}. */
export interface OpenAiCompatibleOptions extends ProviderOptions {
  /** Id of the provider in the catalogue: lower-case letters, digits, `_`, `-`; 50 at most. */
  readonly id: string
  /** Base URL of the API, with its version: `https://api.groq.com/openai/v1`. */
  readonly apiBase: string
  /** `false` for a server that takes requests without a key, such as Ollama. Default: `true`. */
  readonly needsCredential?: boolean | undefined
  /** Which parameter limits the answer. Default: `max_tokens`. */
  readonly maxTokensParameter?: MaxTokensParameter | undefined
  /**
   * `requested`: streams are asked for usage with `stream_options`. `automatic`: for servers that
   * refuse that field. Default: `requested`, except for hosts known to refuse it.
   */
  readonly streamUsage?: StreamUsage | undefined
}

/**
 * Any other server that speaks OpenAI's chat completions; for some there are factories with the
 * address filled in: `groq()`, `ollama()` and their like.
 *
 * @throws ConfigError when an option is wrong.
 */
export function openaiCompatible(options: OpenAiCompatibleOptions): ProviderDefinition {
  return compatibleDefinition('openaiCompatible', options)
}

/** The definition that a factory of this family makes of its options. */
export function compatibleDefinition(
  factory: string,
  options: OpenAiCompatibleOptions,
): ProviderDefinition {
  return Object.freeze({
    family:
      options.needsCredential === false ? keylessOpenAiCompatibleFamily : openAiCompatibleFamily,
    provider: resolveProviderSeed({
      factory,
      defaults: {
        id: options.id,
        displayName: options.id,
        providerType: 'custom',
        apiBase: options.apiBase,
      },
      options,
      settings: resolveWireOptions(factory, options),
    }),
  })
}

function resolveWireOptions(factory: string, options: OpenAiCompatibleOptions): JsonObject {
  const { maxTokensParameter, streamUsage } = options
  if (maxTokensParameter !== undefined && !MAX_TOKENS_PARAMETERS.includes(maxTokensParameter)) {
    const rule = `must be one of ${MAX_TOKENS_PARAMETERS.join(', ')}`
    throw optionError(`${factory}.maxTokensParameter`, rule, maxTokensParameter)
  }
  if (streamUsage !== undefined && !STREAM_USAGES.includes(streamUsage)) {
    const rule = `must be one of ${STREAM_USAGES.join(', ')}`
    throw optionError(`${factory}.streamUsage`, rule, streamUsage)
  }
  return {
    ...(maxTokensParameter === undefined ? {} : { maxTokensParameter }),
    ...(streamUsage === undefined ? {} : { streamUsage }),
  }
}
