import type { FailureKind, Provider, ProviderConnection, Runtime } from '@imrs/core'
import { ProviderError, asObject } from '@imrs/core'

import { providerErrorIn } from '../shared/guarded-fetch.ts'
import { restClient } from '../shared/rest-client.ts'
import type { Refusal, SendRequest } from '../shared/rest-client.ts'
import { anthropicFailure } from './anthropic-failure.ts'

/** The Anthropic API, ready to be called. */
export interface AnthropicContext {
  readonly provider: Provider
  readonly runtime: Runtime
  /** With the version, without a slash at the end. */
  readonly apiBase: string
  readonly send: SendRequest
  /** The key, so that a provider's sentence can be given on without it. */
  readonly secret: string
}

/** Servers in its place may take any key, but hardly one that is empty. */
const PLACEHOLDER_KEY = 'none'

/** What this family is written for; `headers` may name another one. */
const API_VERSION = '2023-06-01'

/** What every request to the API needs. */
export function anthropicContext({
  provider,
  credential,
  runtime,
}: ProviderConnection): AnthropicContext {
  const secret = credential === undefined || credential === '' ? PLACEHOLDER_KEY : credential
  const send = restClient({
    provider,
    runtime,
    headers: { 'anthropic-version': API_VERSION, ...headersOf(provider) },
    ownHeaders: { 'x-api-key': secret },
    toFailure: (refusal) => answeredFailure({ provider, runtime, secret }, refusal),
  })
  return { provider, runtime, apiBase: withVersion(provider.apiBase), send, secret }
}

/** People know the address with its version and without. */
function withVersion(apiBase: string): string {
  const trimmed = apiBase.replace(/\/+$/, '')
  return /\/v\d+$/.test(trimmed) ? trimmed : `${trimmed}/v1`
}

function headersOf({ settings }: Provider): Record<string, string> {
  const headers = Object.entries(asObject(settings['headers']) ?? {})
  return Object.fromEntries(
    headers.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** What was thrown on the way, as a failure. */
export function toProviderError(context: AnthropicContext, error: unknown): ProviderError {
  const brokenOff = `The connection to ${context.provider.displayName} broke off.`
  return providerErrorIn(error) ?? failed(context, 'truncated', brokenOff)
}

/** What the provider answered instead, as a failure; in the middle of a stream it has no status. */
export function answeredFailure(
  { provider, runtime, secret }: Pick<AnthropicContext, 'provider' | 'runtime' | 'secret'>,
  { status, headers, body }: Partial<Refusal>,
): ProviderError {
  const { displayName: providerName } = provider
  const input = { status, headers, body, providerName, nowMs: runtime.now(), secret }
  return new ProviderError(anthropicFailure(input), { providerId: provider.id })
}

/** A failure that we found ourselves. */
export function failed(
  { provider }: AnthropicContext,
  kind: FailureKind,
  message: string,
): ProviderError {
  return new ProviderError({ kind, message }, { providerId: provider.id })
}
