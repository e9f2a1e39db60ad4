import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'

import { createTestRuntime } from '@imrs/testing/host'
import { expect, it, onTestFinished } from 'vitest'

import { nodeListener } from '../node/node-listener.ts'
import { eventStream, jsonFrame } from './event-stream.ts'

const noop = (): void => {}
const turns = async (): Promise<void> => {
  for (let count = 0; count < 5; count += 1) await new Promise((resolve) => setImmediate(resolve))
}

it('gives frames as they are made, and ends with them', async () => {
  const frames = (async function* () {
    yield jsonFrame({ one: 1 })
    yield jsonFrame({ two: 2 }, { id: '7', event: 'named' })
  })()
  const runtime = createTestRuntime()
  const response = eventStream(frames, { runtime, onLeave: noop, onEnd: noop })
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(await response.text()).toBe('data: {"one":1}\n\nid: 7\nevent: named\ndata: {"two":2}\n\n')
  expect(runtime.sleeping()).toBe(0)
})

it('says every 15 seconds that it is alive while there is nothing to say, with one timer', async () => {
  const runtime = createTestRuntime()
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const frames = (async function* () {
    for (const [index, gate] of gates.entries()) {
      await gate.promise
      yield `data: ${index}\n\n`
    }
  })()
  const reader = eventStream(frames, { runtime, onLeave: noop, onEnd: noop }).body?.getReader()
  const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value)
  const first = read()
  await runtime.advance(14_999)
  expect(runtime.sleeping()).toBe(1)
  await runtime.advance(1)
  expect(await first).toBe(': waiting\n\n')
  const second = read()
  await runtime.advance(15_000)
  expect(await second).toBe(': waiting\n\n')
  await runtime.advance(10_000)
  gates[0]?.resolve()
  expect(await read()).toBe('data: 0\n\n')
  const next = read()
  // Silence counts from the last frame.
  await runtime.advance(14_000)
  gates[1]?.resolve()
  expect(await next).toBe('data: 1\n\n')
  expect((await reader?.read())?.done).toBe(true)
  expect(runtime.sleeping()).toBe(0)
})

it('puts nothing before a client that does not read', async () => {
  const runtime = createTestRuntime()
  const frames = (async function* () {
    yield 'data: one\n\n'
    yield 'data: two\n\n'
  })()
  const response = eventStream(frames, { runtime, onLeave: noop, onEnd: noop })
  await turns()
  await runtime.advance(600_000)
  expect(await response.text()).toBe('data: one\n\ndata: two\n\n')
})

it('tells of a client that left before it ends what waits for a frame', async () => {
  const runtime = createTestRuntime()
  const left = Promise.withResolvers<void>()
  let isEnded = false
  const frames = (async function* () {
    try {
      yield 'data: one\n\n'
      await left.promise
    } finally {
      isEnded = true
    }
  })()
  const reader = eventStream(frames, {
    runtime,
    onLeave: left.resolve,
    onEnd: noop,
  }).body?.getReader()
  await reader?.read()
  await reader?.cancel()
  expect(isEnded).toBe(true)
  expect(runtime.sleeping()).toBe(0)
})

it('cuts the connection when frames break, so that nobody takes it for the end', async () => {
  const runtime = createTestRuntime()
  const frames = (async function* () {
    yield 'data: one\n\n'
    throw new Error('broken')
  })()
  const response = eventStream(frames, { runtime, onLeave: noop, onEnd: noop })
  await expect(response.text()).rejects.toThrow('broken')
  expect(runtime.sleeping()).toBe(0)
})

it('makes no more than a slow reader takes: of 100 MB a few hundred kilobytes', async () => {
  const frame = `data: ${'x'.repeat(10_000)}\n\n`
  let made = 0
  const frames = (async function* () {
    for (; made < 10_000; made += 1) yield frame
  })()
  const runtime = createTestRuntime()
  const handler = Object.assign(
    async () => eventStream(frames, { runtime, onLeave: noop, onEnd: noop }),
    {
      isOwnPath: () => true,
    },
  )
  const server = createServer(nodeListener(handler))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const [serverSide] = await Promise.all([
    once(server, 'connection'),
    new Promise<void>((resolve) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', resolve)
      onTestFinished(() => void socket.destroy())
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      socket.pause()
    }),
  ])
  await untilSteady(() => made)
  // What the kernel holds for both ends, not what the server holds.
  expect(made).toBeLessThan(2_000)
  expect((serverSide[0] as { writableLength: number }).writableLength).toBeLessThan(200_000)
})

/** Waits until a number has stopped growing. */
async function untilSteady(count: () => number): Promise<void> {
  let before = -1
  while (count() !== before) {
    before = count()
    for (let round = 0; round < 50; round += 1) await turns()
  }
}
