import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { ModelPart, ProviderDefinition, Runtime } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { describe, expect, it, onTestFinished } from 'vitest'

import { events, namedEvents } from './__fixtures__/answering.ts'
import { callOf, connect, readParts } from './__fixtures__/connect.ts'
import { anthropic, openai } from './index.ts'

const CALLS = 50

const openAiText = events({ choices: [{ index: 0, delta: { content: 'Hi' } }] })
const openAiFinish = events({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
const DONE = 'data: [DONE]\n\n'
const openAiStream = `${openAiText}${openAiFinish}${DONE}`
const anthropicStream = namedEvents(
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
  { type: 'message_stop' },
)

interface Served {
  readonly url: string
  readonly connections: () => number
}

async function serve(answer: (response: ServerResponse) => void): Promise<Served> {
  let connections = 0
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      answer(response)
    })
  })
  server.on('connection', () => {
    connections += 1
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, connections: () => connections }
}

describe('answers one after the other share their connections', () => {
  it.each<readonly [string, (apiBase: string) => ProviderDefinition, string]>([
    ['OpenAI', (apiBase) => openai({ apiBase }), openAiStream],
    ['Anthropic', (apiBase) => anthropic({ apiBase }), anthropicStream],
  ])('of %s, though the server ends them later', async (...[, define, body]) => {
    const open: ServerResponse[] = []
    const { url, connections } = await serve((response) => {
      open.push(response)
      response.write(body)
    })
    const adapter = connect(define(url), { credential: 'key' })
    for (let call = 0; call < CALLS; call += 1) {
      const parts = await readParts(adapter.chat(callOf('model')))
      expect(parts.at(-1)?.type).toBe('finish')
      open.shift()?.end()
    }
    // One that is still being read to its end serves the request after the next.
    expect(connections()).toBeLessThanOrEqual(5)
  })

  it('unless one was left, which takes its connection along', async () => {
    const closed: Promise<void>[] = []
    const { url, connections } = await serve((response) => {
      closed.push(new Promise((resolve) => response.on('close', resolve)))
      response.write(openAiText)
    })
    const adapter = connect(openai({ apiBase: url }), { credential: 'key' })
    for (let call = 0; call < 3; call += 1) {
      for await (const { type } of adapter.chat(callOf('model'))) if (type === 'text-delta') break
      await closed[call]
    }
    expect(closed).toHaveLength(3)
    expect(connections()).toBeGreaterThanOrEqual(3)
  })
})

/** A body of these pieces that goes on as it is told, and how it was ended. */
function bodyThat(pieces: readonly string[], goesOn: 'stalls' | 'floods') {
  const left = [...pieces]
  const flood = new Uint8Array(16 * 1024)
  const state = { isCancelled: false, flooded: 0 }
  const stalled = Promise.withResolvers<void>()
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const piece = left.shift()
        if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece))
        else if (goesOn === 'floods') {
          state.flooded += flood.byteLength
          controller.enqueue(flood)
        } else {
          stalled.resolve()
          return new Promise<void>(() => undefined)
        }
        return undefined
      },
      cancel: () => {
        state.isCancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { body, state, stalled: stalled.promise }
}

/** A runtime whose only wait is the one for the end of a body. */
function waiting(body: ReadableStream<Uint8Array>) {
  const waits: number[] = []
  const timers: AbortSignal[] = []
  const { promise: over, resolve: passes } = Promise.withResolvers<void>()
  const runtime: Runtime = {
    ...systemRuntime,
    fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    sleep: async (delayMs, signal) => {
      waits.push(delayMs)
      if (signal !== undefined) timers.push(signal)
      await over
    },
  }
  return { runtime, waits, timers, passes }
}

const ask = (runtime: Runtime, signal?: AbortSignal): AsyncIterable<ModelPart> =>
  connect(openai(), { credential: 'key', runtime }).chat(
    callOf('model'),
    signal === undefined ? {} : { signal },
  )

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('what comes behind a complete answer', () => {
  it('is waited for a second, while the answer is out; the caller’s signal is let go of', async () => {
    const caller = new AbortController()
    const { body, state, stalled } = bodyThat([openAiStream], 'stalls')
    const { runtime, waits, passes } = waiting(body)
    const parts = await readParts(ask(runtime, caller.signal))
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' })
    await stalled
    caller.abort(new Error('late'))
    await settled()
    expect(waits).toEqual([1_000])
    expect(state.isCancelled).toBe(false)
    passes()
    await settled()
    expect(state.isCancelled).toBe(true)
  })

  it('is read on to when the reader takes the finish and leaves', async () => {
    const { body, state, stalled } = bodyThat([openAiStream], 'stalls')
    const { runtime } = waiting(body)
    for await (const { type } of ask(runtime)) if (type === 'finish') break
    await stalled
    await settled()
    expect(state.isCancelled).toBe(false)
  })

  it('is read no further than 64 KB, and no timer is left', async () => {
    const { body, state } = bodyThat([openAiStream], 'floods')
    const { runtime, timers } = waiting(body)
    await readParts(ask(runtime))
    await settled()
    expect(state.isCancelled).toBe(true)
    expect(state.flooded).toBeGreaterThan(64 * 1024)
    expect(state.flooded).toBeLessThanOrEqual(96 * 1024)
    expect(timers.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('may be a connection that is cut', async () => {
    const { body } = bodyThat([openAiStream], 'stalls')
    const cut = body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          controller.enqueue(chunk)
          setImmediate(() => controller.error(new TypeError('terminated')))
        },
      }),
    )
    const { runtime, timers } = waiting(cut)
    expect((await readParts(ask(runtime))).at(-1)?.type).toBe('finish')
    await settled()
    expect(timers.map(({ aborted }) => aborted)).toEqual([true])
  })

  it.each<readonly [string, readonly string[], ModelPart['type'] | undefined]>([
    ['left at its text', [openAiStream], 'text-delta'],
    ['broken', [openAiText, DONE], undefined],
    ['unreadable', [openAiText, 'data: oops\n\n'], undefined],
  ])('is nobody’s when the answer is %s: it ends at once', async (...[, pieces, last]) => {
    const { body, state } = bodyThat(pieces, 'stalls')
    const { runtime, waits } = waiting(body)
    const reading = async (): Promise<void> => {
      for await (const { type } of ask(runtime)) if (type === last) break
    }
    await (last === undefined ? expect(reading()).rejects.toThrow('OpenAI') : reading())
    expect(state.isCancelled).toBe(true)
    expect(waits).toEqual([])
  })
})
