import { ImrsError, SinkError } from '@imrs/core'
import type { CallOptions } from '@imrs/core'

import { failureOf } from './sink-failure.ts'
import type { ResolvedHttpSink } from './sink-options.ts'

/** More of an answer nobody reads. */
const MAX_BODY_BYTES = 64 * 1024

export interface PostedJson {
  readonly url: URL
  readonly body: string
  /** The sink's own; they win over those of the host. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Posts JSON and reads the answer to its end, at most 64 KiB of it. Follows no redirect. Stops, and
 * stops the request, when it takes longer than the sink's `timeoutMs` or the signal aborts.
 *
 * @throws SinkError for everything but a 2xx that was read to its end; the signal's reason on abort.
 */
export async function postJson(
  sink: ResolvedHttpSink,
  posted: PostedJson,
  options: CallOptions = {},
): Promise<string> {
  const { runtime, timeoutMs, name } = sink
  const { signal } = options
  signal?.throwIfAborted()
  const ending = new AbortController()
  const late = new SinkError('timeout', `The sink ${name} took longer than ${timeoutMs} ms`)
  const timer = runtime.sleep(timeoutMs, ending.signal).then(
    () => ending.abort(late),
    () => undefined,
  )
  const parts = signal === undefined ? [ending.signal] : [signal, ending.signal]
  try {
    return await exchange(sink, posted, AbortSignal.any(parts))
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason
    if (ending.signal.aborted) throw late
    if (ImrsError.is(error)) throw error
    // No cause: errors of `fetch` may quote headers.
    throw new SinkError('unreachable', `The sink ${name} cannot be reached: ${codeOf(error)}`)
  } finally {
    ending.abort()
    await timer
  }
}

async function exchange(
  { name, headers, runtime }: ResolvedHttpSink,
  { url, body, headers: own }: PostedJson,
  signal: AbortSignal,
): Promise<string> {
  const sent = new Headers(headers)
  for (const [field, value] of Object.entries(own)) sent.set(field, value)
  sent.set('content-type', 'application/json')
  const response = await runtime.fetch(url, {
    method: 'POST',
    headers: sent,
    body,
    redirect: 'manual',
    signal,
  })
  const text = await readBounded(response)
  if (!response.ok) throw failureOf(name, response, runtime.now())
  return text
}

/** What is beyond the bound is not read: the connection ends there. */
async function readBounded({ body }: Response): Promise<string> {
  if (body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  // Leaving the loop cancels the body.
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > MAX_BODY_BYTES) break
    text += decoder.decode(chunk, { stream: true })
  }
  return text
}

/** `ECONNREFUSED`; the message of the error would name the address and more. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : ''
  return typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code) ? code : 'the connection broke'
}
