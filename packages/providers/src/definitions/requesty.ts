import type { ProviderDefinition } from '@imrs/core'

import { openAiCompatibleFamily } from '../openai-compatible/openai-compatible-family.ts'
import { resolveProviderSeed } from './provider-options.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Options of {@link requesty}. */
export type RequestyOptions = ProviderOptions

/**
 * Requesty: the models of many makers behind one key. The provider's id is `requesty`. For the
 * European router set `apiBase` to `https://router.eu.requesty.ai/v1`.
 *
 * @throws ConfigError when an option is wrong.
 */
export function requesty(options: RequestyOptions = {}): ProviderDefinition {
  return Object.freeze({
    family: openAiCompatibleFamily,
    provider: resolveProviderSeed({
      factory: 'requesty',
      defaults: {
        id: 'requesty',
        displayName: 'Requesty',
        providerType: 'requesty',
        apiBase: 'https://router.requesty.ai/v1',
      },
      options,
    }),
  })
}
