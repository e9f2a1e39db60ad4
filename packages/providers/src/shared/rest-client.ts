import type { JsonObject, Provider, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { guardedFetch, providerErrorIn } from './guarded-fetch.ts'
import { refusalBody } from './refusal-body.ts'

/** What a provider answered in place of what it was asked for. */
export interface Refusal {
  readonly status: number
  readonly headers: Headers
  /** JSON where it is JSON, else the text. */
  readonly body: unknown
}

/** Whose requests, and what is the same in all of them. */
export interface RestClientOptions {
  readonly provider: Provider
  readonly runtime: Runtime
  /** The host's own; in any case. */
  readonly headers: Readonly<Record<string, string>>
  /** Those that carry the key, and what else the host may not change. They win. */
  readonly ownHeaders: Readonly<Record<string, string>>
  /** `error`: a redirect is a failure. Default: followed, as far as {@link guardedFetch} does. */
  readonly redirect?: 'error' | undefined
  /** Turns what the provider answered instead into a failure of the family's. */
  readonly toFailure: (refusal: Refusal) => ProviderError
}

/** One request. */
export interface RestRequest {
  /** The whole of it. */
  readonly address: string
  /** Makes it a `POST`. */
  readonly body?: JsonObject | undefined
  readonly signal: AbortSignal
}

/**
 * Sends a request and resolves with the head of a good answer, whose body is still to be read.
 *
 * @throws ProviderError: of kind `connect` when nothing answers, the family's for a bad status; on
 * abort, the signal's reason.
 */
export type SendRequest = (request: RestRequest) => Promise<Response>

/** Plain requests to one provider, guarded as {@link guardedFetch} says; what is the same is made once. */
export function restClient(options: RestClientOptions): SendRequest {
  const { provider, runtime, redirect = 'follow', toFailure } = options
  const fetch = guardedFetch({ provider, runtime })
  const headers = headersOf(options)
  return async ({ address, body, signal }) => {
    if (headers === undefined) throw unsendable(provider)
    const init =
      body === undefined
        ? { headers: headers.asking }
        : { method: 'POST', headers: headers.telling, body: JSON.stringify(body) }
    const response = await fetch(address, { ...init, redirect, signal }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw providerErrorIn(error) ?? unreachable(provider)
    })
    if (response.ok) return response
    const refusal = await refusalBody(response, runtime)
    signal.throwIfAborted()
    throw toFailure({ status: response.status, headers: response.headers, body: refusal })
  }
}

/** The address of a path below a base; one that is whole already stays as it is. */
export function addressOf(base: string, path: string): string {
  return /^https?:/i.test(path) ? path : `${base.replace(/\/+$/, '')}${path}`
}

interface SentHeaders {
  /** Of a request without a body. */
  readonly asking: Readonly<Record<string, string>>
  readonly telling: Readonly<Record<string, string>>
}

/**
 * Names in lower case, each once: `fetch` would send both of two that differ in case. `undefined` when
 * one cannot be sent; what `Headers` throws would hold the key.
 */
function headersOf({ headers, ownHeaders }: RestClientOptions): SentHeaders | undefined {
  try {
    const all = new Headers({ accept: 'application/json' })
    for (const [name, value] of Object.entries({ ...headers })) all.set(name, value)
    for (const [name, value] of Object.entries(ownHeaders)) all.set(name, value)
    all.delete('content-type')
    const asking = Object.fromEntries(all)
    return { asking, telling: { ...asking, 'content-type': 'application/json' } }
  } catch {
    return undefined
  }
}

function unsendable({ id, displayName }: Provider): ProviderError {
  const message = `${displayName} was not asked: its key, or a header of its settings, holds characters that no header may hold.`
  return new ProviderError({ kind: 'credentials', message }, { providerId: id })
}

function unreachable({ id, displayName }: Provider): ProviderError {
  const message = `${displayName} could not be reached.`
  return new ProviderError({ kind: 'connect', message }, { providerId: id })
}
