import { ApiError, GoogleGenAI } from '@google/genai'
import type { FailureKind, Provider, ProviderConnection, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { asObject } from '../shared/foreign-json.ts'
import { guardedFetch, providerErrorIn } from '../shared/guarded-fetch.ts'
import { googleFailure } from './google-failure.ts'

/** The Gemini API, ready to be called. */
export interface GoogleContext {
  readonly provider: Provider
  readonly runtime: Runtime
  /** Sent to the provider's own address and nowhere else. */
  readonly apiKey: string
  /** The host's own headers; never a key. */
  readonly headers: Readonly<Record<string, string>>
  /** With the version, without a slash at the end. */
  readonly apiBase: string
  readonly client: GoogleGenAI
  readonly fetch: Runtime['fetch']
}

const DEFAULT_API_VERSION = 'v1beta'
const API_VERSION = /^v\d+(?:(?:alpha|beta)\d*)?$/

/** An empty key would make the SDK look into the environment. */
const PLACEHOLDER_KEY = 'none'

/** Makes the SDK's client. Without `retryOptions` and `timeout`: both are decided above. */
export function googleContext({
  provider,
  credential,
  runtime,
}: ProviderConnection): GoogleContext {
  const { baseUrl, apiVersion } = splitApiBase(provider.apiBase)
  const apiKey = credential === undefined || credential === '' ? PLACEHOLDER_KEY : credential
  const headers = headersOf(provider)
  const client = new GoogleGenAI({
    apiKey,
    apiVersion,
    // Said, because the SDK would otherwise ask the environment.
    vertexai: false,
    httpOptions: { baseUrl, headers },
  })
  const fetch = guardedFetch({ provider, runtime })
  return { provider, runtime, apiKey, headers, apiBase: `${baseUrl}/${apiVersion}`, client, fetch }
}

/** The last segment of the address is the API version when it looks like one. */
export function splitApiBase(apiBase: string): { baseUrl: string; apiVersion: string } {
  const trimmed = apiBase.replace(/\/+$/, '')
  const slash = trimmed.lastIndexOf('/')
  const last = trimmed.slice(slash + 1)
  return API_VERSION.test(last)
    ? { baseUrl: trimmed.slice(0, slash), apiVersion: last }
    : { baseUrl: trimmed, apiVersion: DEFAULT_API_VERSION }
}

function headersOf({ settings }: Provider): Record<string, string> {
  const headers = Object.entries(asObject(settings['headers']) ?? {})
  return Object.fromEntries(
    headers.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** One request to the provider: its `fetch` remembers what the SDK's errors do not tell. */
export class GoogleExchange {
  readonly #context: GoogleContext
  readonly #isStream: boolean
  #response: Response | undefined
  #wholeBody: unknown

  constructor(context: GoogleContext, { isStream }: { readonly isStream: boolean }) {
    this.#context = context
    this.#isStream = isStream
  }

  /** The headers of the answer; `undefined` as long as there is none. */
  get headers(): Headers | undefined {
    return this.#response?.headers
  }

  /** The JSON of an answer in one piece: the SDK drops an `error` that comes with status 200. */
  get wholeBody(): unknown {
    return this.#wholeBody
  }

  readonly fetch = async (...[input, init]: Parameters<Runtime['fetch']>): Promise<Response> => {
    // A redirect would take the key to another host.
    const response = await this.#context.fetch(input, { ...init, redirect: 'error' })
    this.#response = response
    if (this.#isStream || !response.ok) return response
    const text = await response.text()
    this.#wholeBody = parseJson(text)
    return new Response(text, response)
  }
}

/** What was thrown on the way, as a failure. The SDK's errors are no cause: they may hold headers. */
export function toProviderError(
  context: GoogleContext,
  error: unknown,
  headers: Headers | undefined,
): ProviderError {
  const own = providerErrorIn(error)
  if (own !== undefined) return own
  const name = context.provider.displayName
  if (error instanceof ApiError) {
    const { status } = error
    return answeredFailure(context, { status, headers, body: parseJson(error.message) })
  }
  if (headers === undefined) return failed(context, 'connect', `${name} could not be reached.`)
  if (error instanceof SyntaxError) {
    return failed(context, 'malformed', `${name} sent something that is not JSON.`)
  }
  return failed(context, 'truncated', `The connection to ${name} broke off.`)
}

/** What the provider answered instead, as a failure. */
export function answeredFailure(
  { provider, runtime, apiKey: secret }: GoogleContext,
  answer: {
    readonly status: number | undefined
    readonly headers: Headers | undefined
    readonly body: unknown
  },
): ProviderError {
  const { displayName: providerName } = provider
  const input = { ...answer, providerName, nowMs: runtime.now(), secret }
  return new ProviderError(googleFailure(input), { providerId: provider.id })
}

/** A failure that we found ourselves. */
export function failed(
  { provider }: GoogleContext,
  kind: FailureKind,
  message: string,
): ProviderError {
  return new ProviderError({ kind, message }, { providerId: provider.id })
}

/** The SDK puts a prefix before the JSON of an error in mid-stream. Text that is no JSON stays text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.slice(Math.max(0, text.search(/[[{]/))))
  } catch {
    return text
  }
}
