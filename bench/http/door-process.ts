/**
 * The door over a model that answers at once, and beside it a bare server of Node that writes the same
 * frames: a process of its own, so that the client's work counts for nobody.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createHandler } from '@imrs/http'
import type { Authenticator } from '@imrs/http'
import { serveHttp } from '@imrs/http/node'

import { PIECE, openRouter } from './bench-router.ts'

const anyone: Authenticator = {
  kind: 'bearer',
  authenticate: async () => ({
    identity: { tenantId: 'default', userId: 'u', actor: 'user:u', roles: ['agent_user'] },
  }),
}

const router = await openRouter()
const door = await serveHttp(
  createHandler({
    router,
    authentication: [anyone],
    rateLimits: { chat: 1_000_000_000, read: 1_000_000_000 },
  }),
  { port: 0 },
)

const frame = `data: ${JSON.stringify({
  id: 'chatcmpl-01234567-0123-7123-8123-0123456789ab',
  object: 'chat.completion.chunk',
  created: 1_763_700_000,
  model: 'fake/pieces-20',
  choices: [{ index: 0, delta: { content: PIECE }, logprobs: null, finish_reason: null }],
})}\n\n`

/** As little as a server can do that reads a body and streams: one write for each piece. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const data of request) body += String(data)
  const { model } = JSON.parse(body) as { readonly model: string }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  for (let piece = 0; piece < Number(model.split('-')[1]); piece += 1) {
    response.write(frame)
    await Promise.resolve()
  }
  response.end('data: [DONE]\n\n')
}

const bare = createServer((request, response) => void answer(request, response))
await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve))

process.send?.({
  door: door.url,
  bare: `http://127.0.0.1:${(bare.address() as AddressInfo).port}`,
})
