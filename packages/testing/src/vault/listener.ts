import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

import type { VaultServerTls } from './options.ts'

/** Something that listens on a port of the loopback interface, and can leave it and come back. */
export interface Listener {
  readonly port: number
  readonly isListening: boolean
  /** Takes the port again. Rejects when somebody else has it by now. */
  readonly start: () => Promise<void>
  /** Cuts every connection and frees the port. Stopping twice is fine. */
  readonly stop: () => Promise<void>
}

/** Starts to listen; port 0 is a free one. */
export async function listen(
  handler: RequestListener,
  options: { readonly port: number; readonly tls: VaultServerTls | undefined },
): Promise<Listener> {
  let server: Server | undefined = createListening(handler, options.tls)
  const port = await open(server, options.port)
  return {
    port,
    get isListening(): boolean {
      return server !== undefined
    },
    start: async () => {
      if (server !== undefined) return
      const next = createListening(handler, options.tls)
      server = next
      await open(next, port)
    },
    stop: async () => {
      const last = server
      server = undefined
      if (last !== undefined) await close(last)
    },
  }
}

function createListening(handler: RequestListener, tls: VaultServerTls | undefined): Server {
  if (tls === undefined) return createServer(handler)
  const { cert, key, clientCa } = tls
  const client =
    clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }
  return createTlsServer({ cert, key, ...client }, handler)
}

function open(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', () => {
    server.off('error', reject)
    // A server that listens on a TCP port has an address of this form.
    resolve((server.address() as AddressInfo).port)
  })
  return promise
}

function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}
