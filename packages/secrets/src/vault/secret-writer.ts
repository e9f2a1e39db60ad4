import { fieldOf } from './json-fields.ts'
import type { ResolvedVaultOptions } from './options.ts'
import { toImrsError, withPath } from './vault-failure.ts'
import type { VaultResult } from './vault-failure.ts'
import { dataPath } from './vault-place.ts'
import type { VaultPlace } from './vault-place.ts'
import type { VaultSessions } from './vault-session.ts'

export interface SecretWriterParts {
  readonly options: ResolvedVaultOptions
  readonly sessions: VaultSessions
}

export interface SecretChange {
  readonly place: VaultPlace
  readonly change: { readonly kind: 'write'; readonly secret: string } | { readonly kind: 'remove' }
}

/**
 * Writes a new version, or deletes the newest one. When it is aborted, or Vault does not answer,
 * nobody knows whether it took place.
 *
 * @throws ImrsError `conflict` when somebody else wrote first; `secret-store-unavailable`.
 */
export async function changeSecret(
  { options, sessions }: SecretWriterParts,
  { place, change }: SecretChange,
  signal: AbortSignal,
): Promise<void> {
  const path = dataPath(place)
  const result =
    change.kind === 'remove'
      ? await sessions.send({ method: 'DELETE', path }, signal)
      : await write({ options, sessions }, { path, secret: change.secret }, signal)
  if (result.ok) return
  const { failure } = result
  if (change.kind === 'remove' && failure.kind === 'absent') return
  const capability = change.kind === 'write' ? 'create and update' : 'delete'
  throw toImrsError(withPath(failure, path, capability), options.address)
}

async function write(
  { options, sessions }: SecretWriterParts,
  { path, secret }: { readonly path: string; readonly secret: string },
  signal: AbortSignal,
): Promise<VaultResult<unknown>> {
  const data = { [options.field]: secret }
  if (!options.checkAndSet) return sessions.send({ method: 'POST', path, json: { data } }, signal)
  const current = await sessions.send({ method: 'GET', path }, signal)
  if (!current.ok && current.failure.kind !== 'absent') return current
  const cas = versionOf(current)
  return sessions.send({ method: 'POST', path, json: { data, options: { cas } } }, signal)
}

/** 0 says that there must be none. */
function versionOf(current: VaultResult<unknown>): number {
  if (!current.ok) return current.failure.version ?? 0
  const version = fieldOf(fieldOf(fieldOf(current.value, 'data'), 'metadata'), 'version')
  return typeof version === 'number' ? version : 0
}
