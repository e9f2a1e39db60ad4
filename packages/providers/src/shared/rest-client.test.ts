import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Runtime } from '@imrs/core'
import { ProviderError, systemRuntime } from '@imrs/core'
import { describe, expect, it, onTestFinished } from 'vitest'

import { rowOf } from '../__fixtures__/connect.ts'
import { openaiCompatible } from '../definitions/openai-compatible.ts'
import { addressOf, restClient } from './rest-client.ts'
import type { Refusal, RestClientOptions, SendRequest } from './rest-client.ts'

const provider = rowOf(
  openaiCompatible({ id: 'acme', displayName: 'Acme', apiBase: 'https://acme.example/v1' }),
)
const address = 'https://acme.example/v1/things'
const { signal } = new AbortController()

interface Sent {
  readonly url: string
  readonly init: RequestInit
}

type Changes = Partial<RestClientOptions> & Partial<Pick<Runtime, 'fetch' | 'sleep'>>

/** A client whose provider answers with what `fetch` gives; what was sent and refused is kept. */
function client({ fetch, sleep = systemRuntime.sleep, ...changes }: Changes = {}): {
  send: SendRequest
  sent: Sent[]
  refusals: Refusal[]
} {
  const sent: Sent[] = []
  const refusals: Refusal[] = []
  const runtime: Runtime = {
    ...systemRuntime,
    sleep,
    fetch: async (input, init = {}) => {
      sent.push({ url: new URL(input instanceof Request ? input.url : input).href, init })
      return fetch?.(input, init) ?? new Response('{}')
    },
  }
  const send = restClient({
    provider,
    runtime,
    headers: {},
    ownHeaders: { authorization: 'Bearer canary-key' },
    toFailure: (refusal) => {
      refusals.push(refusal)
      return new ProviderError({ kind: 'unknown', message: '' }, { providerId: 'acme' })
    },
    ...changes,
  })
  return { send, sent, refusals }
}

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('It was answered'),
    (error: unknown) => error,
  )
}

async function startServer(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response))
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe('a request', () => {
  it('without a body asks, with one it tells', async () => {
    const { send, sent } = client()
    await send({ address, signal })
    await send({ address, signal, body: { a: 1 } })
    const headers = { accept: 'application/json', authorization: 'Bearer canary-key' }
    expect(sent).toMatchObject([
      { url: address, init: { headers } },
      { url: address, init: { method: 'POST', body: '{"a":1}' } },
    ])
    expect(sent[0]?.init).not.toHaveProperty('method')
    expect(sent[0]?.init.headers).toEqual(headers)
    expect(sent[1]?.init.headers).toEqual({ ...headers, 'content-type': 'application/json' })
  })

  it('has each header once, in whatever case it was given; the key is nobody’s to change', async () => {
    const headers = {
      'X-Team': 'a',
      Accept: 'text/plain',
      'Content-Type': 'text/plain',
      Authorization: 'Bearer other',
    }
    const { send, sent } = client({ headers })
    await send({ address, signal, body: {} })
    expect(sent[0]?.init.headers).toEqual({
      'x-team': 'a',
      accept: 'text/plain',
      'content-type': 'application/json',
      authorization: 'Bearer canary-key',
    })
  })

  it.each([
    { ownHeaders: { authorization: 'Bearer canary\nkey' } },
    { ownHeaders: { authorization: 'Bearer canary-ключ' } },
    { headers: { 'x team': 'canary' } },
  ])('that cannot be sent says so, and not what is in it (%#)', async (changes) => {
    const { send, sent } = client(changes)
    const error = await thrownBy(send({ address, signal }))
    expect(error).toMatchObject({ failure: { kind: 'credentials' }, providerId: 'acme' })
    expect(String((error as Error).stack)).not.toContain('canary')
    expect(sent).toEqual([])
  })

  it('that reaches nobody is a failure to connect, without the key', async () => {
    const fetch = async () => {
      throw new TypeError('fetch failed', { cause: new Error('canary-key') })
    }
    const error = await thrownBy(client({ fetch }).send({ address, signal }))
    expect(error).toMatchObject({
      failure: { kind: 'connect', message: 'Acme could not be reached.' },
    })
    expect((error as Error).cause).toBeUndefined()
  })

  it('whose connection is closed without a word is one, too', async () => {
    const url = await startServer((response) => response.destroy())
    const { send } = client({ fetch: systemRuntime.fetch })
    expect(await thrownBy(send({ address: url, signal }))).toMatchObject({
      failure: { kind: 'connect' },
    })
  })

  it('that is aborted ends with the reason', async () => {
    const caller = new AbortController()
    const url = await startServer(() => caller.abort(new Error('enough')))
    const { send } = client({ fetch: systemRuntime.fetch })
    const error = await thrownBy(send({ address: url, signal: caller.signal }))
    expect(error).toEqual(new Error('enough'))
  })

  it('follows redirects on its own origin, or none', async () => {
    const fetch: Runtime['fetch'] = async (input) =>
      input === address
        ? new Response(null, { status: 307, headers: { location: '/there' } })
        : new Response('{}')
    const { send, sent } = client({ fetch })
    await send({ address, signal })
    expect(sent.map(({ url }) => url)).toEqual([address, 'https://acme.example/there'])
    const strict = client({ redirect: 'error' })
    await strict.send({ address, signal })
    expect(strict.sent[0]?.init.redirect).toBe('error')
  })
})

describe('what is answered instead', () => {
  it.each<readonly [string, string | null, unknown]>([
    ['JSON', '{"error":{"code":1}}', { error: { code: 1 } }],
    ['text', 'no healthy upstream', 'no healthy upstream'],
    ['half of it', '{"error":', '{"error":'],
    ['nothing', null, ''],
  ])('is told as it is: %s', async (_name, body, expected) => {
    const headers = { 'retry-after': '7' }
    const fetch = async () => new Response(body, { status: 503, headers })
    const { send, refusals } = client({ fetch })
    expect(await thrownBy(send({ address, signal }))).toMatchObject({ failure: { message: '' } })
    expect(refusals).toMatchObject([{ status: 503, body: expected }])
    expect(refusals[0]?.headers.get('retry-after')).toBe('7')
  })

  it('is what came, when the connection is cut or five seconds are over', async () => {
    const url = await startServer((response) => {
      response.writeHead(429, { 'content-length': '100' })
      response.write('slow d', () => response.destroy())
    })
    const cut = client({ fetch: systemRuntime.fetch })
    await thrownBy(cut.send({ address: url, signal }))
    expect(cut.refusals).toMatchObject([{ status: 429 }])

    const waits: number[] = []
    const { promise: reading, resolve: isRead } = Promise.withResolvers<void>()
    let isCancelled = false
    let pulls = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulls += 1
        if (pulls === 1) controller.enqueue(new TextEncoder().encode('slow d'))
        else isRead()
        return pulls === 1 ? undefined : new Promise(() => undefined)
      },
      cancel: () => {
        isCancelled = true
      },
    })
    const stalled = client({
      fetch: async () => new Response(body, { status: 429 }),
      sleep: async (delayMs) => {
        waits.push(delayMs)
        await reading
      },
    })
    await thrownBy(stalled.send({ address, signal }))
    expect(stalled.refusals).toMatchObject([{ status: 429, body: 'slow d' }])
    expect(waits).toEqual([5_000])
    expect(isCancelled).toBe(true)
  })

  it('leaves no timer behind, nor a wait for a caller who has left', async () => {
    const signals: (AbortSignal | undefined)[] = []
    const caller = new AbortController()
    const sleep: Runtime['sleep'] = async (delayMs, timer) => {
      signals.push(timer)
      return systemRuntime.sleep(delayMs, timer)
    }
    const url = await startServer((response) => {
      response.writeHead(500)
      response.write('{', () => caller.abort(new Error('enough')))
    })
    const { send } = client({ fetch: systemRuntime.fetch, sleep })
    const error = await thrownBy(send({ address: url, signal: caller.signal }))
    expect(error).toEqual(new Error('enough'))
    const answered = client({ fetch: async () => new Response('{}', { status: 500 }), sleep })
    await thrownBy(answered.send({ address, signal }))
    expect(signals.length).toBeGreaterThan(0)
    expect(signals.every((timer) => timer?.aborted)).toBe(true)
  })
})

describe('an address', () => {
  it.each([
    ['https://a.example/v1', '/models', 'https://a.example/v1/models'],
    ['https://a.example/v1//', '/models?limit=1', 'https://a.example/v1/models?limit=1'],
    ['https://a.example/v1', 'https://b.example/check', 'https://b.example/check'],
  ])('below %s: %s', (base, path, expected) => {
    expect(addressOf(base, path)).toBe(expected)
  })
})
