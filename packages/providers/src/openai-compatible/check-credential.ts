import type { CallOptions, Provider } from '@imrs/core'

import { getJson } from './get-json.ts'
import type { OpenAiContext } from './openai-context.ts'

/** Asks the address that really checks the key: public lists answer without one. */
export async function checkCredential(
  context: OpenAiContext,
  options?: CallOptions,
): Promise<void> {
  await getJson(context, checkAddressOf(context.provider), options)
}

function checkAddressOf({ providerType, modelsEndpoint }: Provider): string {
  switch (providerType) {
    case 'openrouter':
      return '/key'
    case 'requesty':
      return '/manage/apikey/self'
    default:
      return modelsEndpoint
  }
}
