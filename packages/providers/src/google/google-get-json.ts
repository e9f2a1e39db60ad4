import type { CallOptions } from '@imrs/core'

import { parseLimitedJson, readLimitedText } from '../shared/read-limited-json.ts'
import { addressOf } from '../shared/rest-client.ts'
import { toProviderError } from './google-context.ts'
import type { GoogleContext } from './google-context.ts'

/**
 * Reads JSON below the provider's address with its key.
 *
 * @throws ProviderError; on abort, the signal's reason.
 */
export async function googleGetJson(
  context: GoogleContext,
  path: string,
  options?: CallOptions,
): Promise<unknown> {
  const { provider, runtime, apiBase, send } = context
  const signal = options?.signal
  signal?.throwIfAborted()
  try {
    const answer = await readLimitedText({
      provider,
      runtime,
      signal,
      open: (limited) => send({ address: addressOf(apiBase, path), signal: limited }),
    })
    return parseLimitedJson(provider, answer)
  } catch (error) {
    signal?.throwIfAborted()
    throw toProviderError(context, error)
  }
}
