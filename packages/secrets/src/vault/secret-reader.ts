import { ImrsError } from '@imrs/core'

import { isSendable, trimSecret } from '../secret-text.ts'
import { fieldOf, isObject } from './json-fields.ts'
import type { ResolvedVaultOptions } from './options.ts'
import { createSingleFlight } from './single-flight.ts'
import { toImrsError, withPath } from './vault-failure.ts'
import type { VaultFailure, VaultResult } from './vault-failure.ts'
import type { VaultLeases } from './vault-leases.ts'
import { dataPath } from './vault-place.ts'
import type { VaultPlace } from './vault-place.ts'
import type { VaultSessions } from './vault-session.ts'

export interface SecretReaderParts {
  readonly options: ResolvedVaultOptions
  readonly sessions: VaultSessions
  readonly leases: VaultLeases
}

/** Reads keys, from leases where Vault confirms that it still serves us. */
export interface SecretReader {
  readonly read: (place: VaultPlace, signal?: AbortSignal) => Promise<string | undefined>
  /** Does a change; no key that was read before its end is used after it. */
  readonly changing: (place: VaultPlace, change: () => Promise<void>) => Promise<void>
  /** Aborts every read; each gets the reason. */
  readonly abort: (reason: unknown) => void
}

export function createSecretReader(parts: SecretReaderParts): SecretReader {
  const { options, sessions, leases } = parts
  const { monotonic } = options.runtime
  const checks = createSingleFlight<VaultResult<unknown>>()
  const fetches = createSingleFlight<string | undefined>()

  const check = async (signal: AbortSignal): Promise<VaultResult<unknown>> => {
    const atMs = monotonic()
    const result = await sessions.check(signal)
    if (result.ok) leases.confirm(atMs)
    return result
  }
  const fetch = (place: VaultPlace, signal?: AbortSignal): Promise<string | undefined> => {
    const work = (shared: AbortSignal): Promise<string | undefined> =>
      fetchSecret(parts, place, shared)
    return fetches.run(dataPath(place), work, signal)
  }
  return {
    read: async (place, signal) => {
      const path = dataPath(place)
      const lease = leases.fresh(path)
      if (lease === undefined) return fetch(place, signal)
      const result = await checks.run('check', check, signal)
      if (!result.ok) return afterFailure(parts, path, result.failure)
      // Another read, or a write, may have dropped it meanwhile.
      return leases.fresh(path) === lease ? lease.secret : fetch(place, signal)
    },
    changing: async (place, change) => {
      const path = dataPath(place)
      const forget = (): void => {
        leases.drop(path)
        fetches.forget(path)
      }
      forget()
      try {
        await change()
      } finally {
        forget()
      }
    },
    abort: (reason) => {
      checks.abort(reason)
      fetches.abort(reason)
    },
  }
}

async function fetchSecret(
  parts: SecretReaderParts,
  place: VaultPlace,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { options, sessions, leases } = parts
  const path = dataPath(place)
  const mark = leases.mark(path)
  const readAtMs = options.runtime.monotonic()
  const result = await sessions.send({ method: 'GET', path }, signal)
  if (!result.ok) return afterFailure(parts, path, withPath(result.failure, path, 'read'))
  const fields = fieldOf(fieldOf(result.value, 'data'), 'data')
  // Nothing is there only where an engine of this kind says so.
  if (!isObject(fields)) return afterFailure(parts, path, NO_KV_V2)
  leases.confirm(readAtMs)
  const secret = secretIn(fields, options)
  if (secret === undefined) leases.drop(path)
  else leases.keep(path, { secret, readAtMs }, mark)
  return secret
}

const NO_KV_V2: VaultFailure = {
  kind: 'refused',
  message: 'What answers is no KV v2 engine. Check `mount` and `address`.',
  detail: 'no `data.data`',
}

/** The leased key where the window allows, nothing where there is certainly nothing, else an error. */
function afterFailure(
  { options, leases }: SecretReaderParts,
  path: string,
  failure: VaultFailure,
): string | undefined {
  switch (failure.kind) {
    case 'absent':
      leases.drop(path)
      return undefined
    case 'denied':
      // A policy speaks of one path, the token is fine.
      leases.drop(path)
      break
    case 'unreachable': {
      const lease = leases.exposed(path)
      if (lease !== undefined) return lease.secret
      leases.dropUnexposed()
      break
    }
    case 'unauthenticated':
    case 'conflict':
    case 'refused':
    case 'sealed':
      leases.dropAll()
  }
  throw toImrsError(failure, options.address)
}

function secretIn(fields: object, { field }: ResolvedVaultOptions): string | undefined {
  const value = fieldOf(fields, field)
  if (value === undefined || value === null) return undefined
  const secret = typeof value === 'string' ? trimSecret(value) : undefined
  if (typeof value === 'string' && secret === undefined) return undefined
  if (secret !== undefined && isSendable(secret)) return secret
  throw new ImrsError(
    'secret-store-unavailable',
    `The field \`${field}\` of the secret is not one line of printable text. Store the key alone.`,
  )
}
