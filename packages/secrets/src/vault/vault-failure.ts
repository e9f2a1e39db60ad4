import { ImrsError } from '@imrs/core'

import { fieldOf } from './json-fields.ts'
import { codeOf } from './transport.ts'

/**
 * Why Vault did not do as asked. `unreachable`: it may work later, and this says nothing of our
 * rights; `denied`: the token may not do this; `unauthenticated`: there is no token that counts;
 * `absent`: there is certainly nothing.
 */
export type VaultFailureKind =
  | 'unreachable'
  | 'sealed'
  | 'denied'
  | 'unauthenticated'
  | 'absent'
  | 'conflict'
  | 'refused'

/** A failure in our own words: nothing of what was sent or received is in it. */
export interface VaultFailure {
  readonly kind: VaultFailureKind
  /** For people: what is the matter, then what to do. */
  readonly message: string
  /** For logs: a status or the code of a network error. */
  readonly detail: string
  /** Of a secret that is absent: its newest version, deleted by now. */
  readonly version?: number | undefined
}

export type VaultResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: VaultFailure }

export function failed(failure: VaultFailure): {
  readonly ok: false
  readonly failure: VaultFailure
} {
  return { ok: false, failure }
}

export function timeoutFailure(timeoutMs: number): VaultFailure {
  return {
    kind: 'unreachable',
    message: `Vault did not answer within ${timeoutMs} ms.`,
    detail: 'timeout',
  }
}

/** An answer that Vault does not give. */
export function strangeFailure(detail: string): VaultFailure {
  const message =
    'What answers at the address of Vault does not answer like Vault. Check `address`.'
  return { kind: 'refused', message, detail }
}

/**
 * Classifies what node-vault rejects with, and keeps nothing of it but a status, a code and what
 * Vault's own sentence is known to mean.
 */
export function toVaultFailure(error: unknown): VaultFailure {
  const response = fieldOf(error, 'response')
  const status = fieldOf(response, 'statusCode')
  if (typeof status !== 'number') return networkFailure(codeOf(error) ?? 'no answer')
  return statusFailure(status, fieldOf(response, 'body'))
}

function networkFailure(detail: string): VaultFailure {
  const isCertificate = /CERT|TLS|SSL|UNABLE_TO|SELF_SIGNED/.test(detail)
  const message = isCertificate
    ? `Vault’s certificate is not trusted (${detail}). Pass its authority as \`tls.ca\`.`
    : `Vault cannot be reached (${detail}). Check \`address\` and the network.`
  return { kind: 'unreachable', message, detail }
}

function statusFailure(status: number, body: unknown): VaultFailure {
  const errors = fieldOf(body, 'errors')
  const texts = Array.isArray(errors)
    ? errors.filter((text) => typeof text === 'string')
    : undefined
  const says = (pattern: RegExp): boolean => texts?.some((text) => pattern.test(text)) === true
  const failure = (kind: VaultFailureKind, message: string): VaultFailure => ({
    kind,
    message,
    detail: `status ${status}`,
  })
  if (status === 401 || status === 403) return failure('denied', 'Vault denies access.')
  if (status === 404) return notFoundFailure(texts, body)
  if (status === 400) return badRequestFailure(says)
  if (status >= 300 && status < 400) {
    return failure('refused', 'This node of Vault redirects. Set `address` to the active node.')
  }
  if (status === 429) return failure('unreachable', 'Vault limits the rate of requests.')
  if (status >= 500) return serverFailure(status, says)
  return failure('refused', `Vault refused the request with status ${status}.`)
}

function serverFailure(status: number, says: (pattern: RegExp) => boolean): VaultFailure {
  const detail = `status ${status}`
  if (says(/is sealed/i)) {
    const message = 'Vault is sealed. Unseal it with: vault operator unseal'
    return { kind: 'sealed', message, detail }
  }
  const message = says(/active cluster node not found/i)
    ? 'Vault has no active node at the moment.'
    : `Vault failed with status ${status}.`
  return { kind: 'unreachable', message, detail }
}

/** Only Vault itself can say that nothing is there: without a word, or with a deleted version. */
function notFoundFailure(texts: readonly string[] | undefined, body: unknown): VaultFailure {
  const detail = 'status 404'
  const version = fieldOf(fieldOf(fieldOf(body, 'data'), 'metadata'), 'version')
  const message = 'There is no such secret.'
  if (typeof version === 'number') return { kind: 'absent', message, detail, version }
  if (texts?.length === 0) return { kind: 'absent', message, detail }
  if (texts === undefined) return strangeFailure(detail)
  const advice = 'No KV v2 engine answers there. Check `mount` and `namespace`.'
  return { kind: 'refused', message: advice, detail }
}

function badRequestFailure(says: (pattern: RegExp) => boolean): VaultFailure {
  const detail = 'status 400'
  if (says(/check-and-set parameter did not match/i)) {
    const message = 'Somebody else has changed the secret. Look at it and write again.'
    return { kind: 'conflict', message, detail }
  }
  if (says(/check-and-set parameter required/i)) {
    const message = 'The secret wants check-and-set. Pass `checkAndSet: true`.'
    return { kind: 'refused', message, detail }
  }
  return { kind: 'refused', message: 'Vault refused the request with status 400.', detail }
}

/** A denial that says what the policy lacks. */
export function withPath(failure: VaultFailure, path: string, capability: string): VaultFailure {
  if (failure.kind !== 'denied') return failure
  const message = `Vault does not let this token ${capability} ${path}. Allow it in its policy.`
  return { ...failure, message }
}

/** What callers get. The cause is made here too, so that no part of a request travels with it. */
export function toImrsError({ kind, message, detail }: VaultFailure, address: URL): ImrsError {
  const code = kind === 'conflict' ? 'conflict' : 'secret-store-unavailable'
  return new ImrsError(code, message, { cause: new Error(`${address.origin}: ${detail}`) })
}
