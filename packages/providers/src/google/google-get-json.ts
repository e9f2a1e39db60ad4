import type { CallOptions } from '@imrs/core'

import { parseLimitedJson, readLimitedText } from '../shared/read-limited-json.ts'
import { answeredFailure, parseJson, sendGoogle, toProviderError } from './google-context.ts'
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
  const { provider, runtime } = context
  const signal = options?.signal
  signal?.throwIfAborted()
  try {
    const answer = await readLimitedText({
      provider,
      runtime,
      signal,
      open: (limited) => sendGoogle(context, { path, signal: limited }),
    })
    const { response, text } = answer
    if (response.ok) return parseLimitedJson(provider, answer)
    const { status, headers } = response
    throw answeredFailure(context, { status, headers, body: parseJson(text) })
  } catch (error) {
    signal?.throwIfAborted()
    throw toProviderError(context, error)
  }
}
