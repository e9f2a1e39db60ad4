import type { Provider, Runtime } from '@imrs/core'
import { ProviderError, systemRuntime } from '@imrs/core'

import { limitedFailure } from './limited-failure.ts'
import {
  ForbiddenAddressError,
  checkedAddresses,
  connectingFetch,
  publicNetwork,
} from './network.ts'
import type { Network } from './network.ts'
import { SECRET_HEADERS } from './secret-headers.ts'

/** Whose requests, and what they travel through. */
export interface GuardedConnection {
  readonly provider: Provider
  readonly runtime: Runtime
}

type Fetch = Runtime['fetch']

const MAX_REDIRECTS = 3
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
/** These repeat the request as it was, body and all. */
const REPEATING: ReadonlySet<number> = new Set([307, 308])

/**
 * The `fetch` for requests to one provider.
 *
 * A row that came through the API may not lead into a private network, neither by its address nor by
 * a redirect, unless `settings.allowPrivateNetwork` is `true`. A row from the host's code is trusted
 * as it is written, unless that setting is `false`.
 *
 * Three redirects are followed, for every row; keys stay with the origin they were meant for, and a
 * request that has a body stays there as well.
 *
 * What is sent in place of an answer is read to 256 KB.
 *
 * The runtime's own `fetch` is used where it can be. A guarded row needs one that connects to the
 * addresses that were checked, which the system's cannot do; a `fetch` that a test or a host put into
 * the runtime is used all the same, after the check.
 *
 * @throws ProviderError of kind `connect` for what is refused.
 */
export function guardedFetch(
  { provider, runtime }: GuardedConnection,
  network: Network = publicNetwork,
): Fetch {
  const send = isGuarded(provider) ? guardedSend(runtime, network) : runtime.fetch
  return async (input, init) => {
    try {
      return limitedFailure(await followed({ provider, send }, input, init))
    } catch (error) {
      throw refusalOf(provider, error) ?? error
    }
  }
}

/** The failure in what was thrown, if the guard is behind it: client libraries wrap what `fetch` throws. */
export function providerErrorIn(error: unknown): ProviderError | undefined {
  return findInCauses(error, (value): value is ProviderError => ProviderError.is(value))
}

function isGuarded({ origin, settings }: Provider): boolean {
  const setting = settings['allowPrivateNetwork']
  return typeof setting === 'boolean' ? !setting : origin !== 'code'
}

let sharedFetch: Fetch | undefined

function guardedSend(runtime: Runtime, network: Network): Fetch {
  if (runtime.fetch === systemRuntime.fetch) {
    if (network !== publicNetwork) return connectingFetch(network)
    sharedFetch ??= connectingFetch(network)
    return sharedFetch
  }
  return async (input, init) => {
    await checkedAddresses(network, urlOf(input).hostname)
    init?.signal?.throwIfAborted()
    return runtime.fetch(input, init)
  }
}

interface Sender {
  readonly provider: Provider
  readonly send: Fetch
}

async function followed(
  { provider, send }: Sender,
  input: Parameters<Fetch>[0],
  init: RequestInit = {},
): Promise<Response> {
  // A client that deals with redirects itself goes on doing so.
  if (init.redirect === 'error' || init.redirect === 'manual') return send(input, init)
  let url = urlOf(input)
  let options: RequestInit = { ...init, redirect: 'manual' }
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(url.href, options)
    const next = redirectOf(response, url)
    if (next === undefined) return response
    await response.body?.cancel()
    if (redirects === MAX_REDIRECTS) {
      throw refused(provider, 'redirects too often')
    }
    const isSameOrigin = next.origin === url.origin
    if (!mayFollow(options, isSameOrigin && REPEATING.has(response.status))) {
      throw refused(provider, 'redirects elsewhere; set `apiBase` to where it really is')
    }
    options = isSameOrigin ? options : { ...options, headers: withoutSecrets(options.headers) }
    url = next
  }
}

function redirectOf(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location')
  if (!REDIRECTS.has(response.status) || location === null) return undefined
  const url = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined
}

/** What a request says is for one origin alone; a question without a body may be asked elsewhere. */
function mayFollow({ method = 'GET' }: RequestInit, isRepeatedThere: boolean): boolean {
  return isRepeatedThere || method.toUpperCase() === 'GET'
}

function withoutSecrets(headers: RequestInit['headers']): Headers {
  const kept = new Headers(headers)
  for (const name of SECRET_HEADERS) kept.delete(name)
  return kept
}

function urlOf(input: Parameters<Fetch>[0]): URL {
  return new URL(input instanceof Request ? input.url : input)
}

function refusalOf(provider: Provider, error: unknown): ProviderError | undefined {
  const isForbidden = (value: unknown): value is ForbiddenAddressError =>
    value instanceof ForbiddenAddressError
  const forbidden = findInCauses(error, isForbidden)
  if (forbidden === undefined) return undefined
  return refused(
    provider,
    `leads to an address that is not public (${forbidden.hostname}). If that is meant, set \`settings.allowPrivateNetwork\` to \`true\``,
  )
}

function refused({ id, displayName }: Provider, what: string): ProviderError {
  return new ProviderError(
    { kind: 'connect', message: `${displayName} ${what}.` },
    { providerId: id },
  )
}

/** Deeper than any library nests them; causes can be a ring. */
const MAX_CAUSES = 8

function findInCauses<Found>(
  error: unknown,
  isFound: (value: unknown) => value is Found,
): Found | undefined {
  let current = error
  for (let depth = 0; depth < MAX_CAUSES && current !== undefined; depth += 1) {
    if (isFound(current)) return current
    const [first] = current instanceof AggregateError ? (current.errors as unknown[]) : []
    current = first ?? (current instanceof Error ? current.cause : undefined)
  }
  return undefined
}
