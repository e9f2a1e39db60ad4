import type { ProviderAdapter, ProviderConnection } from '@imrs/core'
import { providerPolicyOf } from '@imrs/core'

import { googleChat } from './google-chat.ts'
import { googleContext } from './google-context.ts'
import { googleGetJson } from './google-get-json.ts'
import { listGoogleModels } from './google-list-models.ts'

/** Connects one row of the Google family. */
export function connectGoogle(connection: ProviderConnection): ProviderAdapter {
  const context = googleContext(connection)
  return {
    specVersion: 'v1',
    listModels: (options) => listGoogleModels(context, options),
    chat: (call, options) => googleChat(context, call, options),
    checkCredential: async (options) => {
      const { modelsEndpoint } = connection.provider
      const { healthEndpoint } = providerPolicyOf(connection.provider)
      // The list asks for a key and costs nothing.
      await googleGetJson(context, healthEndpoint ?? `${modelsEndpoint}?pageSize=1`, options)
    },
  }
}
