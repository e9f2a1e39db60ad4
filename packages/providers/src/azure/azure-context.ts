import type { ProviderConnection } from '@imrs/core'
import OpenAI, { AzureOpenAI } from 'openai'

import type { OpenAiContext } from '../openai-compatible/openai-context.ts'
import { wireSettingsOf } from '../openai-compatible/wire-settings.ts'
import { asText } from '../shared/foreign-json.ts'
import { guardedFetch } from '../shared/guarded-fetch.ts'

/** An empty key would make the SDK look into the environment. */
const PLACEHOLDER_KEY = 'none'

/** Longer than any call may take: the deadlines are the caller's. */
const NO_TIMEOUT_MS = 2_147_483_647

/**
 * Azure OpenAI, ready to be called: by its v1 API, or, when the row names an `apiVersion`, by the
 * addresses of deployments. The key travels as `api-key` in both.
 */
export function azureContext({ provider, credential, runtime }: ProviderConnection): OpenAiContext {
  const settings = wireSettingsOf(provider)
  const apiKey = credential === undefined || credential === '' ? PLACEHOLDER_KEY : credential
  const apiVersion = asText(provider.settings['apiVersion'])
  const baseURL = `${provider.apiBase.replace(/\/+$/, '')}/openai`
  const shared = {
    apiKey,
    fetch: guardedFetch({ provider, runtime }),
    // Trying again is decided above, where the other models are known.
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    organization: null,
    project: null,
    logLevel: 'off',
  } as const
  const client =
    apiVersion === undefined
      ? new OpenAI({
          ...shared,
          baseURL: `${baseURL}/v1`,
          defaultHeaders: { ...settings.headers, 'api-key': apiKey, authorization: null },
        })
      : new AzureOpenAI({ ...shared, baseURL, apiVersion, defaultHeaders: settings.headers })
  return { provider, runtime, client, settings, secret: credential }
}
