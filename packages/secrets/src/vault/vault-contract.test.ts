import { randomUUID } from 'node:crypto'

import { systemRuntime, vaultPathOf } from '@imrs/core'
import type { SecretStore } from '@imrs/core'
import { secretStoreContract } from '@imrs/testing/contracts'
import { createTestRuntime } from '@imrs/testing/host'
import { startVaultServer } from '@imrs/testing/vault'
import type { VaultServer } from '@imrs/testing/vault'
import { afterAll, beforeAll, describe, it, onTestFinished } from 'vitest'

import type { VaultSecretsOptions } from './options.ts'
import { vaultSecrets } from './vault-secrets.ts'

const servers = new WeakMap<SecretStore, VaultServer>()

function serverOf(store: SecretStore): VaultServer {
  const server = servers.get(store)
  if (server === undefined) throw new Error('not a store of this file')
  return server
}

/** A store on a server of its own, that may do no more than the policy of the README allows. */
async function openOnServer(
  secrets: Readonly<Record<string, string>>,
  logIn: (server: VaultServer) => Pick<VaultSecretsOptions, 'auth'>,
): Promise<SecretStore> {
  const runtime = createTestRuntime()
  const capabilities = ['create', 'read', 'update', 'delete'] as const
  const policies = { imrs: [{ path: 'secret/data/llm/*', capabilities }] }
  const server = await startVaultServer({ runtime, policies })
  onTestFinished(() => server.close())
  for (const [id, secret] of Object.entries(secrets)) {
    server.put(vaultPathOf(id), { api_key: secret })
  }
  const store = vaultSecrets({ address: server.url, runtime, ...logIn(server) })
  servers.set(store, server)
  return store
}

const role = { policies: ['imrs'], ttlMs: 60_000 }
const logins: Readonly<Record<string, (server: VaultServer) => Pick<VaultSecretsOptions, 'auth'>>> =
  {
    token: (server) => ({ auth: { token: server.createToken(role) } }),
    AppRole: (server) => ({ auth: { appRole: server.createAppRole(role) } }),
  }

for (const [name, logIn] of Object.entries(logins)) {
  secretStoreContract({
    name: `vault, by ${name}`,
    open: (secrets) => openOnServer(secrets, logIn),
    breakDown: async (store) => {
      await serverOf(store).stop()
      return () => serverOf(store).start()
    },
    stall: (store) => {
      const gate = serverOf(store).stall()
      return { reached: gate.reached, resume: () => gate.open() }
    },
  })
  secretStoreContract({
    name: `vault, by ${name}, sealed`,
    open: (secrets) => openOnServer(secrets, logIn),
    breakDown: async (store) => {
      serverOf(store).seal()
      return async () => serverOf(store).unseal()
    },
  })
}

const address = process.env['VAULT_ADDR'] ?? ''
const token = process.env['VAULT_TOKEN'] ?? ''
const isLocal = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(address)

/** Everything happens in an engine that is mounted for it: nobody's keys are touched. */
describe('a real Vault', () => {
  if (!isLocal || token === '') {
    it.skip('is not there: VAULT_ADDR and VAULT_TOKEN name none on this machine')
    return
  }
  const mount = `imrs-test-${randomUUID()}`
  const ask = async (method: string, body?: unknown): Promise<void> => {
    const response = await fetch(`${address.replace(/\/$/, '')}/v1/sys/mounts/${mount}`, {
      method,
      headers: { 'X-Vault-Token': token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`Vault answered ${method} ${mount} with ${response.status}`)
  }
  beforeAll(() => ask('POST', { type: 'kv', options: { version: '2' } }))
  afterAll(() => ask('DELETE'))

  secretStoreContract({
    name: 'a real vault',
    open: async (secrets) => {
      const store = vaultSecrets({ address, auth: { token }, mount, runtime: systemRuntime })
      for (const id of ['openai', 'openrouter']) {
        await store.remove({ providerId: id, path: vaultPathOf(id) })
      }
      for (const [id, secret] of Object.entries(secrets)) {
        await store.write({ providerId: id, path: vaultPathOf(id) }, secret)
      }
      return store
    },
  })
})
