import type { ProviderDefinition } from '@imrs/core'

import { openAiCompatibleFamily } from '../openai-compatible/openai-compatible-family.ts'
import { resolveProviderSeed } from './provider-options.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Options of {@link openRouter}. */
export interface OpenRouterOptions extends ProviderOptions {
  /** Address of your app, shown on OpenRouter's rankings (`HTTP-Referer`). */
  readonly appUrl?: string | undefined
  /** Name of your app there (`X-Title`). */
  readonly appTitle?: string | undefined
}

/**
 * OpenRouter: the models of many makers behind one key. The provider's id is `openrouter`.
 *
 * @throws ConfigError when an option is wrong.
 */
export function openRouter(options: OpenRouterOptions = {}): ProviderDefinition {
  const headers = {
    ...(options.appUrl === undefined ? {} : { 'HTTP-Referer': options.appUrl }),
    ...(options.appTitle === undefined ? {} : { 'X-Title': options.appTitle }),
    ...options.headers,
  }
  return Object.freeze({
    family: openAiCompatibleFamily,
    provider: resolveProviderSeed({
      factory: 'openRouter',
      defaults: {
        id: 'openrouter',
        displayName: 'OpenRouter',
        providerType: 'openrouter',
        apiBase: 'https://openrouter.ai/api/v1',
      },
      options: { ...options, headers },
    }),
  })
}
