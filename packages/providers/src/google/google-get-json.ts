import type { CallOptions } from '@imrs/core'

import { parseLimitedJson, readLimitedText } from '../shared/read-limited-json.ts'
import { answeredFailure, parseJson, toProviderError } from './google-context.ts'
import type { GoogleContext } from './google-context.ts'

/**
 * Reads JSON below the provider's address with its key. Not through the SDK: it renames fields of
 * the rows and breaks on one that is no object.
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
  let headers: Headers | undefined
  const open = async (limited: AbortSignal): Promise<Response> => {
    const response = await context.fetch(`${context.apiBase}${path}`, {
      headers: { ...context.headers, 'x-goog-api-key': context.apiKey },
      // A redirect would take the key to another host.
      redirect: 'error',
      signal: limited,
    })
    headers = response.headers
    return response
  }
  try {
    const answer = await readLimitedText({ provider, runtime, signal, open })
    const { response, text } = answer
    if (response.ok) return parseLimitedJson(provider, answer)
    const { status } = response
    throw answeredFailure(context, { status, headers, body: parseJson(text) })
  } catch (error) {
    signal?.throwIfAborted()
    throw toProviderError(context, error, headers)
  }
}
