import { isAppRoleAuth } from './auth.ts'
import { fieldOf } from './json-fields.ts'
import type { ResolvedVaultOptions } from './options.ts'
import { createSingleFlight } from './single-flight.ts'
import type { VaultCall, VaultClient } from './vault-client.ts'
import { failed, strangeFailure } from './vault-failure.ts'
import type { VaultResult } from './vault-failure.ts'
import { LOOKUP_PATH, logIn, sessionOfAuth, tokenFailure } from './vault-login.ts'
import type { VaultSession } from './vault-login.ts'

/** Requests that are made with a token, which is obtained, renewed and replaced as needed. */
export interface VaultSessions {
  /** As the client's, with a token. A token that is refused is replaced once. */
  readonly send: (
    call: Omit<VaultCall, 'token'>,
    signal: AbortSignal,
  ) => Promise<VaultResult<unknown>>
  /** Whether Vault serves requests and accepts the token. */
  readonly check: (signal: AbortSignal) => Promise<VaultResult<unknown>>
  /** Obtains or renews the token if it is time to. */
  readonly ensure: (signal?: AbortSignal) => Promise<VaultResult<VaultSession>>
  readonly current: () => VaultSession | undefined
  /** Gives the token away, so that the next call obtains one anew. */
  readonly forget: () => VaultSession | undefined
}

export function createVaultSessions(
  options: ResolvedVaultOptions,
  client: VaultClient,
): VaultSessions {
  const { monotonic } = options.runtime
  const logins = createSingleFlight<VaultResult<VaultSession>>()
  let session: VaultSession | undefined

  const keep = (result: VaultResult<VaultSession>): VaultResult<VaultSession> => {
    if (result.ok) session = result.value
    return result
  }
  const ensure = async (signal?: AbortSignal): Promise<VaultResult<VaultSession>> => {
    const held = session
    if (held === undefined || monotonic() >= held.expiresAtMs) {
      session = undefined
      return logins.run(
        'log in',
        async (shared) => keep(await logIn(options, client, shared)),
        signal,
      )
    }
    if (monotonic() < held.renewAtMs) return { ok: true, value: held }
    const renewal = async (shared: AbortSignal): Promise<VaultResult<VaultSession>> =>
      keep({ ok: true, value: await renewed({ options, client, held }, shared) })
    return logins.run('renew', renewal, signal)
  }
  const send: VaultSessions['send'] = async (call, signal) => {
    const first = await ensure(signal)
    if (!first.ok) return first
    const { token } = first.value
    const result = await client.send({ ...call, token }, signal)
    if (result.ok || result.failure.kind !== 'denied') return result
    if (call.path !== LOOKUP_PATH) {
      const lookup = await client.send({ method: 'GET', path: LOOKUP_PATH, token }, signal)
      // The token counts, so it is its policy that denies; or nobody can tell.
      if (lookup.ok || lookup.failure.kind !== 'denied') return result
    }
    if (session?.token === token) session = undefined
    const second = await ensure(signal)
    if (!second.ok) return second
    const again = await client.send({ ...call, token: second.value.token }, signal)
    return again.ok ? again : failed(tokenFailure(again.failure))
  }
  return {
    send,
    check: async (signal) => {
      const result = await send({ method: 'GET', path: LOOKUP_PATH }, signal)
      return !result.ok || isLookup(result.value) ? result : failed(strangeFailure('no lookup'))
    },
    ensure,
    current: () => session,
    forget: () => {
      const held = session
      session = undefined
      return held
    },
  }
}

function isLookup(body: unknown): boolean {
  return typeof fieldOf(fieldOf(body, 'data'), 'ttl') === 'number'
}

interface Renewal {
  readonly options: ResolvedVaultOptions
  readonly client: VaultClient
  readonly held: VaultSession
}

/** The session with a longer life, a new one, or the old one as long as there is nothing better. */
async function renewed(renewal: Renewal, signal: AbortSignal): Promise<VaultSession> {
  const { options, client, held } = renewal
  if (!held.isRenewable) return replaced(renewal, signal)
  const atMs = options.runtime.monotonic()
  const call = { method: 'POST', path: 'auth/token/renew-self', token: held.token } as const
  const result = await client.send(call, signal)
  if (!result.ok) {
    return result.failure.kind === 'unreachable' ? held : replaced(renewal, signal)
  }
  const session = sessionOfAuth(result.value, { atMs, isOwn: held.isOwn })
  if (!session.ok) return held
  const { lifeMs } = session.value
  // Its maximum is near: it would be renewed ever more often and then end all the same.
  if (lifeMs < held.lifeMs / 2) return replaced({ ...renewal, held: session.value }, signal)
  return session.value
}

/** A new login. Where there is none to be had, the token is used up and not asked about again. */
async function replaced(
  { options, client, held }: Renewal,
  signal: AbortSignal,
): Promise<VaultSession> {
  const lasting = { ...held, renewAtMs: held.expiresAtMs }
  if (!isAppRoleAuth(options.auth) && typeof options.auth.token === 'string') return lasting
  const result = await logIn(options, client, signal)
  if (!result.ok) return result.failure.kind === 'unreachable' ? held : lasting
  return result.value.token === held.token ? lasting : result.value
}
