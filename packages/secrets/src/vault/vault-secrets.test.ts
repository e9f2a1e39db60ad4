import { ConfigError, ImrsError } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import {
  CANARY_KEY,
  failureOf,
  openVault,
  openai,
  referenceTo,
  requestsOf,
} from '../__fixtures__/open-vault.ts'
import type { OpenedVault } from '../__fixtures__/open-vault.ts'
import { serveAnything } from '../__fixtures__/serve-anything.ts'
import { vaultSecrets } from './vault-secrets.ts'

const LOOKUP = 'GET auth/token/lookup-self'
const READ = 'GET secret/data/llm/openai'
const unavailable = { code: 'secret-store-unavailable' }

/** Every way in which Vault can be out of order. */
const outages: readonly (readonly [string, (vault: OpenedVault) => unknown, RegExp])[] = [
  ['stopped', ({ server }) => server.stop(), /cannot be reached \(ECONNREFUSED\)/],
  ['sealed', ({ server }) => server.seal(), /is sealed/],
  ['without a leader', ({ server }) => server.setRole('leaderless'), /no active node/],
]

describe('reading', () => {
  it('looks at secret/llm/{provider_id}', async () => {
    const { server, open } = await openVault()
    expect(await open().read(openai)).toBe(CANARY_KEY)
    expect(requestsOf(server)).toEqual([LOOKUP, READ])
  })

  it('finds nothing where there is nothing, no key, or a deleted version', async () => {
    const { server, open } = await openVault()
    server.put('secret/llm/groq', { note: 'no key yet' })
    server.put('secret/llm/mistral', { api_key: ' ' })
    const store = open()
    await store.remove(openai)
    for (const id of ['openrouter', 'groq', 'mistral', 'openai']) {
      expect(await store.read(referenceTo(id)), id).toBeUndefined()
    }
  })

  it.each([{ field: 'token' }, { mount: 'kv' }, { mount: '/team/kv/' }, { namespace: 'team-a' }])(
    'looks where it is told: %j',
    async (options) => {
      const mount = (options.mount ?? 'secret').replace(/^\/|\/$/g, '')
      const { server, open } = await openVault({
        mounts: ['secret', mount],
        namespaces: ['team-a'],
      })
      const place = { path: `${mount}/llm/openai`, namespace: options.namespace }
      server.put(place, { [options.field ?? 'api_key']: 'sk-elsewhere' })
      const token = { namespace: options.namespace, policies: ['root'] }
      const store = open({ ...options, auth: { token: server.createToken(token) } })
      expect(await store.read(openai)).toBe('sk-elsewhere')
    },
  )

  it('takes address, token and namespace from the environment', async () => {
    const environment: Record<string, string> = {}
    const { server, runtime } = await openVault({ environment, namespaces: ['team-a'] })
    server.put({ path: 'secret/llm/openai', namespace: 'team-a' }, { api_key: 'sk-env' })
    const values = new Map([
      ['VAULT_ADDR', server.url],
      ['VAULT_TOKEN', server.rootToken],
      ['VAULT_NAMESPACE', 'team-a'],
    ])
    const given = { ...runtime, environment: (name: string) => values.get(name) }
    const store = vaultSecrets({ runtime: given })
    expect(await store.read(openai)).toBe('sk-env')
    await store.close()
  })

  it('takes a path of its own for a provider, and leaves the mount for none', async () => {
    const { server, open } = await openVault()
    server.put('secret/team/a key', { api_key: 'sk-shared' })
    const store = open()
    expect(await store.read({ providerId: 'x', path: 'secret/team/a key' })).toBe('sk-shared')
    for (const path of ['other/llm/x', 'secret/../sys/x', 'secret//x', 'secret/', 'secret']) {
      const error = await failureOf(store.read({ providerId: 'x', path }))
      expect(error, path).toMatchObject(unavailable)
    }
  })

  it('refuses a value that no header could hold, unshown', async () => {
    const { server, open } = await openVault()
    const store = open()
    for (const api_key of ['sk-4f9a\nx', 'sk-4f9a…', 7, { nested: 'sk-4f9a' }]) {
      server.put('secret/llm/openai', { api_key })
      const error = await failureOf(store.read(openai))
      expect(error).toMatchObject(unavailable)
      expect(String(error)).toContain('`api_key`')
      expect(String(error)).not.toContain('4f9a')
    }
  })
})

describe('a lease', () => {
  it('spares reading the key again, but not asking whether Vault still serves us', async () => {
    const { server, open } = await openVault()
    const store = open()
    await store.read(openai)
    server.clearRequests()
    expect(await store.read(openai)).toBe(CANARY_KEY)
    expect(requestsOf(server)).toEqual([LOOKUP])
  })

  it('ends after leaseMs, when a changed key is seen', async () => {
    const { server, runtime, open } = await openVault()
    const store = open({ leaseMs: 60_000 })
    await store.read(openai)
    server.put('secret/llm/openai', { api_key: 'sk-rotated' })
    await runtime.advance(59_999)
    expect(await store.read(openai)).toBe(CANARY_KEY)
    await runtime.advance(1)
    expect(await store.read(openai)).toBe('sk-rotated')
  })

  it('is not needed: with leaseMs 0 the key is read each time', async () => {
    const { server, open } = await openVault()
    const store = open({ leaseMs: 0 })
    await store.read(openai)
    server.put('secret/llm/openai', { api_key: 'sk-rotated' })
    expect(await store.read(openai)).toBe('sk-rotated')
  })

  it('is dropped by a write and by a removal, also one that was read meanwhile', async () => {
    const { server, open } = await openVault()
    const store = open()
    const gate = server.stall('secret/data')
    const before = store.read(openai)
    await gate.reached
    const written = store.write(openai, 'sk-written')
    const after = written.then(() => store.read(openai))
    gate.open()
    expect(await before).toMatch(/^sk-/)
    expect(await after).toBe('sk-written')
    expect(await store.read(openai)).toBe('sk-written')
    await store.remove(openai)
    expect(await store.read(openai)).toBeUndefined()
  })

  it('is never the key of before a write, however late the answer with that one comes', async () => {
    const secretOf = (api_key: string): string =>
      JSON.stringify({ data: { data: { api_key }, metadata: { version: 1 } } })
    const [reached, late] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let reads = 0
    const address = await serveAnything((request, response) => {
      if (request.url?.endsWith('lookup-self') === true) {
        response.end(JSON.stringify({ data: { ttl: 0, expire_time: null } }))
      } else if (request.method === 'POST') {
        response.end(JSON.stringify({ data: { version: 2 } }))
      } else {
        reads += 1
        if (reads === 1) {
          reached.resolve()
          void late.promise.then(() => response.end(secretOf('sk-before')))
        } else {
          response.end(secretOf('sk-after'))
        }
      }
    })
    const runtime = createTestRuntime()
    const store = vaultSecrets({ address, auth: { token: 'x' }, runtime })
    onTestFinished(() => store.close())
    const before = store.read(openai)
    await reached.promise
    await store.write(openai, 'sk-after')
    expect(await store.read(openai)).toBe('sk-after')
    late.resolve()
    expect(await before).toBe('sk-before')
    expect(await store.read(openai)).toBe('sk-after')
  })

  it('that is dropped by a write while it is checked is not used', async () => {
    const { server, open } = await openVault()
    const store = open()
    await store.read(openai)
    const gate = server.stall('auth/')
    const reading = store.read(openai)
    await gate.reached
    await store.write(openai, 'sk-written')
    gate.open()
    expect(await reading).toBe('sk-written')
  })

  it.each(outages)('is dropped at once when Vault is %s', async (_, breakDown, message) => {
    const vault = await openVault()
    const store = vault.open()
    expect(await store.read(openai)).toBe(CANARY_KEY)
    await breakDown(vault)
    const error = await failureOf(store.read(openai))
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toMatch(message)
    await vault.server.start()
    vault.server.unseal()
    vault.server.setRole('active')
    vault.server.clearRequests()
    expect(await store.read(openai)).toBe(CANARY_KEY)
    expect(requestsOf(vault.server)).toContain(READ)
  })

  it('of every key is dropped when the check of one fails', async () => {
    const { server, open } = await openVault()
    server.put('secret/llm/groq', { api_key: 'sk-groq' })
    const store = open()
    await Promise.all([store.read(openai), store.read(referenceTo('groq'))])
    server.seal()
    await failureOf(store.read(openai))
    server.unseal()
    server.clearRequests()
    expect(await store.read(referenceTo('groq'))).toBe('sk-groq')
    expect(requestsOf(server)).toContain('GET secret/data/llm/groq')
  })

  it('of other keys goes on when the policy denies one', async () => {
    const { server, open } = await openVault({
      policies: { one: [{ path: 'secret/data/llm/openai', capabilities: ['read'] }] },
    })
    const store = open({ auth: { token: server.createToken({ policies: ['one'] }) } })
    await store.read(openai)
    const error = await failureOf(store.read(referenceTo('groq')))
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toMatch(/does not let this token read secret\/data\/llm\/groq/)
    server.clearRequests()
    expect(await store.read(openai)).toBe(CANARY_KEY)
    expect(requestsOf(server)).toEqual([LOOKUP])
  })
})

describe('failing closed', () => {
  it.each(outages)('no key is given out of a Vault that is %s', async (_, breakDown, message) => {
    const vault = await openVault()
    await breakDown(vault)
    const store = vault.open()
    for (const work of [store.read(openai), store.write(openai, 'sk-x'), store.remove(openai)]) {
      const error = await failureOf(work)
      expect(error).toMatchObject(unavailable)
      expect(String(error)).toMatch(message)
    }
  })

  it('nor out of one that does not answer in time', async () => {
    const { server, runtime, open } = await openVault()
    const gate = server.stall()
    const reading = failureOf(open({ timeoutMs: 2_000 }).read(openai))
    await gate.reached
    await runtime.advance(2_000)
    const error = await reading
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toContain('did not answer within 2000 ms')
    expect(runtime.sleeping()).toBe(0)
  })

  it('nor out of one that has no such mount: that is not the same as no key', async () => {
    const { open } = await openVault()
    const error = await failureOf(open({ mount: 'kv' }).read(openai))
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toMatch(/No KV v2 engine/)
  })

  it('a standby that passes requests on is as good as the active node', async () => {
    const { server, open } = await openVault()
    server.setRole('standby')
    expect(await open().read(openai)).toBe(CANARY_KEY)
  })
})

describe('the exposure window', () => {
  it('lets a leased key be used for so long after Vault last answered, and then no more', async () => {
    const { server, runtime, open } = await openVault()
    const store = open({ exposureWindowMs: 30_000 })
    await store.read(openai)
    await runtime.advance(10_000)
    await store.read(openai)
    await server.stop()
    await runtime.advance(29_999)
    expect(await store.read(openai)).toBe(CANARY_KEY)
    await runtime.advance(1)
    expect(await failureOf(store.read(openai))).toMatchObject(unavailable)
    await server.start()
    expect(await store.read(openai)).toBe(CANARY_KEY)
  })

  it('covers a lease that ends meanwhile', async () => {
    const { server, runtime, open } = await openVault()
    const store = open({ exposureWindowMs: 30_000, leaseMs: 5_000 })
    await store.read(openai)
    await server.stop()
    await runtime.advance(6_000)
    expect(await store.read(openai)).toBe(CANARY_KEY)
    await runtime.advance(24_000)
    expect(await failureOf(store.read(openai))).toMatchObject(unavailable)
  })

  it('covers a key that was never leased for nothing', async () => {
    const { server, open } = await openVault()
    server.put('secret/llm/groq', { api_key: 'sk-groq' })
    const store = open({ exposureWindowMs: 30_000 })
    await store.read(openai)
    await server.stop()
    expect(await failureOf(store.read(referenceTo('groq')))).toMatchObject(unavailable)
    expect(await store.read(openai)).toBe(CANARY_KEY)
  })

  it.each([
    ['is sealed', (vault: OpenedVault) => vault.server.seal()],
    ['has revoked the token', (vault: OpenedVault) => vault.server.revokeToken('hvs.mine')],
  ])('is not for a Vault that %s', async (_, breakDown) => {
    const vault = await openVault()
    vault.server.createToken({ token: 'hvs.mine', policies: ['root'] })
    const store = vault.open({ exposureWindowMs: 30_000, auth: { token: 'hvs.mine' } })
    await store.read(openai)
    breakDown(vault)
    expect(await failureOf(store.read(openai))).toMatchObject(unavailable)
    await vault.server.stop()
    expect(await failureOf(store.read(openai))).toMatchObject(unavailable)
  })
})

describe('concurrent reads', () => {
  it('share one request for a key, and one check for all keys', async () => {
    const { server, open } = await openVault()
    server.put('secret/llm/groq', { api_key: 'sk-groq' })
    const store = open()
    const both = Array.from({ length: 20 }, (_, index) =>
      store.read(index % 2 === 0 ? openai : referenceTo('groq')),
    )
    expect(new Set(await Promise.all(both))).toEqual(new Set([CANARY_KEY, 'sk-groq']))
    expect(requestsOf(server)).toEqual([LOOKUP, READ, 'GET secret/data/llm/groq'])
    server.clearRequests()
    await Promise.all([store.read(openai), store.read(referenceTo('groq')), store.read(openai)])
    expect(requestsOf(server)).toEqual([LOOKUP])
  })

  it('go on when one of them is aborted', async () => {
    const { server, open } = await openVault()
    const store = open()
    const gate = server.stall('secret/')
    const abort = new AbortController()
    const reads = [store.read(openai, { signal: abort.signal }), store.read(openai)] as const
    await gate.reached
    const reason = new Error('gone')
    abort.abort(reason)
    expect(await failureOf(reads[0])).toBe(reason)
    gate.open()
    expect(await reads[1]).toBe(CANARY_KEY)
    expect(requestsOf(server)).toEqual([LOOKUP, READ])
  })

  it('end their request when all of them are aborted', async () => {
    const { server, runtime, open } = await openVault()
    const gate = server.stall('secret/')
    const abort = new AbortController()
    const reading = failureOf(open().read(openai, { signal: abort.signal }))
    await gate.reached
    abort.abort('enough')
    expect(await reading).toBe('enough')
    await server.idle()
    expect(server.requests.at(-1)).toMatchObject({ path: READ.slice(4), isAborted: true })
    expect(runtime.sleeping()).toBe(0)
  })
})

describe('writing', () => {
  it('puts a new version', async () => {
    const { server, open } = await openVault()
    await open().write(openai, ' sk-new\n')
    expect(server.get('secret/llm/openai')).toEqual({ api_key: 'sk-new' })
    expect(requestsOf(server)).toEqual([LOOKUP, 'POST secret/data/llm/openai'])
  })

  it('checks and sets where it is told to: what is new, there, or deleted', async () => {
    const { server, open } = await openVault()
    const store = open({ checkAndSet: true })
    await store.write(referenceTo('groq'), 'sk-1')
    await store.write(referenceTo('groq'), 'sk-2')
    await store.remove(referenceTo('groq'))
    await store.write(referenceTo('groq'), 'sk-3')
    expect(server.get('secret/llm/groq')).toEqual({ api_key: 'sk-3' })
  })

  it('says so when somebody else wrote first', async () => {
    const { server, open } = await openVault()
    const store = open({ checkAndSet: true })
    const gate = server.stall('secret/data')
    const writes = ['sk-1', 'sk-2'].map((secret) => failureOf(store.write(openai, secret)))
    await gate.reached
    gate.open()
    const failures = (await Promise.all(writes)).filter((failure) => failure !== undefined)
    expect(failures).toMatchObject([{ code: 'conflict' }])
  })

  it('names what the policy lacks', async () => {
    const { server, open } = await openVault()
    const store = open({ auth: { token: server.createToken() } })
    const messages = await Promise.all(
      [store.write(openai, 'sk-x'), store.remove(openai)].map(async (work) =>
        String(await failureOf(work)),
      ),
    )
    expect(messages[0]).toMatch(/create and update secret\/data\/llm\/openai/)
    expect(messages[1]).toMatch(/delete secret\/data\/llm\/openai/)
  })
})

describe('what to do', () => {
  it.each([
    [{}, 'vault kv put secret/llm/openai api_key=…'],
    [{ mount: 'kv', field: 'key' }, 'vault kv put kv/llm/openai key=…'],
    [
      { mount: 'a/kv', namespace: 'team' },
      'vault kv put -namespace=team -mount=a/kv llm/openai api_key=…',
    ],
  ])('is a command: %j', async (options, command) => {
    const store = vaultSecrets({ address: 'https://vault.example:8200', ...options })
    expect(store.instruction(openai)).toBe(`Store the key with: ${command}`)
    expect(store.instruction({ providerId: 'openai', path: 'x' })).toContain('openai')
    await store.close()
  })
})

describe('closing', () => {
  it('ends what runs, gives nothing out afterwards, and can be done twice', async () => {
    const { server, runtime, open } = await openVault()
    const store = open()
    const gate = server.stall('secret/')
    const work = [store.read(openai), store.write(openai, 'sk-x')].map(failureOf)
    await gate.reached
    await Promise.all([store.close(), store.close()])
    for (const failure of await Promise.all(work)) expect(failure).toMatchObject(unavailable)
    for (const late of [store.read(openai), store.write(openai, 'x'), store.remove(openai)]) {
      expect(String(await failureOf(late))).toContain('is closed')
    }
    expect(runtime.sleeping()).toBe(0)
  })
})

describe('options', () => {
  const address = 'https://vault.example:8200'

  it.each([
    [{}, '`address`'],
    [{ address: 'vault.example' }, '`address`'],
    [{ address: 'ftp://vault.example' }, '`address`'],
    [{ address: 'https://user:canary@vault.example' }, '`address`'],
    [{ address, auth: { token: '' } }, '`auth.token`'],
    [{ address, auth: { token: 'canary\n' } }, '`auth.token`'],
    [{ address, auth: { appRole: { roleId: 'x', secretId: 'canary…' } } }, 'secretId`'],
    [{ address, auth: { appRole: { roleId: '', secretId: 'canary' } } }, 'roleId`'],
    [{ address, auth: { appRole: () => ({ roleId: '', secretId: '' }), mount: '../x' } }, 'mount'],
    [{ address, mount: '' }, '`mount`'],
    [{ address, mount: 'a//b' }, '`mount`'],
    [{ address, namespace: 'a\nb' }, '`namespace`'],
    [{ address, field: '' }, '`field`'],
    [{ address, timeoutMs: 0 }, '`timeoutMs`'],
    [{ address, leaseMs: -1 }, '`leaseMs`'],
    [{ address, exposureWindowMs: Number.NaN }, '`exposureWindowMs`'],
  ])('are refused, named and unshown: %j', (options, name) => {
    const runtime = { ...noEnvironment }
    const make = () => vaultSecrets({ runtime, ...options })
    expect(make).toThrow(ConfigError)
    expect(make).toThrow(name)
    expect(make).not.toThrow(/canary/)
  })

  it('that are right reach nobody before the first call', async () => {
    const store = vaultSecrets({ address, auth: { token: 'x' } })
    await store.close()
    expect(ImrsError.is(await failureOf(store.read(openai)))).toBe(true)
  })
})

const noEnvironment = {
  monotonic: () => 0,
  sleep: () => Promise.resolve(),
  environment: () => undefined,
}
