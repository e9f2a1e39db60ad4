import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** What is passed on to the TLS connection. */
export interface VaultTlsOptions {
  /** Certificates, PEM, that are trusted in place of the system's. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[] | undefined
  /** The client certificate, PEM. */
  readonly cert?: string | Buffer | undefined
  readonly key?: string | Buffer | undefined
  readonly pfx?: string | Buffer | undefined
  readonly passphrase?: string | undefined
  /** The name the certificate must bear, where it is not that of the address. */
  readonly servername?: string | undefined
}

/** What node-vault hands to the function that makes its requests. */
export interface TransportRequest {
  readonly method: string
  readonly uri: string
  readonly headers: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly signal: AbortSignal
}

/** What node-vault wants back. */
export interface TransportResponse {
  readonly statusCode: number
  readonly body: unknown
  readonly request: { readonly path: string }
}

/** Connections to one Vault. */
export interface Transport {
  readonly send: (request: TransportRequest) => Promise<TransportResponse>
  readonly close: () => void
}

const LARGEST_BODY = 1024 * 1024

/**
 * Makes requests in place of the HTTP client that comes with node-vault. That one ignores abort
 * signals, follows redirects with the token to wherever they lead, takes proxies from the
 * environment, and its errors and debug output hold the token; none of this can be switched off.
 */
export function createTransport(address: URL, tls: VaultTlsOptions): Transport {
  const isSecure = address.protocol === 'https:'
  const { ca, ...others } = tls
  const agent = isSecure
    ? new HttpsAgent({
        keepAlive: true,
        ...others,
        ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [ca].flat() }),
        // Said outright, so that no environment variable says otherwise.
        rejectUnauthorized: true,
      })
    : new HttpAgent({ keepAlive: true })
  const open = ({ method, uri, headers, signal }: TransportRequest): ClientRequest =>
    (isSecure ? httpsRequest : httpRequest)(uri, { method, headers, agent, signal })
  return {
    send: (request) => sendAgainWhenStale(open, request),
    close: () => agent.destroy(),
  }
}

type Open = (request: TransportRequest) => ClientRequest

/** A server may close an idle connection at the very moment it is used again. That is no outage. */
async function sendAgainWhenStale(
  open: Open,
  request: TransportRequest,
): Promise<TransportResponse> {
  const first = open(withBody(request))
  try {
    return await exchange(first, request)
  } catch (error) {
    const isStale = first.reusedSocket && codeOf(error) === 'ECONNRESET'
    if (!isStale || request.method !== 'GET') throw error
    return exchange(open(withBody(request)), request)
  }
}

function withBody(request: TransportRequest): TransportRequest {
  if (request.json === undefined) return request
  return { ...request, headers: { ...request.headers, 'Content-Type': 'application/json' } }
}

async function exchange(
  outgoing: ClientRequest,
  { json, uri }: TransportRequest,
): Promise<TransportResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  outgoing.once('response', resolve)
  outgoing.on('error', reject)
  outgoing.end(json === undefined ? undefined : JSON.stringify(json))
  const response = await promise
  const text = await readText(response)
  return {
    statusCode: response.statusCode ?? 0,
    body: parse(text),
    request: { path: new URL(uri).pathname },
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LARGEST_BODY) throw new RangeError('The answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** `undefined` for nothing, `null` for what is not JSON: a proxy's page, for example. */
function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The code of a Node error: `ECONNREFUSED`. Nothing else of an error is ever looked at. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(code) ? code : undefined
}
