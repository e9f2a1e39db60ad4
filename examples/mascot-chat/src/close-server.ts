import type { Server, ServerResponse } from 'node:http'

import type { ClosableHandler } from '@imrs/http'

/** How long a client may take to read the end of its answer. */
const LAST_WORDS_MS = 1000

export interface CloseServerOptions {
  readonly door: ClosableHandler
  /** How long answers may go on. */
  readonly graceMs: number
}

/** Takes no more requests, lets answers end, and cuts what is left of the connections. */
export async function closeServer(
  server: Server,
  { door, graceMs }: CloseServerOptions,
): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), graceMs + LAST_WORDS_MS)
  await door.close(AbortSignal.timeout(graceMs))
  await closed
  clearTimeout(cut)
}

/** Clients keep connections open for their next request: once a server closes, there is none. */
export function endIdleWhenClosing(server: Server): void {
  server.on('request', (_request, response: ServerResponse) => {
    response.once('close', () => {
      if (!server.listening) server.closeIdleConnections()
    })
  })
}
