import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { TestRuntime } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import {
  CANARY_KEY,
  failureOf,
  openVault,
  openai,
  referenceTo,
  requestsOf,
} from '../__fixtures__/open-vault.ts'

const LOOKUP = 'GET auth/token/lookup-self'
const LOGIN = 'POST auth/approle/login'
const RENEW = 'POST auth/token/renew-self'
const READ = 'GET secret/data/llm/openai'
const MINUTE_MS = 60_000
const DEADLINE_MS = 3_000
const unavailable = { code: 'secret-store-unavailable' }
const root = { policies: ['root'] }

describe('a token that was given', () => {
  it('is renewed after two thirds of its life, before the key is read', async () => {
    const { server, runtime, open } = await openVault()
    const token = server.createToken({ ...root, ttlMs: MINUTE_MS })
    const store = open({ auth: { token }, leaseMs: 0 })
    await store.read(openai)
    await runtime.advance(39_999)
    await store.read(openai)
    expect(requestsOf(server)).toEqual([LOOKUP, READ, READ])
    await runtime.advance(1)
    server.clearRequests()
    await store.read(openai)
    expect(requestsOf(server)).toEqual([RENEW, READ])
    await runtime.advance(59_000)
    expect(await store.read(openai)).toBe(CANARY_KEY)
  })

  it('lives on as long as it is used now and then', async () => {
    const { server, runtime, open } = await openVault()
    const token = server.createToken({ ...root, ttlMs: MINUTE_MS })
    const store = open({ auth: { token } })
    for (let count = 0; count < 20; count += 1) {
      expect(await store.read(openai)).toBe(CANARY_KEY)
      await runtime.advance(50_000)
    }
    expect(requestsOf(server).filter((request) => request === RENEW)).toHaveLength(19)
  })

  it('is renewed once for many readers', async () => {
    const { server, runtime, open } = await openVault()
    server.put('secret/llm/groq', { api_key: 'sk-groq' })
    const store = open({
      auth: { token: server.createToken({ ...root, ttlMs: MINUTE_MS }) },
      leaseMs: 0,
    })
    await store.read(openai)
    await runtime.advance(45_000)
    server.clearRequests()
    await Promise.all([store.read(openai), store.read(referenceTo('groq')), store.read(openai)])
    expect(requestsOf(server).filter((request) => request === RENEW)).toHaveLength(1)
  })

  it('is used to its end when it cannot be renewed, and then nothing is', async () => {
    const { server, runtime, open } = await openVault()
    const token = server.createToken({ ...root, ttlMs: MINUTE_MS, isRenewable: false })
    const store = open({ auth: { token } })
    await store.read(openai)
    await runtime.advance(50_000)
    await store.read(openai)
    server.clearRequests()
    await store.read(openai)
    expect(requestsOf(server)).toEqual([LOOKUP])
    await runtime.advance(10_000)
    const error = await failureOf(store.read(openai))
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toContain('does not accept the token')
  })

  it('that is revoked counts at once, leased keys or not', async () => {
    const { server, open } = await openVault()
    const token = server.createToken(root)
    const store = open({ auth: { token } })
    await store.read(openai)
    server.revokeToken(token)
    expect(await failureOf(store.read(openai))).toMatchObject(unavailable)
    expect(await failureOf(store.read(openai))).toMatchObject(unavailable)
  })

  it('still counts when its renewal cannot be done now', async () => {
    const { server, runtime, open } = await openVault()
    const store = open({
      auth: { token: server.createToken({ ...root, ttlMs: MINUTE_MS }) },
      exposureWindowMs: 50_000,
    })
    await store.read(openai)
    await server.stop()
    await runtime.advance(45_000)
    expect(await store.read(openai)).toBe(CANARY_KEY)
    await server.start()
    server.clearRequests()
    expect(await store.read(openai)).toBe(CANARY_KEY)
    expect(requestsOf(server)).toEqual([RENEW, LOOKUP])
  })

  it('may come from a function, which is asked again when the last one has ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'imrs-vault-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const sink = join(folder, 'token')
    const { server, runtime, open } = await openVault()
    const first = server.createToken({ ...root, ttlMs: MINUTE_MS, isRenewable: false })
    await writeFile(sink, `${first}\n`)
    const store = open({ auth: { token: () => readFile(sink, 'utf8') } })
    expect(await store.read(openai)).toBe(CANARY_KEY)
    await writeFile(sink, server.createToken({ ...root, ttlMs: 10 * MINUTE_MS }))
    await runtime.advance(MINUTE_MS)
    expect(await store.read(openai)).toBe(CANARY_KEY)
  })

  it('is missed with a word on where it is looked for', async () => {
    const { open } = await openVault()
    const error = await failureOf(open({ auth: undefined }).read(openai))
    expect(error).toMatchObject(unavailable)
    expect(String(error)).toContain('VAULT_TOKEN')
  })
})

describe('AppRole', () => {
  it('logs in when the first key is read, once for many readers', async () => {
    const { server, open } = await openVault()
    const { roleId, secretId } = server.createAppRole({ ...root, ttlMs: MINUTE_MS })
    const store = open({ auth: { appRole: { roleId, secretId } } })
    const reads = await Promise.all([
      store.read(openai),
      store.read(openai),
      store.read(referenceTo('groq')),
    ])
    expect(reads).toEqual([CANARY_KEY, CANARY_KEY, undefined])
    expect(requestsOf(server).filter((request) => request === LOGIN)).toHaveLength(1)
    expect(server.requests[0]).toMatchObject({ token: 'missing', status: 200 })
  })

  it('renews, and logs in anew near the end of what can be renewed', async () => {
    const { server, runtime, open } = await openVault()
    const role = server.createAppRole({ ...root, ttlMs: MINUTE_MS, maxTtlMs: 100_000 })
    const store = open({ auth: { appRole: () => role }, leaseMs: 0 })
    await store.read(openai)
    const next = async (): Promise<string[]> => {
      await runtime.advance(41_000)
      server.clearRequests()
      expect(await store.read(openai)).toBe(CANARY_KEY)
      return requestsOf(server)
    }
    expect(await next()).toEqual([RENEW, READ])
    expect(await next()).toEqual([RENEW, LOGIN, READ])
    expect(await next()).toEqual([RENEW, READ])
  })

  it('logs in anew where tokens cannot be renewed', async () => {
    const { server, runtime, open } = await openVault()
    const role = server.createAppRole({ ...root, ttlMs: MINUTE_MS, isRenewable: false })
    const store = open({ auth: { appRole: role }, leaseMs: 0 })
    await store.read(openai)
    await runtime.advance(41_000)
    server.clearRequests()
    await store.read(openai)
    expect(requestsOf(server)).toEqual([LOGIN, READ])
  })

  it('logs in anew when its token is gone, whether it reads or checks', async () => {
    const { server, runtime, open } = await openVault()
    const role = server.createAppRole({ ...root, ttlMs: 60 * MINUTE_MS })
    const store = open({ auth: { appRole: role, mount: 'approle' } })
    await store.read(openai)
    await runtime.advance(120 * MINUTE_MS)
    server.clearRequests()
    expect(await store.read(openai)).toBe(CANARY_KEY)
    expect(requestsOf(server)).toEqual([LOGIN, READ])
  })

  it('asks for ids again at each login, so that a secret id may be replaced', async () => {
    const { server, runtime, open } = await openVault()
    const role = server.createAppRole({ ...root, ttlMs: MINUTE_MS, secretIdUses: 1 })
    let { secretId } = role
    const appRole = async (): Promise<{ roleId: string; secretId: string }> => ({
      roleId: role.roleId,
      secretId,
    })
    const store = open({ auth: { appRole } })
    await store.read(openai)
    await runtime.advance(2 * MINUTE_MS)
    expect(String(await failureOf(store.read(openai)))).toContain('refused the AppRole login')
    secretId = role.newSecretId()
    expect(await store.read(openai)).toBe(CANARY_KEY)
  })

  it('is found where it is mounted, in its namespace', async () => {
    const { server, open } = await openVault({ namespaces: ['team-a'] })
    server.put({ path: 'secret/llm/openai', namespace: 'team-a' }, { api_key: 'sk-a' })
    const role = server.createAppRole({ ...root, mount: 'apps', namespace: 'team-a' })
    const auth = { appRole: role, mount: 'apps' }
    expect(await open({ auth, namespace: 'team-a' }).read(openai)).toBe('sk-a')
    expect(await failureOf(open({ auth }).read(openai))).toMatchObject(unavailable)
  })

  it('does not log in again because of what a policy denies', async () => {
    const { server, open } = await openVault()
    const store = open({ auth: { appRole: server.createAppRole({ ttlMs: MINUTE_MS }) } })
    await failureOf(store.read(openai))
    server.clearRequests()
    expect(String(await failureOf(store.read(openai)))).toContain('does not let this token read')
    expect(requestsOf(server)).toEqual([READ, LOOKUP])
  })

  it('logs in anew once, not for ever, where tokens cannot look themselves up', async () => {
    const { server, open } = await openVault()
    const role = server.createAppRole({ ttlMs: MINUTE_MS, hasDefaultPolicy: false })
    const store = open({ auth: { appRole: role } })
    expect(await failureOf(store.read(openai))).toMatchObject(unavailable)
    expect(requestsOf(server)).toEqual([LOGIN, READ, LOOKUP, LOGIN, READ])
  })
})

describe('renewal in the background', () => {
  it('goes on while nothing is read, and stops with the store', async () => {
    const { server, runtime, open } = await openVault()
    const token = server.createToken({ ...root, ttlMs: MINUTE_MS })
    const watched = watchSleeps(runtime)
    const store = open({
      auth: { token },
      renewal: 'background',
      runtime: watched.runtime,
      timeoutMs: DEADLINE_MS,
    })
    let asleep = watched.nextLongSleep()
    await store.read(openai)
    for (let count = 0; count < 10; count += 1) {
      expect(await asleep).toBe(40_000)
      asleep = watched.nextLongSleep()
      await runtime.advance(40_000)
    }
    await asleep
    expect(requestsOf(server).filter((request) => request === RENEW)).toHaveLength(10)
    expect(await store.read(openai)).toBe(CANARY_KEY)
    await store.close()
    expect(runtime.sleeping()).toBe(0)
  })

  it('tries again soon while Vault cannot be reached', async () => {
    const { server, runtime, open } = await openVault()
    const token = server.createToken({ ...root, ttlMs: MINUTE_MS })
    const watched = watchSleeps(runtime)
    const store = open({
      auth: { token },
      renewal: 'background',
      runtime: watched.runtime,
      timeoutMs: DEADLINE_MS,
    })
    let asleep = watched.nextLongSleep()
    await store.read(openai)
    await asleep
    await server.stop()
    asleep = watched.nextLongSleep()
    await runtime.advance(40_000)
    expect(await asleep).toBe(5_000)
    await server.start()
    asleep = watched.nextLongSleep()
    await runtime.advance(5_000)
    expect(await asleep).toBe(40_000)
  })

  it('has no timer for a token without end, nor where it was not asked for', async () => {
    const { server, runtime, open } = await openVault()
    const auth = { token: server.createToken({ ...root, ttlMs: MINUTE_MS }) }
    await open({ renewal: 'background' }).read(openai)
    await open({ auth }).read(openai)
    expect(runtime.sleeping()).toBe(0)
  })

  it('wakes at least once a day, since longer timers overflow', async () => {
    const { server, runtime, open } = await openVault()
    const token = server.createToken({ ...root, ttlMs: 90 * 86_400_000 })
    const watched = watchSleeps(runtime)
    const asleep = watched.nextLongSleep()
    await open({
      auth: { token },
      renewal: 'background',
      runtime: watched.runtime,
      timeoutMs: DEADLINE_MS,
    }).read(openai)
    expect(await asleep).toBe(86_400_000)
  })
})

interface WatchedRuntime {
  readonly runtime: TestRuntime
  /** How long the next sleep is that is no deadline of a request: those take `DEADLINE_MS`. */
  readonly nextLongSleep: () => Promise<number>
}

function watchSleeps(runtime: TestRuntime): WatchedRuntime {
  let announce: (delayMs: number) => void = () => undefined
  return {
    runtime: {
      ...runtime,
      sleep: (delayMs, signal) => {
        if (delayMs !== DEADLINE_MS) announce(delayMs)
        return runtime.sleep(delayMs, signal)
      },
    },
    nextLongSleep: () => {
      const { promise, resolve } = Promise.withResolvers<number>()
      announce = resolve
      return promise
    },
  }
}

describe('closing', () => {
  it.each([
    [true, ['POST auth/token/revoke-self']],
    [false, []],
  ])('with revokeOnClose %s revokes its own token', async (revokeOnClose, expected) => {
    const { server, open } = await openVault()
    const store = open({ auth: { appRole: server.createAppRole(root) }, revokeOnClose })
    await store.read(openai)
    server.clearRequests()
    await store.close()
    expect(requestsOf(server)).toEqual(expected)
  })

  it('never revokes a token that was given', async () => {
    const { server, open } = await openVault()
    const store = open({ revokeOnClose: true })
    await store.read(openai)
    server.clearRequests()
    await store.close()
    expect(requestsOf(server)).toEqual([])
  })

  it('is done although Vault is gone', async () => {
    const { server, open } = await openVault()
    const store = open({ auth: { appRole: server.createAppRole(root) }, revokeOnClose: true })
    await store.read(openai)
    await server.stop()
    await store.close()
  })
})
