import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

import { systemRuntime } from '@imrs/core'
import { expect, it, onTestFinished } from 'vitest'

import { listen } from './listen.ts'
import type { ListenOptions, ListeningServer } from './listen.ts'

async function open(
  more: Partial<ListenOptions>,
  listener: Parameters<typeof listen>[0] = (_request, response) => void response.end('hello'),
): Promise<ListeningServer> {
  const server = await listen(listener, { host: '127.0.0.1', port: 0, maxConnections: 10, ...more })
  onTestFinished(() => server.close(Promise.resolve(), systemRuntime))
  return server
}

function connectTo({ url }: ListeningServer): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  // A cut connection may end with ECONNRESET.
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return socket
}

it('cuts a client that never ends its head', async () => {
  const server = await open({ headersTimeoutMs: 50 })
  const socket = connectTo(server)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  let answer = ''
  socket.on('data', (text: Buffer) => {
    answer += text.toString()
  })
  await once(socket, 'close')
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(await (await fetch(server.url)).text()).toBe('hello')
})

it('takes so many connections and no more', async () => {
  const server = await open({ maxConnections: 1 })
  const first = connectTo(server)
  await once(first, 'connect')
  const second = connectTo(server)
  await once(second, 'close')
  first.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  const [text] = (await once(first, 'data')) as [Buffer]
  expect(text.toString()).toMatch(/^HTTP\/1\.1 200 /)
})

it('lets an answer end that the door still gives, and takes no more meanwhile', async () => {
  const [arrived, door] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const server = await open({}, (_request, response) => {
    arrived.resolve()
    void door.promise.then(() => response.end('late'))
  })
  const answer = fetch(server.url)
  await arrived.promise
  const closed = server.close(door.promise, systemRuntime)
  await expect(fetch(server.url)).rejects.toThrow('fetch failed')
  door.resolve()
  expect(await (await answer).text()).toBe('late')
  await closed
})

it('cuts a connection that outlives the door', async () => {
  const arrived = Promise.withResolvers<void>()
  const server = await open({}, (_request, response) => {
    response.write('begun')
    arrived.resolve()
  })
  const socket = connectTo(server)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await arrived.promise
  const cut = once(socket.resume(), 'close')
  // The second that clients are given is over at once.
  await server.close(Promise.resolve(), { sleep: async () => {} })
  await cut
})
