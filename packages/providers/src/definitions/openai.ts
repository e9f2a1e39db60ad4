import type { ProviderDefinition } from '@imrs/core'

import { openAiCompatibleFamily } from '../openai-compatible/openai-compatible-family.ts'
import { resolveProviderSeed } from './provider-options.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Options of {@link openai}. */
export interface OpenAiOptions extends ProviderOptions {
  /** The organisation that is billed, when the key belongs to several (`OpenAI-Organization`). */
  readonly organization?: string | undefined
  /** The project that is billed (`OpenAI-Project`). */
  readonly project?: string | undefined
}

/**
 * OpenAI itself. The provider's id is `openai`.
 *
 * @throws ConfigError when an option is wrong.
 */
export function openai(options: OpenAiOptions = {}): ProviderDefinition {
  const headers = {
    ...(options.organization === undefined ? {} : { 'OpenAI-Organization': options.organization }),
    ...(options.project === undefined ? {} : { 'OpenAI-Project': options.project }),
    ...options.headers,
  }
  return Object.freeze({
    family: openAiCompatibleFamily,
    provider: resolveProviderSeed({
      factory: 'openai',
      defaults: {
        id: 'openai',
        displayName: 'OpenAI',
        providerType: 'openai',
        apiBase: 'https://api.openai.com/v1',
      },
      options: { ...options, headers },
    }),
  })
}
