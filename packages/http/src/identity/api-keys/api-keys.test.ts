import type { Router } from '@imrs/router'
import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { memoryStore } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { bodyOf, identityOf, openDoor, statedIdentity } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import type { MadeApiKeyWire } from '../../routes/api-keys/api-key-wire.ts'
import type { Authenticator, Identity } from '../identity.ts'
import { apiKeyAuthentication } from './api-key-authentication.ts'

const PATH = '/api/v2/admin/api-keys'
const admin = identityOf('tenant_admin')

interface KeyedDoor extends OpenDoor {
  readonly make: (body: object, as?: Identity, query?: string) => Promise<MadeApiKeyWire>
  /** The status that a request with a key gets. */
  readonly use: (key: string, path?: string) => Promise<number>
}

async function openKeyed(): Promise<KeyedDoor> {
  const store = memoryStore()
  const late: { router?: Router } = {}
  const keys: Authenticator = {
    kind: 'bearer',
    authenticate: async (request) => {
      if (late.router === undefined) throw new Error('The door is not open yet')
      return apiKeyAuthentication({ router: late.router }).authenticate(request)
    },
  }
  const door = await openDoor({
    router: { store },
    http: { authentication: [keys, statedIdentity], rateLimits: { write: 1000, read: 1000 } },
  })
  late.router = door.router
  return {
    ...door,
    make: async (body, as = admin, query = '') =>
      bodyOf<MadeApiKeyWire>(await door.send({ path: `${PATH}${query}`, as, body }), 201),
    use: async (key, path = '/api/models') => {
      const headers = { authorization: `Bearer ${key}` }
      return (await door.send({ path, as: null, headers })).status
    },
  }
}

describe('an API key', () => {
  it('lets a machine in, as what it was made for', async () => {
    const { make, use, send } = await openKeyed()
    const made = await make({ label: 'builds', roles: ['agent'], agent_ids: ['own'] })
    expect(made).toMatchObject({
      key: expect.stringMatching(/^imrs_[0-9a-f]{32}_[\w-]{43}$/) as unknown,
      tenant_id: 'default',
      label: 'builds',
      roles: ['agent'],
      agent_ids: ['own'],
      created_by: admin.actor,
      expires_at: null,
      revoked_at: null,
    })
    expect(await use(made.key)).toBe(200)
    expect(await use(made.key, '/api/v2/budgets')).toBe(403)
    const headers = { authorization: `Bearer ${made.key}`, accept: 'application/json' }
    const messages = [{ role: 'user', content: 'Hello' }]
    const ask = async (agentId: string): Promise<number> =>
      (
        await send({
          path: '/api/chat',
          as: null,
          headers,
          body: { messages, model: 'auto', agentId },
        })
      ).status
    expect(await ask('own')).toBe(200)
    expect(await ask('other')).toBe(403)
    // What belongs to a user alone is not a machine's.
    expect(await use(made.key, '/api/preferences')).toBe(403)
  })

  it('is shown once, and its hash never', async () => {
    const { make, send } = await openKeyed()
    const { key, id } = await make({ label: 'x', roles: ['agent'] })
    const list = await (await send({ path: PATH, as: admin })).text()
    const audit = await (await send({ path: '/api/v2/admin/audit', as: admin })).text()
    expect(list).toContain(id)
    for (const text of [list, audit]) {
      expect(text).not.toContain(key.slice(38))
      expect(text).not.toMatch(/hash|[0-9a-f]{64}/)
    }
  })

  it('is refused when a letter is wrong, with another’s secret, and when it is none', async () => {
    const { make, use } = await openKeyed()
    const [one, two] = [
      await make({ label: '1', roles: ['agent'] }),
      await make({ label: '2', roles: ['agent'] }),
    ]
    const wrong = `${one.key.slice(0, -1)}${one.key.endsWith('A') ? 'B' : 'A'}`
    const mixed = one.key.slice(0, 38) + two.key.slice(38)
    for (const key of [
      wrong,
      mixed,
      'imrs_',
      'imrs_x_y',
      one.key.slice(0, 37),
      `${one.key}x`,
      one.key.toUpperCase(),
    ]) {
      if (!key.startsWith('imrs_')) continue
      expect(await use(key), key.slice(0, 8)).toBe(401)
    }
    expect(await use(one.key)).toBe(200)
  })

  it('is refused from the moment it expires', async () => {
    const { make, use, runtime, send } = await openKeyed()
    const expires = new Date(runtime.now() + 60_000).toISOString()
    const { key } = await make({ label: 'x', roles: ['agent'], expires_at: expires })
    expect(await use(key)).toBe(200)
    await runtime.advance(59_999)
    expect(await use(key)).toBe(200)
    await runtime.advance(1)
    expect(await use(key)).toBe(401)
    const past = { label: 'x', roles: ['agent'], expires_at: new Date(runtime.now()).toISOString() }
    const refused = await send({ path: PATH, as: admin, body: past })
    expect(await bodyOf(refused, 400)).toMatchObject({ error: { field: 'expires_at' } })
  })

  it('is refused at once where it was revoked, and for good', async () => {
    const { make, use, send } = await openKeyed()
    const { key, id } = await make({ label: 'x', roles: ['agent'] })
    expect(await use(key)).toBe(200)
    const revoke = async (as = admin): Promise<Response> =>
      send({ method: 'DELETE', path: `${PATH}/${id}`, as })
    expect((await revoke(identityOf('tenant_admin', { tenantId: 'other' }))).status).toBe(404)
    expect(await use(key)).toBe(200)
    const { revoked_at: at } = await bodyOf<{ revoked_at: string }>(await revoke())
    expect(await use(key)).toBe(401)
    expect(await bodyOf(await revoke())).toMatchObject({ revoked_at: at })
  })

  it('is refused by every other process within a second', async () => {
    const store = memoryStore()
    const here = await openDoor({ router: { store } })
    // Nobody tells it of changes: it has to ask.
    const there = await createRouter({
      store: { ...store, changes: { versions: async (topics) => store.changes.versions(topics) } },
      secrets: memorySecrets(),
      providers: [],
      unconfiguredAgents: 'all',
      runtime: here.runtime,
    })
    onTestFinished(() => there.close())
    const { key, id } = await here.router.apiKeys.create({ label: 'x', roles: ['agent'] })
    expect(await there.apiKeys.verify(key)).toMatchObject({ id })
    await store.apiKeys.revoke({ id, atMs: here.runtime.now() })
    await here.runtime.advance(1000)
    expect(await there.apiKeys.verify(key)).toBeUndefined()
  })

  it('goes on for a minute while the store is down, and no new one is believed', async () => {
    const store = memoryStore()
    const { router, runtime } = await openDoor({ router: { store } })
    const known = await router.apiKeys.create({ label: 'x', roles: ['agent'] })
    const unknown = await router.apiKeys.create({ label: 'y', roles: ['agent'] })
    await router.apiKeys.verify(known.key)
    await store.close()
    await runtime.advance(30_000)
    expect(await router.apiKeys.verify(known.key)).toMatchObject({ id: known.id })
    await expect(router.apiKeys.verify(unknown.key)).rejects.toMatchObject({
      code: 'store-unavailable',
    })
    await runtime.advance(30_000)
    await expect(router.apiKeys.verify(known.key)).rejects.toMatchObject({
      code: 'store-unavailable',
    })
  })

  it('says when it was used last, to five minutes', async () => {
    const { make, use, router, runtime } = await openKeyed()
    const { key } = await make({ label: 'x', roles: ['agent'] })
    const lastUse = async (): Promise<number | undefined> =>
      (await router.apiKeys.list())[0]?.lastUsedAtMs
    const first = runtime.now()
    await use(key)
    await expect.poll(lastUse).toBe(first)
    await runtime.advance(100_000)
    await use(key)
    expect(await lastUse()).toBe(first)
    await runtime.advance(200_000)
    await use(key)
    await expect.poll(lastUse).toBe(first + 300_000)
  })
})

describe('who makes a key', () => {
  it('gives no role above their own', async () => {
    const { send, make } = await openKeyed()
    for (const roles of [['platform_admin'], ['agent', 'platform_admin']]) {
      const refused = await send({ path: PATH, as: admin, body: { label: 'x', roles } })
      expect(await bodyOf(refused, 403)).toMatchObject({ error: { field: 'roles' } })
    }
    await make({ label: 'x', roles: ['platform_admin'] }, identityOf('platform_admin'))
  })

  it('makes it for their own tenant, unless they are a platform admin', async () => {
    const { send, make, use } = await openKeyed()
    const body = { label: 'x', roles: ['tenant_admin'] }
    expect((await send({ path: `${PATH}?tenant_id=other`, as: admin, body })).status).toBe(403)
    const made = await make(body, identityOf('platform_admin'), '?tenant_id=other')
    expect(made.tenant_id).toBe('other')
    expect(await use(made.key, '/api/v2/budgets')).toBe(200)
    expect(await use(made.key, '/api/v2/budgets?tenant_id=default')).toBe(403)
    expect((await send({ path: PATH, as: admin })).status).toBe(200)
    expect(await (await send({ path: PATH, as: admin })).text()).not.toContain(made.id)
  })

  it('is no machine, and is not bound to some agents', async () => {
    const { send, make } = await openKeyed()
    const { key } = await make({ label: 'x', roles: ['tenant_admin'] })
    const body = { label: 'y', roles: ['agent'] }
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    expect((await send({ path: PATH, as: null, headers, body })).status).toBe(403)
    const bound = identityOf('tenant_admin', { agentIds: ['own'] })
    expect((await send({ path: PATH, as: bound, body })).status).toBe(403)
  })

  it('is in the audit', async () => {
    const { make, send } = await openKeyed()
    const { id } = await make({ label: 'x', roles: ['agent'] })
    await send({ method: 'DELETE', path: `${PATH}/${id}`, as: admin })
    const { items } = await bodyOf<{ items: readonly object[] }>(
      await send({ path: '/api/v2/admin/audit', as: admin }),
    )
    expect(items).toMatchObject([
      { action: 'api-key-revoked', subject: id, actor: admin.actor },
      {
        action: 'api-key-created',
        subject: id,
        actor: admin.actor,
        details: { label: 'x', roles: ['agent'] },
      },
    ])
  })
})
