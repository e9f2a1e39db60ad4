import type { Provider, ProviderAdapter, ProviderConnection, ProviderDefinition } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { plainObject } from '../shared/plain-json.ts'
import { aiSdkChat } from './ai-sdk-chat.ts'
import { resolveAiSdkProviderOptions } from './ai-sdk-provider-options.ts'
import type {
  AiSdkProviderOptions,
  ResolvedAiSdkProviderOptions,
} from './ai-sdk-provider-options.ts'

/**
 * Models of the AI SDK as a provider of the router. They are called once for each attempt, without
 * the SDK's own retries: those are the router's. Keys are the models' own; the router needs none.
 *
 * @throws ConfigError when an option is wrong.
 */
export function aiSdkProvider(options: AiSdkProviderOptions): ProviderDefinition {
  const resolved = resolveAiSdkProviderOptions(options)
  const { id, displayName, rateLimitRpm, policy } = resolved
  return Object.freeze({
    family: Object.freeze({
      specVersion: 'v1',
      name: 'ai-sdk',
      needsCredential: false,
      connect: (connection: ProviderConnection) => connectAiSdk(resolved, connection),
    }),
    provider: Object.freeze({
      id,
      displayName,
      providerType: 'custom',
      // A row has an address. This one leads nowhere (RFC 2606): the models know their own.
      apiBase: 'https://ai-sdk.invalid',
      modelsEndpoint: '/models',
      rateLimitRpm,
      settings: plainObject(policy),
    }),
  })
}

function connectAiSdk(
  { models }: ResolvedAiSdkProviderOptions,
  { provider, runtime }: ProviderConnection,
): ProviderAdapter {
  return {
    specVersion: 'v1',
    async *listModels(options) {
      options?.signal?.throwIfAborted()
      yield { models: [...models.values()].map(({ listed }) => listed), total: models.size }
    },
    async *chat(call, options) {
      const model = models.get(call.externalId)?.model
      // A row that was written when the host's code still had the model.
      if (model === undefined) throw modelGone(provider)
      yield* aiSdkChat({ model, provider, runtime }, call, options)
    },
    // Nothing can be asked without cost: whether a key is good is seen at the first call.
    checkCredential: async (options) => options?.signal?.throwIfAborted(),
  }
}

function modelGone({ id: providerId, displayName }: Provider): ProviderError {
  const message = `${displayName} does not serve this model.`
  return new ProviderError({ kind: 'model-gone', message }, { providerId })
}
