import type { ProviderAdapter, ProviderError, Runtime } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { connect } from '../__fixtures__/connect.ts'
import { anthropic } from '../definitions/anthropic.ts'
import { google } from '../definitions/google.ts'
import { openai } from '../definitions/openai.ts'

type Fetch = Runtime['fetch']

/** A runtime whose time passes as soon as nothing else happens. */
function hastyRuntime(fetch: Fetch): { runtime: Runtime; readonly waits: number[] } {
  const waits: number[] = []
  let nowMs = 0
  const sleep: Runtime['sleep'] = async (delayMs, signal) => {
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      signal?.throwIfAborted()
    }
    nowMs += delayMs
    waits.push(delayMs)
  }
  return { waits, runtime: { ...systemRuntime, fetch, sleep, monotonic: () => nowMs } }
}

const families = [
  ['openai', openai()],
  ['google', google()],
  ['anthropic', anthropic()],
] as const

const answering =
  (
    body: ConstructorParameters<typeof Response>[0],
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) =>
  async (): Promise<Response> =>
    new Response(body, { headers })

async function failureOf(adapter: ProviderAdapter): Promise<ProviderError['failure']> {
  const error = await readAll(adapter).then(
    () => undefined,
    (thrown: unknown) => thrown as ProviderError,
  )
  if (error === undefined) throw new Error('The list was read')
  return error.failure
}

async function readAll(adapter: ProviderAdapter): Promise<number> {
  let rows = 0
  for await (const { models } of adapter.listModels()) rows += models.length
  return rows
}

/** What every family reads as a list with these ids. */
const listOf = (...ids: readonly string[]): object => ({
  data: ids.map((id) => ({ id })),
  models: ids.map((id) => ({ name: `models/${id}` })),
})

describe.each(families)('a list of %s', (_name, definition) => {
  const adapterFor = (fetch: Fetch): ProviderAdapter =>
    connect(definition, { credential: 'canary-key', runtime: { ...systemRuntime, fetch } })

  it.each([
    ['a web page', '<!doctype html><p>Hello', 'answered with a web page', 'application/json'],
    ['an unnamed web page', 'Sign in', 'answered with a web page', 'text/html; charset=utf-8'],
    ['text', 'Sign in', 'answered with something that is not JSON', 'text/plain'],
    ['cut JSON', '{"data":[{"id":"', 'answered with something that is not JSON', 'text/plain'],
    ['nothing', '', 'answered with something that is not JSON', 'application/json'],
    ['101 levels', '['.repeat(101), 'answered with more than 100 levels', 'application/json'],
    ['deep objects', '{"a":'.repeat(1e5), 'answered with more than 100 levels', 'a/json'],
  ])('that is %s is malformed', async (...[, body, message, contentType]) => {
    const failure = await failureOf(adapterFor(answering(body, { 'content-type': contentType })))
    expect(failure.kind).toBe('malformed')
    expect(failure.message).toContain(message)
  })

  it('may be nested 100 levels deep, and hold any bracket in a text', async () => {
    const deep = JSON.parse(`${'['.repeat(96)}"\\"[[[[[[[["${']'.repeat(96)}`) as unknown
    const list = { ...listOf('a'), data: [{ id: 'a', deep }] }
    expect(await readAll(adapterFor(answering(JSON.stringify(list))))).toBe(1)
  })

  it('is read no further than 64 MB', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(32)
    let pulls = 0
    let isCancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulls += 1
        controller.enqueue(chunk)
      },
      cancel: () => {
        isCancelled = true
      },
    })
    const failure = await failureOf(adapterFor(answering(endless)))
    expect(failure).toMatchObject({ kind: 'malformed' })
    expect(failure.message).toContain('answered with more than 64 MB')
    expect(isCancelled).toBe(true)
    expect(pulls).toBeLessThan(68)
  })

  it('that says it is larger is not read at all', async () => {
    const headers = { 'content-length': String(64 * 1024 * 1024 + 1) }
    const failure = await failureOf(adapterFor(answering('[]', headers)))
    expect(failure.message).toContain('answered with more than 64 MB')
  })

  it('is given up when no header comes', async () => {
    let aborted: AbortSignal | null | undefined
    const { runtime, waits } = hastyRuntime(async (_input, init) => {
      aborted = init?.signal
      return Promise.withResolvers<Response>().promise
    })
    const failure = await failureOf(connect(definition, { credential: 'k', runtime }))
    expect(failure).toMatchObject({ kind: 'timeout-headers' })
    expect(waits).toEqual([30_000])
    expect(aborted?.aborted).toBe(true)
  })

  it('is given up when its body stalls', async () => {
    let isCancelled = false
    const stalled = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"data":[')),
      cancel: () => {
        isCancelled = true
      },
    })
    const { runtime, waits } = hastyRuntime(answering(stalled))
    const failure = await failureOf(connect(definition, { credential: 'k', runtime }))
    expect(failure).toMatchObject({ kind: 'timeout-idle' })
    expect(waits).toEqual([30_000])
    expect(isCancelled).toBe(true)
  })

  it('is given up when it trickles', async () => {
    let isFirst = true
    const trickle = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          // Each byte comes just before the patience ends.
          await (isFirst ? runtime.sleep(0) : runtime.sleep(29_000))
          isFirst = false
          controller.enqueue(new TextEncoder().encode(' '))
        },
      },
      { highWaterMark: 0 },
    )
    const { runtime } = hastyRuntime(answering(trickle))
    const failure = await failureOf(connect(definition, { credential: 'k', runtime }))
    expect(failure).toMatchObject({ kind: 'timeout-total' })
  })

  it('that breaks off is truncated', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new TypeError('terminated')),
    })
    expect(await failureOf(adapterFor(answering(broken)))).toMatchObject({ kind: 'truncated' })
  })

  it('that goes round in circles is malformed; a row that comes twice is not', async () => {
    const page = {
      ...listOf('a', 'b', 'a'),
      nextPageToken: 'again',
      has_more: true,
      last_id: 'a',
      links: { next: '/v1/models?offset=0' },
    }
    const failure = await failureOf(adapterFor(answering(JSON.stringify(page))))
    expect(failure).toMatchObject({ kind: 'malformed' })
    expect(failure.message).toContain('sent the same models twice')
    const twice = JSON.stringify(listOf('a', 'a'))
    expect(await readAll(adapterFor(answering(twice)))).toBe(2)
  })

  it('that does not end is malformed', async () => {
    let pages = 0
    const adapter = adapterFor(async () => {
      pages += 1
      const links = { next: `/v1/models?offset=${pages}` }
      return Response.json({
        ...listOf(`m${pages}`),
        nextPageToken: String(pages),
        links,
        has_more: true,
        last_id: String(pages),
      })
    })
    const failure = await failureOf(adapter)
    expect(failure.message).toContain('sent a list that does not end')
    expect(pages).toBe(1001)
  })

  it('ends with the reason of the signal', async () => {
    const abort = new AbortController()
    const stalled = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new TextEncoder().encode(' '))
        abort.abort(new Error('enough'))
        controller.error(abort.signal.reason)
      },
    })
    const list = adapterFor(answering(stalled)).listModels({ signal: abort.signal })
    await expect(list[Symbol.asyncIterator]().next()).rejects.toThrow('enough')
  })
})
