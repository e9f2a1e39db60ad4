import type { SecretReference, SecretStore } from '@imrs/core'
import { vaultPathOf } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import type { TestRuntime } from '@imrs/testing/host'
import { startVaultServer } from '@imrs/testing/vault'
import type { VaultServer, VaultServerOptions } from '@imrs/testing/vault'
import { onTestFinished } from 'vitest'

import { vaultSecrets } from '../vault/vault-secrets.ts'
import type { VaultSecretsOptions } from '../vault/options.ts'

export const CANARY_KEY = 'sk-canary-key-7c1e4f9a'
export const CANARY_TOKEN = 'hvs.canary-token-0b22d86d'

export interface OpenedVault {
  readonly server: VaultServer
  /** Of the server and of the stores. */
  readonly runtime: TestRuntime
  /** A store with the canary token, closed when the test ends. */
  readonly open: (options?: VaultSecretsOptions) => SecretStore
}

/** A server that holds the canary key of openai, and stores on it; all on one test clock. */
export async function openVault(
  options: VaultServerOptions & { readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<OpenedVault> {
  const runtime = createTestRuntime({ environment: options.environment ?? {} })
  const server = await startVaultServer({ runtime, ...options })
  onTestFinished(() => server.close())
  server.createToken({ token: CANARY_TOKEN, policies: ['root'] })
  server.put('secret/llm/openai', { api_key: CANARY_KEY })
  return {
    server,
    runtime,
    open: (given = {}) => {
      const store = vaultSecrets({
        address: server.url,
        auth: { token: CANARY_TOKEN },
        runtime,
        ...given,
      })
      onTestFinished(() => store.close())
      return store
    },
  }
}

export function referenceTo(providerId: string): SecretReference {
  return { providerId, path: vaultPathOf(providerId) }
}

export const openai: SecretReference = referenceTo('openai')

/** What a promise rejects with; `undefined` when it does not. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

/** The requests that arrived, as `METHOD path`. */
export function requestsOf(server: VaultServer): string[] {
  return server.requests.map(({ method, path }) => `${method} ${path}`)
}
