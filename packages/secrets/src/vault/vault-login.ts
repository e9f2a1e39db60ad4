import { isSendable, trimSecret } from '../secret-text.ts'
import { isAppRoleAuth } from './auth.ts'
import type { VaultAppRoleAuth, VaultAppRoleIds, VaultTokenAuth } from './auth.ts'
import { fieldOf } from './json-fields.ts'
import type { ResolvedVaultOptions } from './options.ts'
import type { VaultClient } from './vault-client.ts'
import { failed, strangeFailure } from './vault-failure.ts'
import type { VaultFailure, VaultResult } from './vault-failure.ts'

/** A token and how long it counts. Times are the runtime's monotonic ones. */
export interface VaultSession {
  readonly token: string
  /** Whether this store logged in for it. */
  readonly isOwn: boolean
  readonly isRenewable: boolean
  readonly lifeMs: number
  readonly renewAtMs: number
  /** Infinity for a token without end. */
  readonly expiresAtMs: number
}

/** Logs in, or looks up how long the given token counts. Rejects only with the signal's reason. */
export async function logIn(
  options: ResolvedVaultOptions,
  client: VaultClient,
  signal: AbortSignal,
): Promise<VaultResult<VaultSession>> {
  const { auth } = options
  return isAppRoleAuth(auth)
    ? logInWithAppRole({ options, auth }, client, signal)
    : lookUpToken({ options, auth }, client, signal)
}

async function logInWithAppRole(
  { options, auth }: { readonly options: ResolvedVaultOptions; readonly auth: VaultAppRoleAuth },
  client: VaultClient,
  signal: AbortSignal,
): Promise<VaultResult<VaultSession>> {
  const ids = await obtain('auth.appRole', auth.appRole, signal)
  if (!ids.ok) return ids
  const { roleId, secretId } = ids.value
  const atMs = options.runtime.monotonic()
  const path = `auth/${auth.mount ?? 'approle'}/login`
  const json = { role_id: roleId, secret_id: secretId }
  const result = await client.send({ method: 'POST', path, json }, signal)
  if (!result.ok) return failed(loginFailure(result.failure))
  return sessionOfAuth(result.value, { atMs, isOwn: true })
}

async function lookUpToken(
  { options, auth }: { readonly options: ResolvedVaultOptions; readonly auth: VaultTokenAuth },
  client: VaultClient,
  signal: AbortSignal,
): Promise<VaultResult<VaultSession>> {
  const given = await obtain('auth.token', auth.token, signal)
  if (!given.ok) return given
  const token = trimSecret(given.value)
  if (token === undefined) return failed(NO_TOKEN)
  if (!isSendable(token)) return failed(WRONG_TOKEN)
  const atMs = options.runtime.monotonic()
  const result = await client.send({ method: 'GET', path: LOOKUP_PATH, token }, signal)
  if (!result.ok) return failed(tokenFailure(result.failure))
  const data = fieldOf(result.value, 'data')
  const ttl = fieldOf(data, 'ttl')
  if (typeof ttl !== 'number') return failed(strangeFailure('no `ttl` in a token lookup'))
  const isEndless = ttl === 0 && fieldOf(data, 'expire_time') === null
  const lifeMs = isEndless ? Number.POSITIVE_INFINITY : ttl * 1_000
  const isRenewable = fieldOf(data, 'renewable') === true
  return { ok: true, value: sessionOf({ token, isOwn: false, isRenewable, lifeMs }, atMs) }
}

export const LOOKUP_PATH = 'auth/token/lookup-self'

/** What a login or a renewal answered, as a session that began at `atMs`. */
export function sessionOfAuth(
  body: unknown,
  { atMs, isOwn }: { readonly atMs: number; readonly isOwn: boolean },
): VaultResult<VaultSession> {
  const auth = fieldOf(body, 'auth')
  const token = fieldOf(auth, 'client_token')
  const seconds = fieldOf(auth, 'lease_duration')
  if (typeof token !== 'string' || typeof seconds !== 'number' || !isSendable(token)) {
    return failed(strangeFailure('no `auth` in a login'))
  }
  const lifeMs = seconds === 0 ? Number.POSITIVE_INFINITY : seconds * 1_000
  const isRenewable = fieldOf(auth, 'renewable') === true
  return { ok: true, value: sessionOf({ token, isOwn, isRenewable, lifeMs }, atMs) }
}

/** Two thirds of its life: the rest is for Vault to come back in. */
function sessionOf(
  facts: Pick<VaultSession, 'token' | 'isOwn' | 'isRenewable' | 'lifeMs'>,
  atMs: number,
): VaultSession {
  return {
    ...facts,
    renewAtMs: atMs + (facts.lifeMs / 3) * 2,
    expiresAtMs: atMs + facts.lifeMs,
  }
}

type Given<Value> = Value | ((options: { readonly signal: AbortSignal }) => Value | Promise<Value>)

/** What was passed, or what the function gives; what that throws is the host's and not kept. */
async function obtain<Value extends string | VaultAppRoleIds>(
  name: string,
  given: Given<Value>,
  signal: AbortSignal,
): Promise<VaultResult<Value>> {
  if (typeof given !== 'function') return { ok: true, value: given }
  try {
    return { ok: true, value: await given({ signal }) }
  } catch {
    signal.throwIfAborted()
    const message = `The function passed as \`${name}\` failed, so Vault cannot be logged in to.`
    return failed({ kind: 'unreachable', message, detail: name })
  }
}

const NO_TOKEN: VaultFailure = {
  kind: 'unauthenticated',
  message: 'There is no token for Vault. Set VAULT_TOKEN or pass `auth`.',
  detail: 'no token',
}

const WRONG_TOKEN: VaultFailure = {
  kind: 'unauthenticated',
  message: 'The token for Vault holds a line break or a character that no token has.',
  detail: 'unsendable token',
}

export function tokenFailure(failure: VaultFailure): VaultFailure {
  if (failure.kind !== 'denied') return failure
  const message =
    'Vault does not accept the token: it has ended, was revoked or belongs to another namespace. ' +
    'Give it a new one.'
  return { ...failure, kind: 'unauthenticated', message }
}

function loginFailure(failure: VaultFailure): VaultFailure {
  if (failure.kind !== 'denied' && failure.kind !== 'refused') return failure
  const message =
    'Vault refused the AppRole login. Check the role id, the secret id, `auth.mount` and `namespace`.'
  return { ...failure, kind: 'unauthenticated', message }
}
