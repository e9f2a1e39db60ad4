import type { FailureKind, Provider, ProviderConnection, Runtime } from '@imrs/core'
import { ProviderError, asObject } from '@imrs/core'

import { providerErrorIn } from '../shared/guarded-fetch.ts'
import { restClient } from '../shared/rest-client.ts'
import type { Refusal, SendRequest } from '../shared/rest-client.ts'
import { googleFailure } from './google-failure.ts'

/** The Gemini API, ready to be called. */
export interface GoogleContext {
  readonly provider: Provider
  readonly runtime: Runtime
  /** With the version, without a slash at the end. */
  readonly apiBase: string
  /**
   * Not through Google's client library: it renames what it reads, and what it cannot read it drops.
   */
  readonly send: SendRequest
  /** The key, so that a provider's sentence can be given on without it. */
  readonly secret: string
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
  const secret = credential === undefined || credential === '' ? PLACEHOLDER_KEY : credential
  const send = restClient({
    provider,
    runtime,
    headers: headersOf(provider),
    ownHeaders: { 'x-goog-api-key': secret },
    // A redirect would take the key to another host.
    redirect: 'error',
    toFailure: (refusal) => answeredFailure({ provider, runtime, secret }, refusal),
  })
  return { provider, runtime, apiBase: withVersion(provider.apiBase), send, secret }
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

/** What was thrown while an answer was read, as a failure. */
export function toProviderError(context: GoogleContext, error: unknown): ProviderError {
  const brokenOff = `The connection to ${context.provider.displayName} broke off.`
  return providerErrorIn(error) ?? failed(context, 'truncated', brokenOff)
}

/** What the provider answered instead, as a failure; in the middle of a stream it has no status. */
export function answeredFailure(
  { provider, runtime, secret }: Pick<GoogleContext, 'provider' | 'runtime' | 'secret'>,
  { status, headers, body }: Partial<Refusal>,
): ProviderError {
  const { displayName: providerName } = provider
  const input = { status, headers, body, providerName, nowMs: runtime.now(), secret }
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
