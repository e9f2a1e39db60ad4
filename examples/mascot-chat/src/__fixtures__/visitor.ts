import type { AnswerPart, DecisionPart, ErrorBody } from '@imrs/core'

import { readEvents } from './read-events.ts'

/** What a request was answered with. `body` is the JSON, or the text where it is none. */
export interface Reply<Body = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

/** The part of a decision that tests look at. */
export interface Explanation {
  readonly sentence: string
  readonly candidates: readonly { readonly modelId: string }[]
}

/** Somebody with a browser: keeps cookies and talks to one chat. */
export class Visitor {
  readonly url: string
  cookie: string | undefined

  constructor(url: string, cookie?: string) {
    this.url = url
    this.cookie = cookie
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookie !== undefined) headers.set('cookie', this.cookie)
    const response = await fetch(new URL(path, this.url), { ...init, headers })
    const [setCookie] = response.headers.getSetCookie()
    if (setCookie !== undefined) this.cookie = setCookie.split(';')[0]
    return response
  }

  async get<Body = unknown>(path: string): Promise<Reply<Body>> {
    return toReply<Body>(await this.request(path))
  }

  async send<Body = unknown>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
  ): Promise<Reply<Body>> {
    return toReply<Body>(await this.request(path, jsonInit(method, body)))
  }

  /** Sends a request that must be refused. */
  async refused(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Reply<ErrorBody>> {
    return this.send<ErrorBody>(method, path, body)
  }

  /** Asks and reads the whole answer. */
  async ask(content: string, request: Readonly<Record<string, unknown>> = {}): Promise<Asked> {
    const parts: AnswerPart[] = []
    for await (const part of this.parts(content, request)) parts.push(part)
    const [decision] = parts
    if (decision?.type !== 'decision') throw new Error(`No decision came first: ${JSON.stringify(parts)}`)
    return { parts, decision, text: textOf(parts), last: parts.at(-1) ?? decision }
  }

  /** Asks and gives the parts as they come. */
  async *parts(
    content: string,
    request: Readonly<Record<string, unknown>> = {},
    signal?: AbortSignal,
  ): AsyncGenerator<AnswerPart> {
    const body = { messages: [{ role: 'user', content }], ...request }
    const init = { ...jsonInit('POST', body), ...(signal === undefined ? {} : { signal }) }
    const response = await this.request('/api/chat', init)
    if (response.status !== 200 || response.body === null) {
      throw new Error(`The chat answered ${response.status}: ${await response.text()}`)
    }
    yield* readEvents(response.body)
  }

  rate(messageId: string, rating: number): Promise<Reply> {
    return this.send('POST', `/api/v2/chat/messages/${messageId}/feedback`, { rating })
  }
}

export interface Asked {
  readonly parts: readonly AnswerPart[]
  readonly decision: DecisionPart
  readonly text: string
  readonly last: AnswerPart
}

function textOf(parts: readonly AnswerPart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')
}

function jsonInit(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

async function toReply<Body>(response: Response): Promise<Reply<Body>> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  const body: unknown = isJson ? JSON.parse(text) : text
  // The test that asks knows what the route answers, and checks it.
  return { status: response.status, headers: response.headers, body: body as Body }
}
