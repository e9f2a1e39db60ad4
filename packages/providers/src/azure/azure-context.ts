import { asText } from '@imrs/core'
import type { ProviderConnection } from '@imrs/core'

import { openAiContextAt, sentKeyOf } from '../openai-compatible/openai-context.ts'
import type { OpenAiAddresses, OpenAiContext } from '../openai-compatible/openai-context.ts'
import { addressOf } from '../shared/rest-client.ts'

/**
 * Azure OpenAI, ready to be called: by its v1 API, or, when the row names an `apiVersion`, by the
 * addresses of deployments. The key travels as `api-key` in both.
 */
export function azureContext(connection: ProviderConnection): OpenAiContext {
  const { apiBase, settings } = connection.provider
  const base = `${apiBase.replace(/\/+$/, '')}/openai`
  const apiVersion = asText(settings['apiVersion'])
  return openAiContextAt(connection, {
    addresses: apiVersion === undefined ? v1(`${base}/v1`) : versioned(base, apiVersion),
    keyHeaders: { 'api-key': sentKeyOf(connection) },
  })
}

function v1(base: string): OpenAiAddresses {
  const chat = addressOf(base, '/chat/completions')
  return { of: (path) => addressOf(base, path), ofChat: () => chat }
}

function versioned(base: string, apiVersion: string): OpenAiAddresses {
  const query = `?${new URLSearchParams({ 'api-version': apiVersion }).toString()}`
  return {
    of: (path) => addressOf(base, path) + query,
    ofChat: (name) => {
      return `${base}/deployments/${encodeURIComponent(name)}/chat/completions${query}`
    },
  }
}
