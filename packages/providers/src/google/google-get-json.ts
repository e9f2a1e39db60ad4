import type { CallOptions } from '@imrs/core'

import { answeredFailure, failed, parseJson, toProviderError } from './google-context.ts'
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
  const signal = options?.signal
  signal?.throwIfAborted()
  let headers: Headers | undefined
  let text: string
  let response: Response
  try {
    response = await context.fetch(`${context.apiBase}${path}`, {
      headers: { ...context.headers, 'x-goog-api-key': context.apiKey },
      // A redirect would take the key to another host.
      redirect: 'error',
      signal: signal ?? null,
    })
    headers = response.headers
    text = await response.text()
  } catch (error) {
    signal?.throwIfAborted()
    throw toProviderError(context, error, headers)
  }
  const body = parseJson(text)
  if (!response.ok) throw answeredFailure(context, { status: response.status, headers, body })
  if (typeof body !== 'string') return body
  const name = context.provider.displayName
  throw failed(context, 'malformed', `${name} answered with something that is not JSON.`)
}
