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
    async (request, { incoming }) =>
      handler(request, { clientAddress: incoming.socket.remoteAddress }),
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

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
