import type { IncomingMessage, ServerResponse } from 'node:http'

import { getRequestListener } from '@hono/node-server'

import type { HttpHandler } from '../create-handler.ts'

/** What Node's own server, Express and Connect call. */
export type NodeListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void

/**
 * Serves a handler from Node's own server, or as middleware of Express. As middleware it takes only
 * paths that are its own and leaves the others to the next one; it must stand before whatever reads
 * bodies. A client that goes away ends what was done for it.
 */
export function nodeListener(handler: HttpHandler): NodeListener {
  const listener = getRequestListener(
    async (request, { incoming }) => {
      const connection = { clientAddress: incoming.socket.remoteAddress }
      return withoutWaiting(await handler(request, connection), incoming)
    },
    {
      // The host's own Request and Response stay what they are.
      overrideGlobalObjects: false,
    },
  )
  return (request, response, next) => {
    if (next !== undefined && !handler.isOwnPath(pathOf(request))) next()
    else void listener(request, response)
  }
}

/**
 * A stream goes out as it comes: the adapter waits a millisecond for the end of any answer whose length
 * it does not know, so that it can say the length, unless the answer is chunked.
 */
function withoutWaiting(
  response: Response,
  { httpVersion }: { readonly httpVersion: string },
): Response {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  if (isStream && httpVersion === '1.1') response.headers.set('transfer-encoding', 'chunked')
  return response
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
