import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'

import { fakeProvider } from '@imrs/testing/host'
import express from 'express'
import { Hono } from 'hono'
import { describe, expect, it, onTestFinished } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../__fixtures__/open-door.ts'
import { nodeListener } from './node-listener.ts'

const authorization = `Bearer ${JSON.stringify(identityOf('platform_admin'))}`
const hello = { messages: [{ role: 'user', content: 'Hello' }] }

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Reads, writes and streams through a mounted handler. */
async function tryOut(origin: string): Promise<void> {
  const headers = { authorization, 'content-type': 'application/json' }
  const list = await fetch(`${origin}/api/v2/admin/providers`, { headers })
  expect(await bodyOf(list)).toMatchObject({ total: 1 })
  const chat = { method: 'POST', headers, body: JSON.stringify(hello) }
  const answer = await fetch(`${origin}/api/chat`, chat)
  expect(await answer.text()).toMatch(/^data: \{"type":"decision".*"type":"end"/s)
  const wrong = await fetch(`${origin}/api/chat`, { ...chat, body: '{' })
  expect(await bodyOf(wrong, 400)).toMatchObject({ error: { field: 'body' } })
}

describe('the handler is mounted by one line', () => {
  it('in plain Node', async () => {
    const { handler } = await openDoor()
    await tryOut(await listen(nodeListener(handler)))
  })

  it('in Express, beside the app’s own routes', async () => {
    const { handler } = await openDoor()
    const app = express()
    app.use(nodeListener(handler))
    app.get('/own', (_request, response) => void response.send('the app’s'))
    const origin = await listen(app)
    await tryOut(origin)
    expect(await (await fetch(`${origin}/own`)).text()).toBe('the app’s')
  })

  it('in Express, below a path', async () => {
    const { handler } = await openDoor()
    const app = express()
    app.use('/imrs', nodeListener(handler))
    await tryOut(`${await listen(app)}/imrs`)
  })

  it('in Hono', async () => {
    const { handler } = await openDoor()
    const app = new Hono()
    app.all('/api/*', async (context) => handler(context.req.raw))
    const listener = nodeListener(
      Object.assign(async (request: Request) => app.fetch(request), { isOwnPath: () => true }),
    )
    await tryOut(await listen(listener))
  })

  it('as route handlers of Next, which are functions of a request, below a base path', async () => {
    const { handler } = await openDoor({ http: { basePath: '/imrs' } })
    const route = { GET: handler, POST: handler }
    const headers = { authorization }
    const url = 'http://localhost/imrs/api/v2/admin/providers'
    expect((await route.GET(new Request(url, { headers }))).status).toBe(200)
    expect((await route.GET(new Request(url.replace('/imrs', ''), { headers }))).status).toBe(404)
  })
})

it('ends the call to the model when the socket of the client is cut', async () => {
  const never = Promise.withResolvers<void>()
  const provider = fakeProvider({
    models: ['m'],
    answer: () => ({ text: ['one', 'two'], between: never.promise }),
  })
  const { handler, router } = await openDoor({ router: { providers: [provider.definition] } })
  const ended = new Promise((resolve) => {
    router.on('attempt-ended', resolve)
  })
  const { port } = new URL(await listen(nodeListener(handler)))
  const socket = connect(Number(port), '127.0.0.1')
  const body = JSON.stringify(hello)
  socket.write(
    `POST /api/chat HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  let read = ''
  for await (const chunk of socket) {
    read += String(chunk)
    if (read.includes('"text":"one"')) break
  }
  socket.destroy()
  expect(await ended).toMatchObject({ outcome: 'aborted' })
})
