import type { CallOptions, SecretReference, SecretStore } from '@imrs/core'

import { closedError } from '../closed-error.ts'
import { checkSecret } from '../secret-text.ts'
import { resolveVaultOptions } from './options.ts'
import type { ResolvedVaultOptions, VaultSecretsOptions } from './options.ts'
import { createSecretReader } from './secret-reader.ts'
import { changeSecret } from './secret-writer.ts'
import type { SecretChange } from './secret-writer.ts'
import { keepTokenAlive } from './token-keeper.ts'
import { createVaultClient } from './vault-client.ts'
import type { VaultClient } from './vault-client.ts'
import { createVaultLeases } from './vault-leases.ts'
import { placeOf, putCommand } from './vault-place.ts'
import { createVaultSessions } from './vault-session.ts'
import type { VaultSessions } from './vault-session.ts'

/**
 * Keys in HashiCorp Vault or OpenBao, KV v2, at `secret/llm/{provider_id}`.
 *
 * A key that was read is leased: held in memory for `leaseMs`. Vault is still asked before each use;
 * when it cannot be reached, is sealed or refuses the token, the leases are dropped and `read` throws
 * `secret-store-unavailable`, so that no call is made. Concurrent reads share their requests. A read
 * that is aborted rejects with the signal's reason, and ends its request unless others wait for it.
 *
 * A write is a new version and replaces all fields of the secret. A removal deletes the newest
 * version, which Vault can undelete. Nothing is read from Vault before the first call.
 *
 * @throws ConfigError when an option is wrong.
 */
export function vaultSecrets(options: VaultSecretsOptions = {}): SecretStore {
  const resolved = resolveVaultOptions(options)
  const { mount, runtime } = resolved
  const client = createVaultClient(resolved)
  const sessions = createVaultSessions(resolved, client)
  const leases = createVaultLeases({ ...resolved, monotonic: runtime.monotonic })
  const closing = new AbortController()
  const reader = createSecretReader({ options: resolved, sessions, leases })
  const keeper = createKeeper({ resolved, sessions, signal: closing.signal })

  const closed = closing.signal
  const change = async (
    { place, change: wanted }: SecretChange,
    call: CallOptions | undefined,
  ): Promise<void> => {
    const signal = call?.signal === undefined ? closed : AbortSignal.any([closed, call.signal])
    await reader.changing(place, () =>
      changeSecret({ options: resolved, sessions }, { place, change: wanted }, signal),
    )
    keeper.start()
  }
  return {
    specVersion: 'v1',
    name: 'vault',
    isReadOnly: false,
    read: async (reference, call) => {
      assertOpen(call, closed)
      const secret = await reader.read(placeOf(reference, mount), call?.signal)
      keeper.start()
      return secret
    },
    write: async (reference, secret, call) => {
      assertOpen(call, closed)
      const wanted = { kind: 'write', secret: checkSecret(secret) } as const
      await change({ place: placeOf(reference, mount), change: wanted }, call)
    },
    remove: async (reference, call) => {
      assertOpen(call, closed)
      await change({ place: placeOf(reference, mount), change: { kind: 'remove' } }, call)
    },
    instruction: (reference) => instructionFor(reference, resolved),
    close: once(async () => {
      const reason = closedError('vault')
      closing.abort(reason)
      reader.abort(reason)
      leases.dropAll()
      await revokeOwnToken({ resolved, client, sessions })
      client.close()
    }),
  }
}

function assertOpen(call: CallOptions | undefined, closed: AbortSignal): void {
  call?.signal?.throwIfAborted()
  closed.throwIfAborted()
}

function instructionFor(reference: SecretReference, options: ResolvedVaultOptions): string {
  try {
    return `Store the key with: ${putCommand(placeOf(reference, options.mount), options)}`
  } catch {
    return `Store the key of ${reference.providerId} below \`${options.mount}/\` in Vault.`
  }
}

interface KeeperParts {
  readonly resolved: ResolvedVaultOptions
  readonly sessions: VaultSessions
  readonly signal: AbortSignal
}

function createKeeper({ resolved, sessions, signal }: KeeperParts): { readonly start: () => void } {
  let running: Promise<void> | undefined
  const start = (): void => {
    if (resolved.renewal !== 'background' || signal.aborted) return
    running ??= keepTokenAlive(sessions, resolved.runtime, signal).then(() => {
      running = undefined
    })
  }
  return { start }
}

interface RevocationParts {
  readonly resolved: ResolvedVaultOptions
  readonly client: VaultClient
  readonly sessions: VaultSessions
}

/** Whether or not Vault takes it: the token ends by itself. */
async function revokeOwnToken({ resolved, client, sessions }: RevocationParts): Promise<void> {
  const session = sessions.forget()
  if (!resolved.revokeOnClose || session?.isOwn !== true) return
  const call = { method: 'POST', path: 'auth/token/revoke-self', token: session.token } as const
  await client.send(call, new AbortController().signal)
}

function once(work: () => Promise<void>): () => Promise<void> {
  let promise: Promise<void> | undefined
  return () => {
    promise ??= work()
    return promise
  }
}
