import type { JsonObject } from '@imrs/core'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createTestRuntime } from '../host/index.ts'
import type { TestRuntime } from '../host/index.ts'
import { startVaultServer } from './index.ts'
import type { VaultServer, VaultServerOptions } from './index.ts'

interface Opened {
  readonly server: VaultServer
  readonly runtime: TestRuntime
}

async function open(options: VaultServerOptions = {}): Promise<Opened> {
  const runtime = createTestRuntime()
  const server = await startVaultServer({ runtime, ...options })
  onTestFinished(() => server.close())
  return { server, runtime }
}

interface Ask {
  readonly token?: string
  readonly body?: unknown
  readonly namespace?: string
}

interface Answer {
  readonly status: number
  readonly body: JsonObject & {
    readonly data?: JsonObject
    readonly auth?: JsonObject
    readonly errors?: readonly string[]
  }
}

async function ask(server: VaultServer, what: string, options: Ask = {}): Promise<Answer> {
  const [method = '', path = ''] = what.split(' ')
  const response = await fetch(`${server.url}/v1/${path}`, {
    method,
    headers: {
      ...(options.token === undefined ? {} : { 'X-Vault-Token': options.token }),
      ...(options.namespace === undefined ? {} : { 'X-Vault-Namespace': options.namespace }),
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
}

const path = 'secret/data/llm/openai'
const token = 'root-token'

function write(server: VaultServer, key: string, cas?: number): Promise<Answer> {
  const options = cas === undefined ? {} : { options: { cas } }
  return ask(server, `POST ${path}`, { token, body: { data: { api_key: key }, ...options } })
}

describe('KV v2', () => {
  it('keeps versions, and reads the newest or the one that is asked for', async () => {
    const { server } = await open()
    expect((await write(server, 'one')).body.data).toMatchObject({ version: 1, destroyed: false })
    expect((await write(server, 'two')).body.data).toMatchObject({ version: 2 })
    const newest = await ask(server, `GET ${path}`, { token })
    expect(newest.body.data).toMatchObject({ data: { api_key: 'two' }, metadata: { version: 2 } })
    const first = await ask(server, `GET ${path}?version=1`, { token })
    expect(first.body.data).toMatchObject({ data: { api_key: 'one' } })
    expect((await ask(server, `GET ${path}?version=3`, { token })).status).toBe(404)
  })

  it('says nothing of what is not there', async () => {
    const { server } = await open()
    expect(await ask(server, `GET ${path}`, { token })).toEqual({
      status: 404,
      body: { errors: [] },
    })
  })

  it('checks and sets', async () => {
    const { server } = await open()
    expect((await write(server, 'one', 0)).status).toBe(200)
    expect(await write(server, 'two', 0)).toMatchObject({
      status: 400,
      body: { errors: ['check-and-set parameter did not match the current version'] },
    })
    expect((await write(server, 'two', 1)).status).toBe(200)
    const settings = { cas_required: true }
    await ask(server, 'POST secret/metadata/llm/openai', { token, body: settings })
    expect(await write(server, 'three')).toMatchObject({
      status: 400,
      body: { errors: ['check-and-set parameter required for this call'] },
    })
  })

  it('deletes, undeletes and destroys', async () => {
    const { server } = await open()
    await write(server, 'one')
    expect((await ask(server, `DELETE ${path}`, { token })).status).toBe(204)
    const deleted = await ask(server, `GET ${path}`, { token })
    expect(deleted.status).toBe(404)
    expect(deleted.body.data).toMatchObject({ data: null, metadata: { version: 1 } })
    const body = { versions: [1] }
    await ask(server, 'POST secret/undelete/llm/openai', { token, body })
    expect((await ask(server, `GET ${path}`, { token })).status).toBe(200)
    await ask(server, 'POST secret/destroy/llm/openai', { token, body })
    await ask(server, 'POST secret/undelete/llm/openai', { token, body })
    const destroyed = await ask(server, `GET ${path}`, { token })
    expect(destroyed.status).toBe(404)
    expect(destroyed.body.data).toMatchObject({ metadata: { destroyed: true } })
  })

  it('tells and forgets metadata, lists keys, and keeps ten versions', async () => {
    const { server } = await open()
    for (let count = 1; count <= 12; count += 1) await write(server, `key ${count}`)
    server.put('secret/team/a', { api_key: 'x' })
    const metadata = await ask(server, 'GET secret/metadata/llm/openai', { token })
    expect(metadata.body.data).toMatchObject({ current_version: 12, oldest_version: 3 })
    const list = await ask(server, 'GET secret/metadata/?list=true', { token })
    expect(list.body.data).toEqual({ keys: ['llm/', 'team/'] })
    await ask(server, 'DELETE secret/metadata/llm/openai', { token })
    expect((await ask(server, 'GET secret/metadata/llm/openai', { token })).status).toBe(404)
  })

  it.each([
    [{ nothing: 1 }, 'no data provided'],
    ['{', 'failed to parse JSON input'],
  ])('refuses %j', async (body, message) => {
    const { server } = await open()
    expect(await ask(server, `POST ${path}`, { token, body })).toEqual({
      status: 400,
      body: { errors: [message] },
    })
  })

  it('answers for its mounts alone, and other engines can be mounted', async () => {
    const { server } = await open()
    const there = 'other/data/llm/openai'
    const answer = await ask(server, `GET ${there}`, { token })
    expect(answer.status).toBe(404)
    expect(answer.body.errors?.[0]).toContain('no handler for route')
    const body = { type: 'kv', options: { version: '2' } }
    expect((await ask(server, 'POST sys/mounts/other', { token, body })).status).toBe(204)
    expect(await ask(server, `GET ${there}`, { token })).toMatchObject({ body: { errors: [] } })
    await ask(server, 'DELETE sys/mounts/other', { token })
    expect((await ask(server, `GET ${there}`, { token })).body.errors).toHaveLength(1)
  })
})

describe('tokens', () => {
  it('look themselves up', async () => {
    const { server } = await open()
    const lookup = await ask(server, 'GET auth/token/lookup-self', { token })
    expect(lookup.body.data).toMatchObject({ ttl: 0, expire_time: null, policies: ['root'] })
  })

  it.each([undefined, 'hvs.unknown'])('are needed: %s does not do', async (given) => {
    const { server } = await open()
    const answer = await ask(server, `GET ${path}`, given === undefined ? {} : { token: given })
    expect(answer.status).toBe(403)
    expect(answer.body.errors?.[0]).toContain('permission denied')
  })

  it('end with the runtime’s clock, unless they are renewed in time', async () => {
    const { server, runtime } = await open()
    const [kept, lost] = [60_000, 60_000].map((ttlMs) => server.createToken({ ttlMs }))
    await runtime.advance(40_000)
    const renewal = await ask(server, 'POST auth/token/renew-self', { token: kept ?? '' })
    expect(renewal.body.auth).toMatchObject({ lease_duration: 60, renewable: true })
    await runtime.advance(20_000)
    const lookup = (given = ''): Promise<Answer> =>
      ask(server, 'GET auth/token/lookup-self', { token: given })
    expect((await lookup(kept)).body.data).toMatchObject({ ttl: 40 })
    expect((await lookup(lost)).status).toBe(403)
  })

  it('are renewed for as long as is asked, never beyond their maximum', async () => {
    const { server, runtime } = await open()
    const given = server.createToken({ ttlMs: 60_000, maxTtlMs: 90_000 })
    await runtime.advance(50_000)
    const renew = (increment?: string | number): Promise<Answer> =>
      ask(server, 'POST auth/token/renew-self', {
        token: given,
        body: increment === undefined ? {} : { increment },
      })
    expect((await renew('20s')).body.auth).toMatchObject({ lease_duration: 20 })
    expect((await renew(30)).body.auth).toMatchObject({ lease_duration: 30 })
    expect((await renew('1h')).body.auth).toMatchObject({ lease_duration: 40 })
  })

  it('that are not renewable say so, and revoked ones are gone', async () => {
    const { server } = await open()
    const given = server.createToken({ ttlMs: 60_000, isRenewable: false })
    expect(await ask(server, 'POST auth/token/renew-self', { token: given })).toMatchObject({
      status: 400,
      body: { errors: ['lease is not renewable'] },
    })
    expect((await ask(server, 'POST auth/token/revoke-self', { token: given })).status).toBe(204)
    expect((await ask(server, 'GET auth/token/lookup-self', { token: given })).status).toBe(403)
  })

  it('do what their policies allow, path by path', async () => {
    const { server } = await open({
      policies: {
        reader: [{ path: 'secret/data/llm/*', capabilities: ['read'] }],
        writer: [{ path: 'secret/data/+/openai', capabilities: ['create', 'delete'] }],
      },
    })
    const reader = server.createToken({ policies: ['reader'] })
    const writer = server.createToken({ policies: ['writer'] })
    const statusOf = async (what: string, given: string): Promise<number> =>
      (await ask(server, what, { token: given, body: undefined })).status
    expect(await statusOf(`GET ${path}`, reader)).toBe(404)
    expect(await statusOf('GET secret/data/other', reader)).toBe(403)
    expect(await statusOf(`DELETE ${path}`, reader)).toBe(403)
    expect(await statusOf(`DELETE ${path}`, writer)).toBe(204)
    expect(await statusOf(`GET ${path}`, writer)).toBe(403)
    const body = { data: { api_key: 'x' } }
    expect((await ask(server, `POST ${path}`, { token: writer, body })).status).toBe(200)
    expect((await ask(server, `POST ${path}`, { token: writer, body })).status).toBe(403)
    server.setPolicy('writer', [{ path: '*', capabilities: ['deny'] }])
    expect(await statusOf(`DELETE ${path}`, writer)).toBe(403)
  })

  it('count in their namespace alone, and so do secrets', async () => {
    const { server } = await open({ namespaces: ['team-a', 'team-b'] })
    server.put({ path: 'secret/llm/openai', namespace: 'team-a' }, { api_key: 'of team a' })
    const rules = [{ path: 'secret/data/*', capabilities: ['read'] }] as const
    server.setPolicy('reader', rules)
    const given = server.createToken({ policies: ['reader'], namespace: 'team-a' })
    const read = (namespace: string, by = given): Promise<Answer> =>
      ask(server, `GET ${path}`, { token: by, namespace })
    expect((await read('team-a/')).body.data).toMatchObject({ data: { api_key: 'of team a' } })
    expect((await read('team-b')).status).toBe(403)
    expect((await read('')).status).toBe(403)
    expect((await read('team-b', token)).body).toEqual({ errors: [] })
    expect((await read('team-c', token)).body.errors?.[0]).toContain('no handler for route')
  })
})

describe('AppRole', () => {
  const login = (server: VaultServer, body: unknown, mount = 'approle'): Promise<Answer> =>
    ask(server, `POST auth/${mount}/login`, { body })

  it('gives out tokens of the role', async () => {
    const { server } = await open()
    const { roleId, secretId } = server.createAppRole({ ttlMs: 60_000, policies: ['reader'] })
    const { body } = await login(server, { role_id: roleId, secret_id: secretId })
    expect(body.auth).toMatchObject({ lease_duration: 60, policies: ['default', 'reader'] })
  })

  it('refuses what does not fit together, and secret ids that are used up', async () => {
    const { server } = await open()
    const role = server.createAppRole({ secretIdUses: 1, mount: 'apps' })
    const ids = { role_id: role.roleId, secret_id: role.secretId }
    const refusal = { status: 400, body: { errors: ['invalid role or secret ID'] } }
    expect(await login(server, ids)).toEqual(refusal)
    expect(await login(server, { ...ids, secret_id: 'x' }, 'apps')).toEqual(refusal)
    expect((await login(server, ids, 'apps')).status).toBe(200)
    expect(await login(server, ids, 'apps')).toEqual(refusal)
    const next = { ...ids, secret_id: role.newSecretId() }
    role.revokeSecretIds()
    expect(await login(server, next, 'apps')).toEqual(refusal)
  })
})

describe('the node', () => {
  const health = (server: VaultServer, query = ''): Promise<Answer> =>
    ask(server, `GET sys/health${query}`)

  it('tells its health as Vault does', async () => {
    const { server } = await open()
    expect(await health(server)).toMatchObject({ status: 200, body: { sealed: false } })
    server.setRole('standby')
    expect(await health(server)).toMatchObject({ status: 429, body: { standby: true } })
    expect((await health(server, '?standbyok=true')).status).toBe(200)
    server.seal()
    expect(await health(server)).toMatchObject({ status: 503, body: { sealed: true } })
    expect((await health(server, '?sealedcode=299')).status).toBe(299)
  })

  it('answers nothing else while it is sealed or finds no leader, and everything after', async () => {
    const { server } = await open()
    const read = (): Promise<Answer> => ask(server, `GET ${path}`, { token })
    server.seal()
    expect(await read()).toEqual({ status: 503, body: { errors: ['Vault is sealed'] } })
    server.unseal()
    server.setRole('leaderless')
    expect(await read()).toMatchObject({ status: 500 })
    expect((await ask(server, 'GET sys/leader')).body).toMatchObject({ leader_address: '' })
    server.setRole('standby')
    expect((await read()).status).toBe(404)
  })

  it('is stopped and started on the same port, with everything as it was', async () => {
    const { server } = await open()
    server.put('secret/llm/openai', { api_key: 'kept' })
    await server.stop()
    await server.stop()
    await expect(health(server)).rejects.toThrow('fetch failed')
    await server.start()
    await server.start()
    expect((await ask(server, `GET ${path}`, { token })).body.data).toMatchObject({
      data: { api_key: 'kept' },
    })
  })

  it('lets requests wait at a gate, those below a path only where one is given', async () => {
    const { server } = await open()
    const gate = server.stall('secret/')
    const waiting = ask(server, `GET ${path}`, { token })
    await gate.reached
    expect((await health(server)).status).toBe(200)
    expect(server.requests[0]).toMatchObject({ status: undefined })
    gate.open()
    expect((await waiting).status).toBe(404)
  })

  it('cuts waiting requests when it stops, and notes it', async () => {
    const { server } = await open()
    const gate = server.stall()
    const waiting = health(server)
    await gate.reached
    await server.stop()
    await expect(waiting).rejects.toThrow()
    await server.idle()
    expect(server.requests).toMatchObject([{ path: 'sys/health', isAborted: true }])
  })

  it('notes requests without anything secret', async () => {
    const { server } = await open()
    await write(server, 'canary-key')
    await ask(server, `GET ${path}`, { token: 'canary-token' })
    expect(server.requests).toMatchObject([
      { number: 1, method: 'POST', path, token: 'valid', status: 200 },
      { number: 2, method: 'GET', path, token: 'invalid', status: 403 },
    ])
    expect(JSON.stringify(server.requests)).not.toMatch(/canary|root-token/)
    server.clearRequests()
    expect(server.requests).toEqual([])
  })
})

it.each([{ port: -1 }, { port: 70_000 }, { mounts: ['/secret/'] }, { mounts: ['a b'] }])(
  'refuses %j',
  async (options) => {
    await expect(startVaultServer(options)).rejects.toMatchObject({ code: 'invalid-config' })
  },
)
