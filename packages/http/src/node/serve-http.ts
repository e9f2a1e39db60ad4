import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

import { ConfigError, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import type { ClosableHandler, HttpHandler } from '../create-handler.ts'
import { closing } from './closing.ts'
import { createConnections } from './connections.ts'
import { nodeListener } from './node-listener.ts'

/** Where and how patiently to listen. */
export interface ServeHttpOptions {
  /** `0` takes any that is free. Default: `8787`. */
  readonly port?: number | undefined
  /** The address to listen on. Default: `127.0.0.1`, which only this machine reaches. */
  readonly host?: string | undefined
  /** How long a client may take to send its headers, milliseconds. Default: `10_000`. */
  readonly headersTimeoutMs?: number | undefined
  /** How long a client may take to send its whole request, milliseconds. Default: `60_000`. */
  readonly requestTimeoutMs?: number | undefined
  /** How long a connection without a request stays open, milliseconds. Behind a proxy: longer than the proxy keeps it. Default: `65_000`. */
  readonly keepAliveMs?: number | undefined
  /** How long a client may take none of what was written for it before it is cut, milliseconds. Default: `60_000`. */
  readonly stalledMs?: number | undefined
  /** Connections open at once; one more is closed at once. Default: `10_000`. */
  readonly maxConnections?: number | undefined
  /** What is closed with the server where that is not what is served: the door that an app of Express has. */
  readonly door?: ClosableHandler | undefined
  /** Default: the real world. */
  readonly runtime?: Pick<Runtime, 'sleep'> | undefined
}

/** A server that listens. */
export interface ServedHttp {
  /** `http://127.0.0.1:8787`, without a slash at its end. */
  readonly url: string
  readonly server: Server
  /**
   * Takes no more connections, cuts those without a request, closes the handler and resolves when the
   * answers that were open have ended. Once `deadline` aborts, those of the handler are ended, and what
   * a second later is still not read is cut; without one they take as long as they take. Called again
   * without a deadline it cuts all of them at once. Never rejects. The router stays yours to close,
   * afterwards.
   */
  readonly close: (deadline?: AbortSignal) => Promise<void>
}

/**
 * Serves a handler, or the listener of an app that has one, on a port, so that slow clients hold nothing up: whoever sends no headers, no whole
 * request, or does not read what is written for it in time is cut, and there is a most of connections.
 *
 * An answer that is still being made is never cut for being slow: a model may think for minutes.
 *
 * @throws ConfigError naming the option that is wrong, or the port that cannot be listened on.
 */
export async function serveHttp(
  served: HttpHandler | ClosableHandler | RequestListener,
  options: ServeHttpOptions = {},
): Promise<ServedHttp> {
  const resolved = resolveServeHttpOptions(options)
  const { runtime } = resolved
  const connections = createConnections(resolved)
  const server = createTimedServer(resolved)
  const listener = 'isOwnPath' in served ? nodeListener(served) : served
  const door = options.door ?? ('isOwnPath' in served && 'close' in served ? served : undefined)
  server.on('connection', (socket: Socket) => connections.opened(socket))
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    connections.asked(request, response)
    listener(request, response)
  })
  server.on('timeout', (socket: Socket) => connections.wasSilent(socket))
  await listen(server, resolved)
  const close = closing(server, { connections, door, runtime })
  return { url: urlOf(server, resolved), server, close }
}

type ResolvedServeHttpOptions = {
  readonly [Name in Exclude<keyof ServeHttpOptions, 'door'>]-?: Exclude<
    ServeHttpOptions[Name],
    undefined
  >
}

function resolveServeHttpOptions(options: ServeHttpOptions): ResolvedServeHttpOptions {
  const { port = 8787, host = '127.0.0.1', runtime = systemRuntime } = options
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError(`\`port\` must be a whole number from 0 to 65535; it is ${port}`)
  }
  return Object.freeze({
    port,
    host,
    runtime,
    headersTimeoutMs: positive('headersTimeoutMs', options.headersTimeoutMs ?? 10_000),
    requestTimeoutMs: positive('requestTimeoutMs', options.requestTimeoutMs ?? 60_000),
    keepAliveMs: positive('keepAliveMs', options.keepAliveMs ?? 65_000),
    stalledMs: positive('stalledMs', options.stalledMs ?? 60_000),
    maxConnections: positive('maxConnections', options.maxConnections ?? 10_000),
  })
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new ConfigError(`\`${name}\` must be a whole number above 0; it is ${value}`)
}

function createTimedServer(options: ResolvedServeHttpOptions): Server {
  const { headersTimeoutMs, requestTimeoutMs, keepAliveMs, stalledMs, maxConnections } = options
  const server = createServer({
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    // A token and the keys of several providers fit.
    maxHeaderSize: 32_768,
    // Node looks for late clients this often; a client may be late by as much.
    connectionsCheckingInterval: Math.max(50, Math.min(1000, Math.floor(headersTimeoutMs / 4))),
  })
  server.maxConnections = maxConnections
  server.setTimeout(stalledMs)
  return server
}

async function listen(
  server: Server,
  { port, host }: Pick<ResolvedServeHttpOptions, 'port' | 'host'>,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`\`port\` ${port} of ${host} cannot be listened on: ${reason}`, {
      cause: error,
    })
  }
}

/** An address that stands for all of them is no place to call. */
function urlOf(server: Server, { host }: Pick<ResolvedServeHttpOptions, 'host'>): string {
  const { port } = server.address() as AddressInfo
  const isEvery = host === '0.0.0.0' || host === '::'
  const name = isEvery ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
