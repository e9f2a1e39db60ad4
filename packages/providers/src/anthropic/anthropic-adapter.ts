import type { ProviderAdapter, ProviderConnection } from '@imrs/core'
import { providerPolicyOf } from '@imrs/core'

import { anthropicChat } from './anthropic-chat.ts'
import { anthropicContext } from './anthropic-context.ts'
import { anthropicGetJson } from './anthropic-get-json.ts'
import { listAnthropicModels } from './anthropic-list-models.ts'

/** Connects one row of the Anthropic family. */
export function connectAnthropic(connection: ProviderConnection): ProviderAdapter {
  const context = anthropicContext(connection)
  return {
    specVersion: 'v1',
    listModels: (options) => listAnthropicModels(context, options),
    chat: (call, options) => anthropicChat(context, call, options),
    checkCredential: async (options) => {
      const { modelsEndpoint } = connection.provider
      const { healthEndpoint } = providerPolicyOf(connection.provider)
      // The list asks for a key and costs nothing.
      await anthropicGetJson(context, healthEndpoint ?? `${modelsEndpoint}?limit=1`, options)
    },
  }
}
