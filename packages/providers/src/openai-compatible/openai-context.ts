import type { Provider, ProviderConnection, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'
import OpenAI, { APIConnectionError, APIError } from 'openai'

import { guardedFetch, providerErrorIn } from '../shared/guarded-fetch.ts'
import { openAiFailure } from './openai-failure.ts'
import { wireSettingsOf } from './wire-settings.ts'
import type { WireSettings } from './wire-settings.ts'

/** A provider of this family, ready to be called. */
export interface OpenAiContext {
  readonly provider: Provider
  readonly runtime: Runtime
  readonly client: OpenAI
  readonly settings: WireSettings
  /** The key, so that a provider's sentence can be given on without it. */
  readonly secret: string | undefined
}

/** Local servers take any key, but the SDK takes none that is empty. */
const PLACEHOLDER_KEY = 'none'

/** Longer than any call may take: the deadlines are the caller's. */
const NO_TIMEOUT_MS = 2_147_483_647

export function openAiContext({
  provider,
  credential,
  runtime,
}: ProviderConnection): OpenAiContext {
  const settings = wireSettingsOf(provider)
  const client = new OpenAI({
    apiKey: credential === undefined || credential === '' ? PLACEHOLDER_KEY : credential,
    // Said, because the SDK would otherwise ask the environment.
    adminAPIKey: null,
    webhookSecret: null,
    baseURL: provider.apiBase,
    defaultHeaders: settings.headers,
    fetch: guardedFetch({ provider, runtime }),
    // Trying again is decided above, where the other models are known.
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    organization: null,
    project: null,
    logLevel: 'off',
  })
  return { provider, runtime, client, settings, secret: credential }
}

/** What the SDK threw, as a failure. Its errors hold the request's headers, so they are no cause. */
export function toProviderError(context: OpenAiContext, error: unknown): ProviderError {
  const { provider, runtime, secret } = context
  const name = provider.displayName
  const of = { providerId: provider.id }
  const own = providerErrorIn(error)
  if (own !== undefined) return own
  if (error instanceof APIConnectionError) {
    return new ProviderError({ kind: 'connect', message: `${name} could not be reached.` }, of)
  }
  if (error instanceof APIError) {
    const { status, headers } = error as APIError<number | undefined, Headers | undefined>
    const body = error.error ?? error.message
    const input = { providerName: name, status, headers, nowMs: runtime.now(), secret }
    return new ProviderError(openAiFailure({ ...input, body: wrapped(body) }), of)
  }
  if (error instanceof SyntaxError) {
    const message = `${name} sent something that is not JSON.`
    return new ProviderError({ kind: 'malformed', message }, of)
  }
  const message = `The connection to ${name} broke off.`
  return new ProviderError({ kind: 'truncated', message }, of)
}

/** The SDK gives the inside of `{ error }`, or the whole body where there is no such field. */
function wrapped(body: unknown): unknown {
  return typeof body === 'string' ? body : { error: body }
}
