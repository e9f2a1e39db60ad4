import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { ChatRequest } from '@imrs/core'

import type { Router } from '../../router.ts'

/** A server that listens. */
export interface ChatServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  close(): Promise<void>
}

/** A router behind HTTP, the way a host might do it: `POST /chat`, `POST /feedback/{message id}`. */
export async function startChatServer(router: Router): Promise<ChatServer> {
  const server = createServer((request, response) => {
    serve(router, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    })
  })
  const listening = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', listening.resolve)
  await listening.promise
  // A server that listens on a TCP port has an address of this form.
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => closed(server) }
}

async function serve(
  router: Router,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body: unknown = JSON.parse(await textOf(request))
  const [, resource = '', messageId = ''] = (request.url ?? '').split('/')
  if (resource === 'chat') {
    // The router checks it.
    const answer = await router.chat(body as ChatRequest)
    for await (const part of answer.parts) response.write(`${JSON.stringify(part)}\n`)
    response.end()
    return
  }
  const { userId, rating } = body as { readonly userId: string; readonly rating: number }
  response.end(JSON.stringify(await router.feedback({ messageId, userId, rating })))
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) text += piece
  return text
}

function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}
