import type { Provider, ProviderConnection, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { providerErrorIn } from '../shared/guarded-fetch.ts'
import { addressOf, restClient } from '../shared/rest-client.ts'
import type { Refusal, SendRequest } from '../shared/rest-client.ts'
import { openAiFailure } from './openai-failure.ts'
import { wireSettingsOf } from './wire-settings.ts'
import type { WireSettings } from './wire-settings.ts'

/** Where the requests to a provider go. */
export interface OpenAiAddresses {
  /** Of a path below the provider's address. */
  readonly of: (path: string) => string
  /** Of chats with a model. */
  readonly ofChat: (externalId: string) => string
}

/** A provider of this family, ready to be called. */
export interface OpenAiContext {
  readonly provider: Provider
  readonly runtime: Runtime
  readonly settings: WireSettings
  readonly addresses: OpenAiAddresses
  readonly send: SendRequest
  /** The key, so that a provider's sentence can be given on without it. */
  readonly secret: string | undefined
}

/** Local servers take any key, but hardly one that is empty. */
const PLACEHOLDER_KEY = 'none'

/** The key that is sent: never an empty one. */
export function sentKeyOf({ credential }: ProviderConnection): string {
  return credential === undefined || credential === '' ? PLACEHOLDER_KEY : credential
}

export function openAiContext(connection: ProviderConnection): OpenAiContext {
  const { apiBase } = connection.provider
  const chat = addressOf(apiBase, '/chat/completions')
  return openAiContextAt(connection, {
    addresses: { of: (path) => addressOf(apiBase, path), ofChat: () => chat },
    keyHeaders: { authorization: `Bearer ${sentKeyOf(connection)}` },
  })
}

/** What hosts of this wire have of their own. */
export interface OpenAiDoor {
  readonly addresses: OpenAiAddresses
  readonly keyHeaders: Readonly<Record<string, string>>
}

/** The same for a host with other addresses, or another header for its key. */
export function openAiContextAt(
  { provider, credential: secret, runtime }: ProviderConnection,
  { addresses, keyHeaders }: OpenAiDoor,
): OpenAiContext {
  const settings = wireSettingsOf(provider)
  const send = restClient({
    provider,
    runtime,
    headers: settings.headers,
    ownHeaders: keyHeaders,
    toFailure: (refusal) => answeredFailure({ provider, runtime, secret }, refusal),
  })
  return { provider, runtime, settings, addresses, send, secret }
}

/** What was thrown on the way, as a failure. */
export function toProviderError({ provider }: OpenAiContext, error: unknown): ProviderError {
  const own = providerErrorIn(error)
  if (own !== undefined) return own
  const message = `The connection to ${provider.displayName} broke off.`
  return new ProviderError({ kind: 'truncated', message }, { providerId: provider.id })
}

/** What the provider answered instead, as a failure; in the middle of a stream it has no status. */
export function answeredFailure(
  { provider, runtime, secret }: Pick<OpenAiContext, 'provider' | 'runtime' | 'secret'>,
  answer: Partial<Refusal>,
): ProviderError {
  const { status, headers, body } = answer
  const input = { status, headers, body, nowMs: runtime.now(), secret }
  const failure = openAiFailure({ ...input, providerName: provider.displayName })
  return new ProviderError(failure, { providerId: provider.id })
}
