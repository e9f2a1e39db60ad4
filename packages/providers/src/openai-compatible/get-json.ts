import type { CallOptions } from '@imrs/core'

import { parseLimitedJson, readLimitedText } from '../shared/read-limited-json.ts'
import { toProviderError } from './openai-context.ts'
import type { OpenAiContext } from './openai-context.ts'

/**
 * Reads JSON from the provider with its key, within the limits for lists.
 *
 * @throws ProviderError; on abort, the signal's reason.
 */
export async function getJson(
  context: OpenAiContext,
  address: string,
  options?: CallOptions,
): Promise<unknown> {
  const { provider, runtime, addresses, send } = context
  try {
    const answer = await readLimitedText({
      provider,
      runtime,
      signal: options?.signal,
      open: (signal) => send({ address: addresses.of(address), signal }),
    })
    return parseLimitedJson(provider, answer)
  } catch (error) {
    options?.signal?.throwIfAborted()
    throw toProviderError(context, error)
  }
}
