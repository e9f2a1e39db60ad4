import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

import { ConfigError } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { identityOf, openDoor } from '../__fixtures__/open-door.ts'
import { eventStream } from '../answers/event-stream.ts'
import type { HttpHandler } from '../create-handler.ts'
import { serveHttp } from './serve-http.ts'
import type { ServeHttpOptions, ServedHttp } from './serve-http.ts'

const isOwnPath = (): boolean => true

function handlerOf(answer: (request: Request) => Response | Promise<Response>): HttpHandler {
  return Object.assign(async (asked: Request) => answer(asked), { isOwnPath })
}

const hello = handlerOf(() => new Response('hello'))

async function serve(
  handler: Parameters<typeof serveHttp>[0],
  options: ServeHttpOptions = {},
): Promise<ServedHttp & { readonly port: number }> {
  const served = await serveHttp(handler, { port: 0, ...options })
  onTestFinished(async () => {
    void served.close()
    await served.close()
  })
  return { ...served, port: Number(new URL(served.url).port) }
}

async function connected(port: number, sent: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.on('error', () => {})
  socket.write(sent)
  return socket
}

function openConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
  })
}

/** Everything that comes until the server cuts the connection. */
async function untilCut(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (data) => (text += String(data)))
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve))
  return text
}

/** Asks through an agent; gives the answer when its headers are there. */
async function ask(url: string, agent?: Agent): Promise<IncomingMessage> {
  const asked = request(url, { agent: agent ?? false })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return answer
}

async function textOf(answer: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const data of answer) text += String(data)
  return text
}

/** A handler whose answers begin at once and end when they are let. */
function heldAnswers(): { readonly handler: HttpHandler; readonly finish: () => void } {
  const held = Promise.withResolvers<void>()
  const handler = handlerOf(
    () =>
      new Response(
        ReadableStream.from(
          (async function* () {
            yield Buffer.from('one ')
            await held.promise
            yield Buffer.from('two')
          })(),
        ) as ReadableStream<Uint8Array>,
      ),
  )
  return { handler, finish: held.resolve }
}

describe('clients that are slow', () => {
  it('are cut when their headers do not come to an end', async () => {
    const { port } = await serve(hello, { headersTimeoutMs: 200 })
    const slow = await connected(port, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    const drip = setInterval(() => slow.write('x'), 20)
    onTestFinished(() => clearInterval(drip))
    expect(await untilCut(slow)).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('are cut when their bodies do not come to an end, whether anybody reads them or not', async () => {
    const { port } = await serve(
      handlerOf(async (asked) => new Response(await asked.text().catch(() => ''))),
      { headersTimeoutMs: 200, requestTimeoutMs: 300 },
    )
    const slow = await connected(
      port,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{',
    )
    const drip = setInterval(() => slow.write(' '), 20)
    onTestFinished(() => clearInterval(drip))
    await untilCut(slow)
    expect(slow.destroyed).toBe(true)
  })

  it('are cut when they take nothing of an answer, whose maker is told', async () => {
    const left = Promise.withResolvers<string>()
    const endless = handlerOf(() => {
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
        cancel: () => left.resolve('left'),
      })
      return new Response(body)
    })
    const { port } = await serve(endless, { stalledMs: 200 })
    const slow = await connected(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    slow.pause()
    expect(await left.promise).toBe('left')
  })

  it('are not cut while it is the answer that takes its time', async () => {
    const { handler, finish } = heldAnswers()
    const { url, server } = await serve(handler, { stalledMs: 50 })
    const answer = await ask(url)
    let silences = 0
    await new Promise<void>((resolve) => {
      server.on('timeout', () => {
        silences += 1
        if (silences === 3) resolve()
      })
    })
    finish()
    expect(await textOf(answer)).toBe('one two')
  })
})

describe('connections', () => {
  it('serve many requests each', async () => {
    const { url, server } = await serve(hello)
    let opened = 0
    server.on('connection', () => (opened += 1))
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    for (let count = 0; count < 3; count += 1)
      expect(await textOf(await ask(url, agent))).toBe('hello')
    expect(opened).toBe(1)
  })

  it('are cut when no request comes', async () => {
    const { port } = await serve(hello, { keepAliveMs: 50 })
    const socket = await connected(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(await untilCut(socket)).toMatch(/hello$/)
  })

  it('are refused when there are too many', async () => {
    const { port, url } = await serve(hello, { maxConnections: 1 })
    const first = await connected(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(first, 'data')
    await expect(ask(url)).rejects.toThrow()
  })
})

describe('close', () => {
  it('lets open answers end, and takes nobody new', async () => {
    const { handler, finish } = heldAnswers()
    const { url, close } = await serve(handler)
    const answer = await ask(url)
    const closed = close()
    await expect(ask(url)).rejects.toThrow('ECONNREFUSED')
    finish()
    expect(await textOf(answer)).toBe('one two')
    await closed
  })

  it('ends connections that wait for nothing, with half a request or none', async () => {
    const { url, port, close } = await serve(hello)
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    await textOf(await ask(url, agent))
    const half = await connected(port, 'GET / HTTP/1.1\r\nHost: ')
    const cut = untilCut(half)
    await close()
    expect(await cut).toBe('')
  })

  it('closes a kept connection behind the answer that was open on it', async () => {
    const { handler, finish } = heldAnswers()
    const { url, server, close } = await serve(handler)
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    const answer = await ask(url, agent)
    const closed = close()
    finish()
    expect(await textOf(answer)).toBe('one two')
    await closed
    expect(await openConnections(server)).toBe(0)
  })

  it('cuts a request that does not come to its end', async () => {
    const { port, server, close } = await serve(
      handlerOf(async (asked) => new Response(await asked.text().catch(() => ''))),
      { requestTimeoutMs: 200 },
    )
    const slow = await connected(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{')
    const drip = setInterval(() => slow.write(''), 20)
    onTestFinished(() => clearInterval(drip))
    await once(server, 'request')
    await close()
    expect(await openConnections(server)).toBe(0)
  })

  it('cuts open answers when it is called again', async () => {
    const { handler } = heldAnswers()
    const { url, close } = await serve(handler)
    const answer = await ask(url)
    const closed = close()
    void close()
    await closed
    await expect(textOf(answer)).rejects.toThrow('aborted')
  })
})

describe('close with a deadline', () => {
  it('lets answers go on before it, and ends them with the door at it', async () => {
    const told = Promise.withResolvers<void>()
    const { handler } = heldAnswers()
    const door = Object.assign(async () => new Response(), {
      isOwnPath,
      close: (deadline: AbortSignal) => {
        deadline.addEventListener('abort', () => told.resolve(), { once: true })
        return told.promise
      },
    })
    // The second that clients are given is over at once.
    const runtime = { sleep: async () => {} }
    const { url, close } = await serve(handler, { door, runtime })
    const answer = await ask(url)
    const deadline = new AbortController()
    const closed = close(deadline.signal)
    await expect(ask(url)).rejects.toThrow('ECONNREFUSED')
    deadline.abort()
    await closed
    await told.promise
    await expect(textOf(answer)).rejects.toThrow('aborted')
  })

  it('gives clients a second to read the end of what was ended', async () => {
    const second = Promise.withResolvers<void>()
    const asked: number[] = []
    const sleep = async (delayMs: number): Promise<void> => {
      asked.push(delayMs)
      await second.promise
    }
    const { handler, finish } = heldAnswers()
    const { url, close } = await serve(handler, { runtime: { sleep } })
    const answer = await ask(url)
    const closed = close(AbortSignal.abort())
    finish()
    expect(await textOf(answer)).toBe('one two')
    await closed
    expect(asked).toEqual([1000])
    second.resolve()
  })
})

it('serves an app that is a listener of Node', async () => {
  const app: RequestListener = (_request, response) => void response.end('app')
  const { url, close } = await serve(app)
  expect(await textOf(await ask(url))).toBe('app')
  await close()
})

it('closes a door whose stream of events would never end', async () => {
  const { handler } = await openDoor()
  const { url, close } = await serve(handler)
  const headers = { authorization: `Bearer ${JSON.stringify(identityOf('platform_admin'))}` }
  const events = await fetch(`${url}/api/models/events`, { headers })
  expect(events.status).toBe(200)
  await close()
  await events.text().catch(() => '')
})

it('sends the head of a stream before there is anything in it', async () => {
  const runtime = createTestRuntime()
  const held = Promise.withResolvers<void>()
  const frames = async function* (): AsyncGenerator<string> {
    await held.promise
    yield 'data: one\n\n'
  }
  const { url } = await serve(
    handlerOf(() => eventStream(frames(), { runtime, onLeave: () => {}, onEnd: () => {} })),
  )
  const answer = await ask(url)
  expect(answer.headers['transfer-encoding']).toBe('chunked')
  held.resolve()
  expect(await textOf(answer)).toBe('data: one\n\n')
})

describe('options', () => {
  it('are refused by name', async () => {
    await expect(serveHttp(hello, { port: 70_000 })).rejects.toThrow(
      '`port` must be a whole number from 0 to 65535; it is 70000',
    )
    await expect(serveHttp(hello, { stalledMs: 0 })).rejects.toThrow('`stalledMs`')
  })

  it('may name a port that is taken, which is said', async () => {
    const { port } = await serve(hello)
    const taken = serveHttp(hello, { port })
    await expect(taken).rejects.toThrow(ConfigError)
    await expect(taken).rejects.toThrow(`\`port\` ${port} of 127.0.0.1 cannot be listened on`)
  })
})
