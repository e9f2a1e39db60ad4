import { vaultPathOf } from '@imrs/core'
import type { SecretStore } from '@imrs/core'

import { closedError } from './closed-error.ts'
import { checkSecret } from './secret-text.ts'

/**
 * Keys in this process's memory, gone when it ends. For tests, and for hosts that get keys from
 * elsewhere and hand them over.
 *
 * `initial` is by provider id, or by path where a provider's key lies elsewhere than
 * `secret/llm/{provider_id}`.
 *
 * @throws ImrsError `invalid-request` for a key that cannot be sent.
 */
export function memorySecrets(initial: Readonly<Record<string, string>> = {}): SecretStore {
  const secrets = new Map<string, string>()
  for (const [place, secret] of Object.entries(initial)) {
    secrets.set(place.includes('/') ? place : vaultPathOf(place), checkSecret(secret))
  }
  let isClosed = false
  const open = (signal: AbortSignal | undefined): Map<string, string> => {
    signal?.throwIfAborted()
    if (isClosed) throw closedError('memory')
    return secrets
  }
  return {
    specVersion: 'v1',
    name: 'memory',
    isReadOnly: false,
    read: async ({ path }, call) => open(call?.signal).get(path),
    write: async ({ path }, secret, call) => {
      open(call?.signal).set(path, checkSecret(secret))
    },
    remove: async ({ path }, call) => {
      open(call?.signal).delete(path)
    },
    instruction: ({ providerId }) => `Write the key of ${providerId} to the memory secret store.`,
    close: async () => {
      isClosed = true
      secrets.clear()
    },
  }
}
