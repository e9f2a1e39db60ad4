import type { CallOptions, ModelPage, ProviderAdapter, ProviderConnection } from '@imrs/core'

import { getJson } from '../openai-compatible/get-json.ts'
import { openAiChat } from '../openai-compatible/openai-chat.ts'
import { azureContext } from './azure-context.ts'
import { listDeployments } from './azure-deployments.ts'

/** Connects one row of the Azure family. */
export function connectAzure(connection: ProviderConnection): ProviderAdapter {
  const context = azureContext(connection)
  return {
    specVersion: 'v1',
    listModels: (options) => listOnce(connection, options),
    chat: (call, options) => openAiChat(context, call, options),
    checkCredential: async (options) => {
      // The models of the region: of no use otherwise, but they ask for a key and cost nothing.
      await getJson(context, '/models', options)
    },
  }
}

/** One page; nothing is asked. */
async function* listOnce(
  { provider, runtime }: ProviderConnection,
  options?: CallOptions,
): AsyncGenerator<ModelPage, void, void> {
  options?.signal?.throwIfAborted()
  const models = listDeployments(provider, runtime)
  yield { models, total: models.length }
}
