import type { CallOptions, Provider } from '@imrs/core'
import { providerPolicyOf } from '@imrs/core'

import { getJson } from './get-json.ts'
import type { OpenAiContext } from './openai-context.ts'

/** Asks the address that really checks the key: public lists answer without one. */
export async function checkCredential(
  context: OpenAiContext,
  options?: CallOptions,
): Promise<void> {
  await getJson(context, checkAddressOf(context.provider), options)
}

/** Requesty's router answers requests; its keys live on another host. */
const REQUESTY_CHECK = 'https://api-v2.requesty.ai/v1/auth/check'

function isRequestyItself(apiBase: string): boolean {
  const { protocol, hostname } = new URL(apiBase)
  return protocol === 'https:' && hostname.endsWith('.requesty.ai')
}

function checkAddressOf(provider: Provider): string {
  const { providerType, modelsEndpoint, apiBase } = provider
  const { healthEndpoint } = providerPolicyOf(provider)
  if (healthEndpoint !== undefined) return healthEndpoint
  switch (providerType) {
    case 'openrouter':
      return '/key'
    case 'requesty':
      return isRequestyItself(apiBase) ? REQUESTY_CHECK : '/manage/apikey/self'
    default:
      return modelsEndpoint
  }
}
