import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { systemRuntime } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import {
  CANARY_KEY,
  CANARY_TOKEN,
  failureOf,
  openVault,
  openai,
  referenceTo,
} from '../__fixtures__/open-vault.ts'
import type { OpenedVault } from '../__fixtures__/open-vault.ts'
import { serveAnything } from '../__fixtures__/serve-anything.ts'
import { traces } from '../__fixtures__/traces.ts'
import { vaultSecrets } from './vault-secrets.ts'

const NEW_KEY = 'sk-canary-written-5d2a'
const SECRET_ID = 'canary-secret-id-91f3'
const anyCanary = /canary/i

function expectNoCanary(value: unknown): void {
  expect(traces(value)).not.toMatch(anyCanary)
}

it('would be seen if there were a canary', () => {
  const cause = Object.assign(new Error('x'), { config: { headers: { token: CANARY_TOKEN } } })
  expect(traces(new Error('y', { cause }))).toMatch(anyCanary)
  const hidden = Object.defineProperty(new Error('z'), 'secret', { value: CANARY_KEY })
  expect(traces(hidden)).toMatch(anyCanary)
})

const failures: readonly (readonly [string, (vault: OpenedVault) => unknown])[] = [
  ['is stopped', ({ server }) => server.stop()],
  ['is sealed', ({ server }) => server.seal()],
  ['has no leader', ({ server }) => server.setRole('leaderless')],
  ['has revoked the token', ({ server }) => server.revokeToken(CANARY_TOKEN)],
]

describe('no token and no key is in what is thrown', () => {
  it.each(failures)('when Vault %s', async (_, breakDown) => {
    const vault = await openVault()
    const [fresh, used] = [vault.open(), vault.open()]
    await used.read(openai)
    await breakDown(vault)
    for (const store of [fresh, used]) {
      const errors = await Promise.all(
        [store.read(openai), store.write(openai, NEW_KEY), store.remove(openai)].map(failureOf),
      )
      for (const error of errors) {
        expect(error).toMatchObject({ code: 'secret-store-unavailable' })
        expectNoCanary(error)
      }
    }
  })

  it('when Vault does not answer, and when the caller aborts', async () => {
    const { server, runtime, open } = await openVault()
    const store = open()
    const gate = server.stall()
    const abort = new AbortController()
    const reading = failureOf(store.read(openai))
    const writing = failureOf(store.write(openai, NEW_KEY, { signal: abort.signal }))
    await gate.reached
    abort.abort()
    await runtime.advance(5_000)
    for (const error of await Promise.all([reading, writing])) {
      expect(error).toBeInstanceOf(Error)
      expectNoCanary(error)
    }
  })

  it('when a login is refused, or what the host passed fails', async () => {
    const { open } = await openVault()
    const stores = [
      open({ auth: { appRole: { roleId: 'canary-role', secretId: SECRET_ID } } }),
      open({
        auth: {
          appRole: () => {
            throw new Error(`no ${SECRET_ID}`)
          },
        },
      }),
      open({ auth: { token: () => `${CANARY_TOKEN}\nx` } }),
      open({ auth: { token: () => Promise.reject(new Error(CANARY_TOKEN)) } }),
    ]
    for (const store of stores) {
      const error = await failureOf(store.read(openai))
      expect(error).toMatchObject({ code: 'secret-store-unavailable' })
      expectNoCanary(error)
    }
  })

  it('when a key cannot be sent', async () => {
    const { server, open } = await openVault()
    const store = open()
    server.put('secret/llm/openai', { api_key: `${CANARY_KEY}\nx` })
    expectNoCanary(await failureOf(store.read(openai)))
    expectNoCanary(await failureOf(store.write(openai, `${NEW_KEY}\nx`)))
  })

  it.each([200, 301, 307, 400, 403, 404, 429, 500, 502, 503])(
    'when a server echoes everything it gets with status %d',
    async (status) => {
      const echoing = await serveAnything((request, response) => {
        const echo = `${JSON.stringify(request.headers)} ${NEW_KEY}`
        response.writeHead(status, `Odd ${CANARY_TOKEN}`, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ errors: [echo], warnings: [echo], echo }))
      })
      const store = vaultSecrets({
        address: echoing,
        auth: { token: CANARY_TOKEN },
        runtime: createTestRuntime(),
      })
      for (const work of [store.read(openai), store.write(openai, NEW_KEY)]) {
        const error = await failureOf(work)
        expect(error).toMatchObject({ code: 'secret-store-unavailable' })
        expectNoCanary(error)
      }
      await store.close()
    },
  )
})

it('no token and no key is in a store, before, while and after it is used', async () => {
  const { server, open } = await openVault()
  const store = open({ exposureWindowMs: 1_000 })
  expectNoCanary(store)
  await store.read(openai)
  await store.write(referenceTo('groq'), NEW_KEY)
  expectNoCanary(store)
  expectNoCanary({ ...store })
  expect(store.instruction(openai)).not.toMatch(anyCanary)
  await server.stop()
  await store.close()
  expectNoCanary(store)
})

it('no token and no key is in the audit of the test server', async () => {
  const { server, open } = await openVault()
  const store = open()
  await store.write(openai, NEW_KEY)
  await store.read(openai)
  expect(server.requests.length).toBeGreaterThan(2)
  expectNoCanary(server.requests)
})

it('a program prints neither with every debug switch on, and ends though it closes nothing', async () => {
  const { server } = await openVault({ runtime: systemRuntime })
  const rules = [
    { path: 'secret/data/llm/openai', capabilities: ['read', 'create', 'update'] },
  ] as const
  server.setPolicy('one', rules)
  const token = `${CANARY_TOKEN}-of-process`
  server.createToken({ token, policies: ['one'], ttlMs: 3_600_000 })
  const script = fileURLToPath(new URL('../__fixtures__/vault-process.ts', import.meta.url))
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@imrs/source', script],
    {
      env: {
        PATH: process.env['PATH'],
        VAULT_ADDR: server.url,
        VAULT_TOKEN: token,
        DEBUG: '*',
        // A client that follows the environment would go astray here.
        HTTP_PROXY: 'http://127.0.0.1:9',
        VAULT_PREFIX: '/astray',
      },
      timeout: 20_000,
    },
  )
  expect(stdout).toContain(
    `length ${`${CANARY_KEY}-written`.length}, ImrsError: Vault does not let`,
  )
  expect(`${stdout}${stderr}`).not.toMatch(anyCanary)
})
