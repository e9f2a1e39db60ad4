import type { ProviderDefinition } from '@imrs/core'

import { anthropicFamily } from '../anthropic/anthropic-family.ts'
import { resolveProviderSeed } from './provider-options.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Options of {@link anthropic}. */
export type AnthropicOptions = ProviderOptions

/**
 * Anthropic itself. The provider's id is `anthropic`.
 *
 * @throws ConfigError when an option is wrong.
 */
export function anthropic(options: AnthropicOptions = {}): ProviderDefinition {
  return Object.freeze({
    family: anthropicFamily,
    provider: resolveProviderSeed({
      factory: 'anthropic',
      defaults: {
        id: 'anthropic',
        displayName: 'Anthropic',
        providerType: 'anthropic',
        apiBase: 'https://api.anthropic.com/v1',
      },
      options,
    }),
  })
}
