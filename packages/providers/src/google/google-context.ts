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
  readonly fetch: Runtime['fetch']
}

const DEFAULT_API_VERSION = 'v1beta'
const API_VERSION = /^v\d+(?:(?:alpha|beta)\d*)?$/

/** Servers in the place of Gemini may take any key, but a header without a value is none. */
const PLACEHOLDER_KEY = 'none'

/** What every request to the API needs. */
export function googleContext({
  provider,
  credential,
  runtime,
}: ProviderConnection): GoogleContext {
  return {
    provider,
    runtime,
    apiKey: credential === undefined || credential === '' ? PLACEHOLDER_KEY : credential,
    headers: headersOf(provider),
    apiBase: withVersion(provider.apiBase),
    fetch: guardedFetch({ provider, runtime }),
  }
}

/** The last segment of the address is the API version when it looks like one. */
function withVersion(apiBase: string): string {
  const trimmed = apiBase.replace(/\/+$/, '')
  const last = trimmed.slice(trimmed.lastIndexOf('/') + 1)
  return API_VERSION.test(last) ? trimmed : `${trimmed}/${DEFAULT_API_VERSION}`
}

function headersOf({ settings }: Provider): Record<string, string> {
  const headers = Object.entries(asObject(settings['headers']) ?? {})
  return Object.fromEntries(
    headers.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** One request below the provider's address, with its key. */
export interface GoogleRequest {
  /** With its query. */
  readonly path: string
  /** Makes it a `POST`. */
  readonly body?: unknown
  readonly signal: AbortSignal
}

/**
 * Sends a request and resolves with the head of its answer, whatever the status. Not through Google's
 * client library: it renames what it reads, and what it cannot read it drops.
 *
 * @throws ProviderError of kind `connect`; on abort, the signal's reason.
 */
export async function sendGoogle(
  context: GoogleContext,
  { path, body, signal }: GoogleRequest,
): Promise<Response> {
  const { fetch, apiBase, apiKey } = context
  const headers = { ...context.headers, 'x-goog-api-key': apiKey }
  const init =
    body === undefined
      ? { headers }
      : {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }
  try {
    // A redirect would take the key to another host.
    return await fetch(`${apiBase}${path}`, { ...init, redirect: 'error', signal })
  } catch (error) {
    signal.throwIfAborted()
    const unreachable = `${context.provider.displayName} could not be reached.`
    throw providerErrorIn(error) ?? failed(context, 'connect', unreachable)
  }
}

/** What was thrown while an answer was read, as a failure. */
export function toProviderError(context: GoogleContext, error: unknown): ProviderError {
  const brokenOff = `The connection to ${context.provider.displayName} broke off.`
  return providerErrorIn(error) ?? failed(context, 'truncated', brokenOff)
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

/** The body of a failure: text that is no JSON stays text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
