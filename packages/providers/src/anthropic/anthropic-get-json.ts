import type { CallOptions } from '@imrs/core'

import { parseLimitedJson, readLimitedText } from '../shared/read-limited-json.ts'
import { addressOf } from '../shared/rest-client.ts'
import { toProviderError } from './anthropic-context.ts'
import type { AnthropicContext } from './anthropic-context.ts'

/**
 * Reads JSON from the provider with its key, within the limits for lists.
 *
 * @throws ProviderError; on abort, the signal's reason.
 */
export async function anthropicGetJson(
  context: AnthropicContext,
  path: string,
  options?: CallOptions,
): Promise<unknown> {
  const { provider, runtime, apiBase, send } = context
  options?.signal?.throwIfAborted()
  try {
    const answer = await readLimitedText({
      provider,
      runtime,
      signal: options?.signal,
      open: (signal) => send({ address: addressOf(apiBase, path), signal }),
    })
    return parseLimitedJson(provider, answer)
  } catch (error) {
    options?.signal?.throwIfAborted()
    throw toProviderError(context, error)
  }
}
