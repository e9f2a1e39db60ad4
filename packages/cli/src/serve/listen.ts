import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Runtime } from '@imrs/core'

/** How long a client may take for its whole request, and between two; milliseconds. */
const TIMEOUTS = { requestTimeout: 60_000, keepAliveTimeout: 5000 }

export interface ListenOptions {
  readonly host: string
  /** `0` takes any free one. */
  readonly port: number
  /** More are refused before anything is read of them. */
  readonly maxConnections: number
  /** How long a client may take for the head of a request, milliseconds. Default: 10,000. */
  readonly headersTimeoutMs?: number | undefined
}

/** A server that listens. */
export interface ListeningServer {
  /** `http://127.0.0.1:8787` */
  readonly url: string
  /**
   * Takes no more connections, waits for the door to close, and cuts whatever connection is left a
   * second later.
   */
  readonly close: (door: Promise<void>, runtime: Pick<Runtime, 'sleep'>) => Promise<void>
}

/** How long a client may take to read the end of its answer, milliseconds. */
const LAST_WORDS_MS = 1000

/**
 * Listens, with limits against clients that are slow on purpose.
 *
 * @throws Error of Node's with its `code`: `EADDRINUSE` for a port that is taken.
 */
export async function listen(
  listener: RequestListener,
  { host, port, maxConnections, headersTimeoutMs = 10_000 }: ListenOptions,
): Promise<ListeningServer> {
  const server = createServer(
    {
      ...TIMEOUTS,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: Math.min(2000, headersTimeoutMs),
      maxHeaderSize: 32_768,
    },
    listener,
  )
  server.maxConnections = maxConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port: taken } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host.replaceAll(/[[\]]/g, '')}]` : host
  return {
    url: `http://${name}:${taken}`,
    close: async (door, runtime) => close(server, door, runtime),
  }
}

async function close(
  server: Server,
  door: Promise<void>,
  { sleep }: Pick<Runtime, 'sleep'>,
): Promise<void> {
  const closed = Promise.withResolvers<void>()
  const waited = new AbortController()
  server.close(() => closed.resolve())
  server.closeIdleConnections()
  await door
  server.closeIdleConnections()
  const cut = sleep(LAST_WORDS_MS, waited.signal).then(
    () => server.closeAllConnections(),
    () => {},
  )
  await closed.promise
  waited.abort()
  await cut
}
