import type { CallOptions } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { toProviderError } from './openai-context.ts'
import type { OpenAiContext } from './openai-context.ts'

/**
 * Reads JSON from the provider with its key.
 *
 * @throws ProviderError; on abort, the signal's reason.
 */
export async function getJson(
  context: OpenAiContext,
  address: string,
  options?: CallOptions,
): Promise<unknown> {
  const { provider } = context
  try {
    const response = await context.client
      .get<unknown>(address, { signal: options?.signal })
      .asResponse()
    return parse(await response.text())
  } catch (error) {
    options?.signal?.throwIfAborted()
    throw toProviderError(context, error)
  }

  function parse(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch {
      const message = `${provider.displayName} answered with something that is not JSON.`
      throw new ProviderError({ kind: 'malformed', message }, { providerId: provider.id })
    }
  }
}
