import type { ClientRuntime } from '../client/client-runtime.ts'
import { ImrsClientError, errorOf, toUnreachable, toUnreadable } from './client-error.ts'

export interface HttpSettings {
  readonly baseUrl: string
  readonly credentials: RequestCredentials
  readonly headers: () => HeaderFields | Promise<HeaderFields>
  readonly runtime: ClientRuntime
}

/** Names of headers and their values. */
export type HeaderFields = Readonly<Record<string, string>>

export interface ClientRequest {
  readonly method?: string | undefined
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: HeaderFields | undefined
  readonly signal?: AbortSignal | undefined
  /** How often it is made at most. Default: 1. */
  readonly tries?: number | undefined
}

/** Talks to the server. Rejects with an {@link ImrsClientError}, or with the reason of an abort. */
export interface ClientHttp {
  /** The answer, whatever it holds. `304` is an answer. */
  readonly send: (path: string, request?: ClientRequest) => Promise<Response>
  readonly json: <Body>(path: string, request?: ClientRequest) => Promise<Body>
}

/** Longer than this nobody waits for an answer to a question asked now. */
const LONGEST_WAIT_MS = 10_000
const FIRST_WAIT_MS = 400

export function createHttp(settings: HttpSettings): ClientHttp {
  const send = (path: string, request: ClientRequest = {}): Promise<Response> =>
    again(settings.runtime, request, () => sendOnce(settings, path, request))
  return {
    send,
    json: async <Body>(path: string, request?: ClientRequest): Promise<Body> => {
      const response = await send(path, request)
      const body: unknown = await response.json().catch((cause: unknown) => {
        throw toUnreadable(cause, response.status)
      })
      return body as Body
    },
  }
}

async function sendOnce(
  { baseUrl, credentials, headers, runtime }: HttpSettings,
  path: string,
  { method = 'GET', body, signal, ...request }: ClientRequest,
): Promise<Response> {
  const own = await headers()
  const response = await runtime
    .fetch(`${baseUrl}${path}`, {
      method,
      credentials,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...own,
        ...request.headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    })
    .catch((cause: unknown) => {
      throw toUnreachable(cause, signal)
    })
  if (response.ok || response.status === 304) return response
  throw await errorOf(response)
}

async function again<Result>(
  { sleep, random }: ClientRuntime,
  { tries = 1, signal }: ClientRequest,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= tries || !(error instanceof ImrsClientError) || !error.isRetryable) throw error
      const waitMs = error.retryAfterMs ?? backoffMs(attempt, random())
      if (waitMs > LONGEST_WAIT_MS) throw error
      await sleep(waitMs, signal)
    }
  }
}

/** 0.4 s, doubled each time up to half a minute, of which chance takes up to a half. */
export function backoffMs(attempt: number, chance: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), 30_000) * (1 - chance / 2)
}
