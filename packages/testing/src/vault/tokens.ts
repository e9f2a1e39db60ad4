import type { JsonObject } from '@imrs/core'

import type { VaultServerRuntime } from './runtime.ts'

/** What a token is made of. */
export interface VaultTokenOptions {
  /** Names of policies. Default: none beyond `default`. */
  readonly policies?: readonly string[] | undefined
  /** Default: it never ends. */
  readonly ttlMs?: number | undefined
  /** No renewal goes beyond it, counted from the making. Default: no limit. */
  readonly maxTtlMs?: number | undefined
  /** Default: `true` where there is a `ttlMs`. */
  readonly isRenewable?: boolean | undefined
  /** Default: `true`; without it a token can neither look itself up nor renew itself. */
  readonly hasDefaultPolicy?: boolean | undefined
  /** Default: the root namespace. */
  readonly namespace?: string | undefined
  /** Default: one is drawn. */
  readonly token?: string | undefined
}

export interface VaultToken {
  readonly token: string
  readonly accessor: string
  readonly policies: readonly string[]
  readonly namespace: string
  readonly createdAtMs: number
  readonly ttlMs: number | undefined
  readonly maxTtlMs: number | undefined
  readonly isRenewable: boolean
  readonly isRoot: boolean
  readonly path: string
  readonly expiresAtMs: number | undefined
}

/** Every token there is; one that has ended is as unknown as one that never was. */
export interface Tokens {
  readonly create: (options: VaultTokenOptions, path: string) => VaultToken
  readonly find: (token: string) => VaultToken | undefined
  /** Restarts its time to live, within `maxTtlMs`. `undefined` when it cannot be renewed. */
  readonly renew: (token: string, incrementMs: number | undefined) => VaultToken | undefined
  readonly revoke: (token: string) => void
}

export function createTokens(runtime: VaultServerRuntime, rootToken: string): Tokens {
  const tokens = new Map<string, VaultToken>()
  const root = { policies: ['root'], hasDefaultPolicy: false, token: rootToken }
  const find = (token: string): VaultToken | undefined => {
    const found = tokens.get(token)
    if (found?.expiresAtMs === undefined || runtime.now() < found.expiresAtMs) return found
    tokens.delete(token)
    return undefined
  }
  const create: Tokens['create'] = (options, path) => {
    const made = makeToken(runtime, options, path)
    tokens.set(made.token, made)
    return made
  }
  create(root, 'auth/token/root')
  return {
    create,
    find,
    renew: (token, incrementMs) => {
      const found = find(token)
      if (found?.isRenewable !== true) return undefined
      const wantedMs = runtime.now() + (incrementMs ?? found.ttlMs ?? 0)
      const lastMs = found.createdAtMs + (found.maxTtlMs ?? Number.POSITIVE_INFINITY)
      const renewed = { ...found, expiresAtMs: Math.min(wantedMs, lastMs) }
      tokens.set(token, renewed)
      return renewed
    },
    revoke: (token) => {
      tokens.delete(token)
    },
  }
}

function makeToken(
  runtime: VaultServerRuntime,
  options: VaultTokenOptions,
  path: string,
): VaultToken {
  const { ttlMs, maxTtlMs } = options
  const policies = options.policies ?? []
  const lifeMs = ttlMs === undefined ? undefined : Math.min(ttlMs, maxTtlMs ?? ttlMs)
  return {
    token: options.token ?? `hvs.${drawText(runtime, 24)}`,
    accessor: drawText(runtime, 24),
    policies: options.hasDefaultPolicy === false ? policies : ['default', ...policies],
    namespace: options.namespace ?? '',
    createdAtMs: runtime.now(),
    ttlMs,
    maxTtlMs,
    isRenewable: options.isRenewable ?? ttlMs !== undefined,
    isRoot: policies.includes('root'),
    path,
    expiresAtMs: lifeMs === undefined ? undefined : runtime.now() + lifeMs,
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits. For tests only: not drawn from a source fit for real tokens. */
export function drawText({ random }: VaultServerRuntime, length: number): string {
  return Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('')
}

/** How long it goes on, in whole seconds as Vault counts; 0 for one that never ends. */
export function ttlSeconds({ expiresAtMs }: VaultToken, nowMs: number): number {
  return expiresAtMs === undefined ? 0 : Math.max(0, Math.floor((expiresAtMs - nowMs) / 1000))
}

/** The `auth` of a login and of a renewal. */
export function authOf(token: VaultToken, nowMs: number): JsonObject {
  return {
    client_token: token.token,
    accessor: token.accessor,
    policies: [...token.policies],
    token_policies: [...token.policies],
    metadata: null,
    lease_duration: ttlSeconds(token, nowMs),
    renewable: token.isRenewable,
    entity_id: '',
    token_type: 'service',
    orphan: true,
    num_uses: 0,
  }
}
