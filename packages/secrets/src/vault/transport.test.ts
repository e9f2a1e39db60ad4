import type { RequestListener } from 'node:http'

import type { SecretStore } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { AUTHORITY, CERTIFICATE, CERTIFICATE_KEY } from '../__fixtures__/certificates.ts'
import { CANARY_KEY, failureOf, openVault, openai } from '../__fixtures__/open-vault.ts'
import { serveAnything } from '../__fixtures__/serve-anything.ts'
import type { VaultSecretsOptions } from './options.ts'
import { vaultSecrets } from './vault-secrets.ts'

const unavailable = { code: 'secret-store-unavailable' }
const tls = { cert: CERTIFICATE, key: CERTIFICATE_KEY }

function storeAt(address: string, options: VaultSecretsOptions = {}): SecretStore {
  const runtime = createTestRuntime()
  const store = vaultSecrets({ address, auth: { token: 'x' }, runtime, ...options })
  onTestFinished(() => store.close())
  return store
}

const LOOKUP = JSON.stringify({ data: { ttl: 0, expire_time: null, renewable: false } })
const SECRET = JSON.stringify({ data: { data: { api_key: 'sk-1' }, metadata: { version: 1 } } })

/** A Vault of two answers, the second one given. */
function answering(answer: RequestListener): RequestListener {
  return (request, response) => {
    if (request.url?.endsWith('lookup-self') === true) response.end(LOOKUP)
    else answer(request, response)
  }
}

describe('TLS', () => {
  it('trusts the authority it is given', async () => {
    const { open } = await openVault({ tls })
    for (const ca of [AUTHORITY, Buffer.from(AUTHORITY), ['', AUTHORITY]]) {
      expect(await open({ tls: { ca } }).read(openai)).toBe(CANARY_KEY)
    }
  })

  it('refuses any other, whatever the environment says, and tells what to do', async () => {
    const { server, open } = await openVault({ tls })
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    onTestFinished(() => {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    })
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const error = await failureOf(open().read(openai))
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toMatch(/certificate is not trusted \(\w+\)\. Pass .* `tls\.ca`/)
    expect(server.requests).toEqual([])
  })

  it('shows a client certificate', async () => {
    const { open } = await openVault({ tls: { ...tls, clientCa: AUTHORITY } })
    expect(await failureOf(open({ tls: { ca: AUTHORITY } }).read(openai))).toMatchObject(
      unavailable,
    )
    expect(await open({ tls: { ca: AUTHORITY, ...tls } }).read(openai)).toBe(CANARY_KEY)
  })
})

describe('what answers', () => {
  it('may lie below a path', async () => {
    const urls: (string | undefined)[] = []
    const address = await serveAnything((request, response) => {
      urls.push(request.url)
      response.end(urls.length === 1 ? LOOKUP : SECRET)
    })
    expect(await storeAt(`${address}/vault/`).read(openai)).toBe('sk-1')
    expect(urls[1]).toBe('/vault/v1/secret/data/llm/openai')
  })

  it('may not send the token elsewhere', async () => {
    const visits: unknown[] = []
    const elsewhere = await serveAnything((request, response) => {
      visits.push(request.headers)
      response.end(SECRET)
    })
    const address = await serveAnything(
      answering((request, response) => {
        response.writeHead(307, { location: `${elsewhere}${request.url}` }).end()
      }),
    )
    const error = await failureOf(storeAt(address).read(openai))
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toContain('redirects')
    expect(visits).toEqual([])
  })

  it.each([
    [200, '<html>Log in to the network</html>'],
    [404, '<html>Not found</html>'],
    [404, '{"message":"no such page"}'],
    [404, ''],
    [200, '"text"'],
    [200, 'null'],
    [200, ''],
    [200, '{}'],
    [200, '{"data":{}}'],
  ])('is not taken for Vault when it is not: %d %s', async (status, body) => {
    const address = await serveAnything(
      answering((_, response) => response.writeHead(status).end(body)),
    )
    expect(await failureOf(storeAt(address).read(openai))).toMatchObject(unavailable)
  })

  it('is not taken for Vault in a check either, so a lease does not outlive it', async () => {
    let isPortal = false
    const address = await serveAnything((request, response) => {
      if (isPortal) response.end('{"welcome":"to the network"}')
      else response.end(request.url?.endsWith('lookup-self') === true ? LOOKUP : SECRET)
    })
    const store = storeAt(address, { exposureWindowMs: 60_000 })
    expect(await store.read(openai)).toBe('sk-1')
    isPortal = true
    expect(await failureOf(store.read(openai))).toMatchObject(unavailable)
  })

  it('is not read to the end when it has none', async () => {
    const address = await serveAnything(
      answering((_, response) => {
        response.writeHead(200)
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        }
        response.on('drain', more)
        more()
      }),
    )
    expect(await failureOf(storeAt(address).read(openai))).toMatchObject(unavailable)
  })

  it('may have closed an idle connection: that is tried again, and is no outage', async () => {
    const served = new Map<unknown, number>()
    const address = await serveAnything((request, response) => {
      const count = (served.get(request.socket) ?? 0) + 1
      served.set(request.socket, count)
      if (count > 1) request.socket.destroy()
      else response.end(request.url?.endsWith('lookup-self') === true ? LOOKUP : SECRET)
    })
    const store = storeAt(address, { leaseMs: 0 })
    for (let count = 0; count < 5; count += 1) expect(await store.read(openai)).toBe('sk-1')
    expect(served.size).toBeGreaterThan(4)
  })

  it('is given up when it cuts a new connection', async () => {
    let requests = 0
    const address = await serveAnything((request) => {
      requests += 1
      request.socket.destroy()
    })
    const error = await failureOf(storeAt(address).read(openai))
    expect(requests).toBe(1)
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toContain('ECONNRESET')
  })
})
