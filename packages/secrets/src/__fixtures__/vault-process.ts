import { vaultPathOf } from '@imrs/core'

import { vaultSecrets } from '../vault/vault-secrets.ts'

/** Uses a store as a program would that never closes it: a read, a write, and what fails. */
const store = vaultSecrets()
const reference = { providerId: 'openai', path: vaultPathOf('openai') }
const key = await store.read(reference)
await store.write(reference, `${key ?? ''}-written`)
const again = await store.read(reference)
const refused = await store
  .read({ providerId: 'denied', path: vaultPathOf('denied') })
  .catch((error: unknown) => error)
process.stdout.write(`length ${again?.length ?? 0}, ${String(refused)}\n`)
