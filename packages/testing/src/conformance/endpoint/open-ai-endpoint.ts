import { systemRuntime } from '@imrs/core'

import type {
  ConformanceEndpoint,
  ConformancePart,
  ConformanceRequest,
  ConformanceSubject,
} from '../subject.ts'
import { ChunkReader, UnreadableAnswer, messageOf } from './chunk-reader.ts'
import { readEvents } from './read-events.ts'

/** Options of {@link openAiEndpoint}. */
export interface OpenAiEndpointOptions {
  /** Ends before `/chat/completions`. */
  readonly baseUrl: string
  /** Sent as a bearer token. Default: none. */
  readonly apiKey?: string | undefined
  readonly model: string
  /** Default: the system's. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/**
 * An HTTP endpoint in the form of OpenAI as a subject, read as strictly as a careful caller would: an
 * `end` needs a finish reason and a body that was not cut off before it. Everything else is an
 * `error`.
 *
 * Stateless; ends its request when the signal aborts or the loop is left.
 */
export function openAiEndpoint(options: OpenAiEndpointOptions): ConformanceSubject {
  const endpoint = { ...options, apiKey: options.apiKey }
  const fetch = options.fetch ?? systemRuntime.fetch
  return {
    chat: async function* (request, { signal }) {
      const left = new AbortController()
      const either = AbortSignal.any([signal, left.signal])
      try {
        yield* answer(() =>
          postChat({ endpoint, fetch, signal: either }, bodyOf(endpoint, request)),
        )
      } catch (error) {
        signal.throwIfAborted()
        yield { type: 'error', message: error instanceof Error ? error.message : String(error) }
      } finally {
        left.abort()
      }
    },
  }
}

/** What a request is sent with. */
export interface PostChat {
  readonly endpoint: ConformanceEndpoint
  readonly fetch: typeof globalThis.fetch
  readonly signal: AbortSignal
}

/** Posts a body to the chat route; text is sent as it is. */
export function postChat(
  { endpoint: { baseUrl, apiKey }, fetch, signal }: PostChat,
  body: unknown,
): Promise<Response> {
  return fetch(`${baseUrl.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  })
}

/** A request in the form of OpenAI. */
export function bodyOf(
  { model }: Pick<ConformanceEndpoint, 'model'>,
  { prompt, tools, stream }: ConformanceRequest,
): Readonly<Record<string, unknown>> {
  const offered = tools.map((tool) => ({ type: 'function', function: tool }))
  return {
    model,
    messages: [{ role: 'user', content: prompt }],
    ...(offered.length === 0 ? {} : { tools: offered }),
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  }
}

async function* answer(send: () => Promise<Response>): AsyncGenerator<ConformancePart, void, void> {
  const response = await send()
  const type = response.headers.get('content-type') ?? ''
  if (!response.ok) throw new UnreadableAnswer(await refusalOf(response))
  const reader = new ChunkReader()
  if (/json|html/.test(type)) {
    yield* reader.read(JSON.parse(await response.text()))
    yield* reader.end()
    return
  }
  yield* streamed(response, reader)
  yield* reader.end()
}

/** Behind the finish reason nothing can be lost but usage, so a cut there is a finish. */
async function* streamed(
  { body }: Response,
  reader: ChunkReader,
): AsyncGenerator<ConformancePart, void, void> {
  try {
    for await (const { name, data } of readEvents(body ?? emptyBody())) {
      if (data === '[DONE]') return
      const chunk: unknown = JSON.parse(data)
      if (name === 'error') throw new UnreadableAnswer(messageOf(chunk))
      yield* reader.read(chunk)
    }
  } catch (error) {
    if (!reader.hasFinished) throw error
  }
}

async function* emptyBody(): AsyncGenerator<Uint8Array, void, void> {}

async function refusalOf(response: Response): Promise<string> {
  const text = await response.text()
  const shown = (() => {
    try {
      return messageOf(JSON.parse(text))
    } catch {
      return text
    }
  })()
  return `${response.status} ${shown.slice(0, 500)}`
}
