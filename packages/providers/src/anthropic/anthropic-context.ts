import Anthropic, { APIConnectionError, APIError } from '@anthropic-ai/sdk'
import type { FailureKind, Provider, ProviderConnection, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { asObject } from '../shared/foreign-json.ts'
import { guardedFetch, providerErrorIn } from '../shared/guarded-fetch.ts'
import { anthropicFailure } from './anthropic-failure.ts'

/** The Anthropic API, ready to be called. */
export interface AnthropicContext {
  readonly provider: Provider
  readonly runtime: Runtime
  readonly client: Anthropic
  /** The key, so that a provider's sentence can be given on without it. */
  readonly secret: string
}

/** An empty key would make the SDK look for one elsewhere. */
const PLACEHOLDER_KEY = 'none'

/** What this family is written for; `headers` may name another one. */
const API_VERSION = '2023-06-01'

/** Longer than any call may take: the deadlines are the caller's. */
const NO_TIMEOUT_MS = 2_147_483_647

/** Makes the SDK's client: no retry, no timeout, no logging and no tracing of its own. */
export function anthropicContext({
  provider,
  credential,
  runtime,
}: ProviderConnection): AnthropicContext {
  const apiKey = credential === undefined || credential === '' ? PLACEHOLDER_KEY : credential
  const client = new Anthropic({
    apiKey,
    baseURL: withVersion(provider.apiBase),
    defaultHeaders: {
      'anthropic-version': API_VERSION,
      ...headersOf(provider),
      // The SDK would send a bearer token, which servers that copy this API do not know.
      'x-api-key': apiKey,
      authorization: null,
    },
    fetch: guardedFetch({ provider, runtime }),
    // Trying again is decided above, where the other models are known.
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    webhookKey: null,
    openTelemetry: false,
    logLevel: 'off',
  })
  return { provider, runtime, client, secret: apiKey }
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

/** What was thrown on the way, as a failure. The SDK's errors are no cause: they hold headers. */
export function toProviderError(context: AnthropicContext, error: unknown): ProviderError {
  const own = providerErrorIn(error)
  if (own !== undefined) return own
  const name = context.provider.displayName
  if (error instanceof APIConnectionError) {
    return failed(context, 'connect', `${name} could not be reached.`)
  }
  if (error instanceof APIError) {
    const { status, headers } = error as APIError<number | undefined, Headers | undefined>
    return answeredFailure(context, { status, headers, body: error.error })
  }
  if (error instanceof SyntaxError) {
    return failed(context, 'malformed', `${name} sent something that is not JSON.`)
  }
  return failed(context, 'truncated', `The connection to ${name} broke off.`)
}

/** What the provider answered instead, as a failure. */
export function answeredFailure(
  { provider, runtime, secret }: AnthropicContext,
  answer: {
    readonly status: number | undefined
    readonly headers: Headers | undefined
    readonly body: unknown
  },
): ProviderError {
  const { displayName: providerName } = provider
  const input = { ...answer, providerName, nowMs: runtime.now(), secret }
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
