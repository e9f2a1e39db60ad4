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

function checkAddressOf(provider: Provider): string {
  const { providerType, modelsEndpoint } = provider
  const { healthEndpoint } = providerPolicyOf(provider)
  if (healthEndpoint !== undefined) return healthEndpoint
  switch (providerType) {
    case 'openrouter':
      return '/key'
    case 'requesty':
      return '/manage/apikey/self'
    default:
      return modelsEndpoint
  }
}
