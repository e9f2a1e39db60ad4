import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Provider, ProviderError, Runtime } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { describe, expect, it, onTestFinished } from 'vitest'

import { callOf, rowOf } from '../__fixtures__/connect.ts'
import { anthropic } from '../definitions/anthropic.ts'
import { azure } from '../definitions/azure.ts'
import { google } from '../definitions/google.ts'
import { openaiCompatible } from '../definitions/openai-compatible.ts'
import { familyFor } from '../families.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { checkedLookup } from './network.ts'
import type { Network } from './network.ts'

interface Received {
  readonly url: string
  readonly host: string | undefined
  readonly headers: IncomingHttpHeaders
}

async function startServer(
  answer: (url: string, response: ServerResponse) => void = (_url, response) => response.end('{}'),
): Promise<{ port: number; url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const { url = '', headers } = request
    received.push({ url, host: headers.host, headers })
    answer(url, response)
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}`, received }
}

function row(apiBase: string, changes: Partial<Provider> = {}): Provider {
  const definition = openaiCompatible({ id: 'acme', displayName: 'Acme', apiBase })
  return { ...rowOf(definition), origin: 'api', ...changes }
}

const allowed = { settings: { allowPrivateNetwork: true } }

async function failureOf(promise: Promise<unknown>): Promise<ProviderError['failure']> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown as ProviderError,
  )
  if (error === undefined) throw new Error('It was not refused')
  expect(error.failure.kind).toBe('connect')
  return error.failure
}

/** Answers as told, one after the other; the last one for ever. */
function names(...answers: readonly string[]): Network & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    isAllowed: (address) => address !== '10.0.0.7',
    resolve: async (hostname) => {
      const address = answers[Math.min(asked.push(hostname), answers.length) - 1] ?? ''
      return [{ address, family: 4 }]
    },
  }
}

/** A `fetch` of the host's own, which answers each address as told. */
function hostFetch(answers: Readonly<Record<string, Response>>): {
  runtime: Runtime
  sent: { readonly url: string; readonly headers: Headers }[]
} {
  const sent: { readonly url: string; readonly headers: Headers }[] = []
  const fetch: Runtime['fetch'] = async (input, init) => {
    const { href: url } = new URL(input instanceof Request ? input.url : input)
    sent.push({ url, headers: new Headers(init?.headers) })
    return answers[url]?.clone() ?? new Response('{}')
  }
  return { runtime: { ...systemRuntime, fetch }, sent }
}

const redirect = (location: string, status = 302): Response =>
  new Response(null, { status, headers: { location } })

describe('a row that came through the API', () => {
  it('is refused where it leads to this machine, and nothing is sent', async () => {
    const { url, port, received } = await startServer()
    const spellings = [
      url,
      `http://localhost:${port}`,
      `http://2130706433:${port}`,
      `http://0x7f.1:${port}`,
      `http://0177.0.0.1:${port}`,
      `http://127.1:${port}`,
      `http://0:${port}`,
      `http://[::1]:${port}`,
      `http://[::ffff:127.0.0.1]:${port}`,
      `http://[64:ff9b::7f00:1]:${port}`,
    ]
    for (const apiBase of spellings) {
      const fetch = guardedFetch({ provider: row(apiBase), runtime: systemRuntime })
      const { message } = await failureOf(fetch(`${apiBase}/models`))
      expect(message).toMatch(/^Acme leads to an address that is not public \(/)
      expect(message).toContain('`settings.allowPrivateNetwork` to `true`')
    }
    expect(received).toEqual([])
  })

  it('may lead there when its settings say so', async () => {
    const { url, received } = await startServer()
    const fetch = guardedFetch({ provider: row(url, allowed), runtime: systemRuntime })
    expect(await (await fetch(`${url}/models`)).json()).toEqual({})
    expect(received).toMatchObject([{ url: '/models' }])
  })

  it('is refused when a redirect leads there', async () => {
    const { url, received } = await startServer()
    const base = 'https://8.8.8.8/v1'
    const { runtime, sent } = hostFetch({ [`${base}/models`]: redirect(`${url}/secret`) })
    const fetch = guardedFetch({ provider: row(base), runtime })
    const { message } = await failureOf(fetch(`${base}/models`))
    expect(message).toContain('(127.0.0.1)')
    expect(sent).toHaveLength(1)
    expect(received).toEqual([])
  })

  it('is refused when a real redirect leads there', async () => {
    const { port, url, received } = await startServer((_path, response) => {
      response.writeHead(302, { location: `http://localhost:${port}/secret` }).end()
    })
    const network = {
      ...names('127.0.0.9'),
      isAllowed: (address: string) => address === '127.0.0.1',
    }
    const fetch = guardedFetch({ provider: row(url), runtime: systemRuntime }, network)
    expect((await failureOf(fetch(`${url}/models`))).message).toContain('(localhost)')
    expect(received.map(({ url: path }) => path)).toEqual(['/models'])
  })

  it('connects to the address that was checked, under the name that was asked for', async () => {
    const { port, received } = await startServer()
    const network = names('127.0.0.1')
    const base = `http://models.example:${port}/v1`
    const fetch = guardedFetch({ provider: row(base), runtime: systemRuntime }, network)
    expect((await fetch(`${base}/models`)).status).toBe(200)
    expect(network.asked).toEqual(['models.example'])
    expect(received).toMatchObject([{ url: '/v1/models', host: `models.example:${port}` }])
  })

  it('is refused when its name leads into a private network, with one address among others', async () => {
    const network: Network = {
      ...names(),
      resolve: async () => [
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.7', family: 4 },
      ],
    }
    const provider = row('https://models.example')
    for (const runtime of [systemRuntime, hostFetch({}).runtime]) {
      const fetch = guardedFetch({ provider, runtime }, network)
      const { message } = await failureOf(fetch('https://models.example/models'))
      expect(message).toContain('(models.example)')
      // What the name leads to is nobody's business.
      expect(message).not.toContain('10.0.0.7')
    }
  })

  it('is refused when its name leads elsewhere the second time', async () => {
    const base = 'https://models.example'
    const { runtime, sent } = hostFetch({ [`${base}/models`]: redirect('/v2') })
    const fetch = guardedFetch({ provider: row(base), runtime }, names('8.8.8.8', '10.0.0.7'))
    await failureOf(fetch(`${base}/models`))
    expect(sent).toHaveLength(1)
  })

  it('cannot be led elsewhere between the check and the connection', async () => {
    const network = names('8.8.8.8', '10.0.0.7')
    const lookup = checkedLookup(network)
    const ask = (all: boolean): Promise<unknown> => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      lookup('models.example', { all }, (error, address) => {
        if (error === null) resolve(address)
        else reject(error)
      })
      return promise
    }
    expect(await ask(true)).toEqual([{ address: '8.8.8.8', family: 4 }])
    await expect(ask(true)).rejects.toThrow('not on the public internet')
    await expect(ask(false)).rejects.toThrow('not on the public internet')
    expect(network.asked).toHaveLength(3)
  })

  it('fails as it would without the guard when its name leads nowhere', async () => {
    const gone = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
    const network: Network = { ...names(), resolve: () => Promise.reject(gone) }
    const provider = row('https://models.example')
    const fetch = guardedFetch({ provider, runtime: systemRuntime }, network)
    await expect(fetch('https://models.example/models')).rejects.toThrow('fetch failed')
  })

  it('ends with the signal', async () => {
    const { url, received } = await startServer((_url, response) => response.flushHeaders())
    const abort = new AbortController()
    const network = { ...names(), isAllowed: () => true }
    const fetch = guardedFetch({ provider: row(url), runtime: systemRuntime }, network)
    const response = await fetch(url, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(response.text()).rejects.toThrow('enough')
    expect(received).toHaveLength(1)
  })
})

describe('what is sent in place of an answer', () => {
  it('is read to 256 KB by every family', async () => {
    let isCancelled = false
    const endless = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(120)),
        cancel: () => {
          isCancelled = true
        },
      })
    const fetch = async (): Promise<Response> =>
      new Response(endless(), { status: 503, headers: { 'retry-after': '7' } })
    const apiBase = 'https://models.example/v1'
    for (const definition of [openaiCompatible({ id: 'acme', apiBase }), google(), anthropic()]) {
      isCancelled = false
      const provider = rowOf(definition)
      const runtime = { ...systemRuntime, fetch }
      const adapter = definition.family.connect({ provider, credential: 'k', runtime })
      const call = callOf('x')
      await expect(adapter.chat(call)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        failure: { kind: 'overloaded', retryAfterMs: 7000 },
      })
      expect(isCancelled).toBe(true)
    }
  })
})

describe('a row from the code', () => {
  it('is trusted as it is written, unless it says otherwise', async () => {
    const { url } = await startServer()
    const trusted = row(url, { origin: 'code' })
    const fetch = guardedFetch({ provider: trusted, runtime: systemRuntime })
    expect((await fetch(url)).status).toBe(200)
    const wary = row(url, { origin: 'code', settings: { allowPrivateNetwork: false } })
    await failureOf(guardedFetch({ provider: wary, runtime: systemRuntime })(url))
  })

  it('says so by an option', () => {
    const options = { id: 'acme', apiBase: 'http://10.0.0.1' }
    const seed = openaiCompatible({ ...options, allowPrivateNetwork: true }).provider
    expect(seed.settings).toEqual({ allowPrivateNetwork: true })
    expect(openaiCompatible(options).provider.settings).toEqual({})
    const wrong = { ...options, allowPrivateNetwork: 'yes' as unknown as boolean }
    expect(() => openaiCompatible(wrong)).toThrow('`openaiCompatible.allowPrivateNetwork` must be')
  })
})

describe('a redirect', () => {
  const base = 'https://8.8.8.8'
  const secrets = { authorization: 'Bearer k', 'x-api-key': 'k', 'api-key': 'k', accept: 'a' }
  const post = { method: 'POST', body: 'x', headers: secrets }

  it('is followed with the key on the same origin, without it on another', async () => {
    const { runtime, sent } = hostFetch({
      [`${base}/a`]: redirect('/b'),
      [`${base}/b`]: redirect('https://8.8.4.4/c'),
    })
    const fetch = guardedFetch({ provider: row(base), runtime })
    expect((await fetch(`${base}/a`, { headers: secrets })).status).toBe(200)
    expect(sent.map(({ url }) => url)).toEqual([`${base}/a`, `${base}/b`, 'https://8.8.4.4/c'])
    expect([...(sent[1]?.headers.keys() ?? [])]).toEqual(Object.keys(secrets).toSorted())
    expect([...(sent[2]?.headers.keys() ?? [])]).toEqual(['accept'])
  })

  it('is followed three times', async () => {
    const { runtime, sent } = hostFetch({ [`${base}/a`]: redirect('/a') })
    const { message } = await failureOf(guardedFetch({ provider: row(base), runtime })(`${base}/a`))
    expect(message).toBe('Acme redirects too often.')
    expect(sent).toHaveLength(4)
  })

  it('takes what was written only along on the same origin', async () => {
    for (const [location, status] of [
      ['https://8.8.4.4/c', 307],
      ['/b', 302],
    ] as const) {
      const { runtime, sent } = hostFetch({ [`${base}/a`]: redirect(location, status) })
      await failureOf(guardedFetch({ provider: row(base), runtime })(`${base}/a`, post))
      expect(sent).toHaveLength(1)
    }
    const { runtime, sent } = hostFetch({ [`${base}/a`]: redirect('/b', 308) })
    await guardedFetch({ provider: row(base), runtime })(`${base}/a`, post)
    expect(sent.map(({ url }) => url)).toEqual([`${base}/a`, `${base}/b`])
  })

  it('to something that is no web address is an answer like any other', async () => {
    const { runtime } = hostFetch({ [`${base}/a`]: redirect('file:///etc/passwd') })
    const response = await guardedFetch({ provider: row(base), runtime })(`${base}/a`)
    expect(response.status).toBe(302)
  })
})

describe('every family', () => {
  const deployments = [{ name: 'x', model: 'gpt-4o' }]
  const definitions = [
    openaiCompatible({ id: 'acme', displayName: 'Acme', apiBase: 'http://127.0.0.1:9' }),
    google({ displayName: 'Acme', apiBase: 'http://127.0.0.1:9/v1beta' }),
    anthropic({ displayName: 'Acme', apiBase: 'http://127.0.0.1:9/v1' }),
    azure({ displayName: 'Acme', endpoint: 'http://127.0.0.1:9', deployments }),
  ]
  it.each(definitions)('refuses: $provider.providerType', async (definition) => {
    const provider: Provider = { ...rowOf(definition), origin: 'api' }
    const family = familyFor(provider.providerType)
    const adapter = family.connect({ provider, credential: 'canary-key', runtime: systemRuntime })
    const messages = [{ role: 'user', content: 'Hello' }] as const
    const attempts = [
      async () => adapter.checkCredential(),
      // Azure's list is in the settings.
      ...(provider.providerType === 'azure'
        ? []
        : [async () => adapter.listModels()[Symbol.asyncIterator]().next()]),
      ...[true, false].map(
        (stream) => async () =>
          adapter.chat({ externalId: 'x', stream, messages })[Symbol.asyncIterator]().next(),
      ),
    ]
    for (const attempt of attempts) {
      const { message } = await failureOf(attempt())
      expect(message).toContain('settings.allowPrivateNetwork')
      expect(message).not.toContain('canary-key')
    }
  })
})
