import type { ModelAliasSeed, ProviderDefinition } from '@imrs/core'

import { googleFamily } from '../google/google-family.ts'
import { resolveProviderSeed } from './provider-options.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Options of {@link google}. The last segment of `apiBase` may name the API version. */
export type GoogleOptions = ProviderOptions

/** Names people use for Gemini models that the API itself does not know. */
const GEMINI_ALIASES: readonly ModelAliasSeed[] = Object.freeze([
  Object.freeze({ name: 'gemini-2.5', externalId: 'gemini-2.5-flash' }),
  Object.freeze({ name: 'gemini-3.0-flash', externalId: 'gemini-3-flash-preview' }),
])

/**
 * Google's Gemini API. The provider's id is `google`.
 *
 * @throws ConfigError when an option is wrong.
 */
export function google(options: GoogleOptions = {}): ProviderDefinition {
  return Object.freeze({
    family: googleFamily,
    provider: resolveProviderSeed({
      factory: 'google',
      defaults: {
        id: 'google',
        displayName: 'Google Gemini',
        providerType: 'google',
        apiBase: 'https://generativelanguage.googleapis.com/v1beta',
      },
      options,
    }),
    aliases: GEMINI_ALIASES,
  })
}
