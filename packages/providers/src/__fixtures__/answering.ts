import type { ProviderAdapter, ProviderDefinition, Runtime } from '@imrs/core'
import { systemRuntime } from '@imrs/core'

import { connect } from './connect.ts'

/** What a provider answers, byte for byte. */
export interface CapturedAnswer {
  readonly body: string | readonly string[]
  readonly contentType?: string | undefined
  readonly status?: number | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Thrown in the place of the end of the body: the connection is cut. */
  readonly cut?: Error | undefined
}

/** An adapter whose provider answers with these bytes; what it was asked is kept in `requests`. */
export interface AnsweringAdapter {
  readonly adapter: ProviderAdapter
  readonly requests: readonly unknown[]
}

export function answering(
  definition: ProviderDefinition,
  answer: CapturedAnswer,
  changes: Partial<Runtime> = {},
): AnsweringAdapter {
  const requests: unknown[] = []
  const fetch: Runtime['fetch'] = (_input, init) => {
    requests.push(typeof init?.body === 'string' ? JSON.parse(init.body) : undefined)
    return Promise.resolve(responseOf(answer))
  }
  let made = 0
  const newId = () => `made-${(made += 1)}`
  const runtime = { ...systemRuntime, fetch, newId, ...changes }
  return { adapter: connect(definition, { credential: 'key', runtime }), requests }
}

function responseOf({ body, contentType, status, headers, cut }: CapturedAnswer): Response {
  const pieces = [body].flat()
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces.shift()
      if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece))
      else if (cut === undefined) controller.close()
      else controller.error(cut)
    },
  })
  const type = { 'content-type': contentType ?? 'text/event-stream' }
  return new Response(stream, { status: status ?? 200, headers: { ...type, ...headers } })
}

/** Events without a name, as OpenAI and Gemini send them. */
export function events(...payloads: readonly unknown[]): string {
  return payloads.map((payload) => `data: ${JSON.stringify(payload)}\n\n`).join('')
}

/** Events named after their type, as Anthropic sends them. */
export function namedEvents(...payloads: readonly Readonly<Record<string, unknown>>[]): string {
  return payloads
    .map((payload) => `event: ${String(payload['type'])}\n${events(payload)}`)
    .join('')
}
