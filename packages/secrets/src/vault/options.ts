import { ConfigError, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import { isSendable } from '../secret-text.ts'
import { isAppRoleAuth } from './auth.ts'
import type { VaultAuth } from './auth.ts'
import type { VaultTlsOptions } from './transport.ts'

/** The parts of the runtime that the store uses. */
export type VaultRuntime = Pick<Runtime, 'monotonic' | 'sleep' | 'environment'>

/** What {@link vaultSecrets} takes. */
export interface VaultSecretsOptions {
  /** `https://vault.example.com:8200`. Default: `VAULT_ADDR`. */
  readonly address?: string | undefined
  /** Default: the token in `VAULT_TOKEN`. */
  readonly auth?: VaultAuth | undefined
  /** Sent as `X-Vault-Namespace`. Default: `VAULT_NAMESPACE`, else none. */
  readonly namespace?: string | undefined
  /** Where the KV v2 engine is mounted. Default: `secret`. */
  readonly mount?: string | undefined
  /** The field of a secret that holds the key. Default: `api_key`. */
  readonly field?: string | undefined
  /** Own certificate authority, client certificate. Certificates are always verified. */
  readonly tls?: VaultTlsOptions | undefined
  /** After how long one request to Vault counts as failed. Default: `5_000`. */
  readonly timeoutMs?: number | undefined
  /**
   * How long a key that was read is used before it is read anew. In between, Vault is asked before
   * each use whether it still serves this store's token; no key is sent for that. Default: `300_000`.
   */
  readonly leaseMs?: number | undefined
  /**
   * How long after Vault's last answer a leased key may still be used when Vault cannot be reached.
   * Not for a sealed Vault, nor one that refuses the token. Default: `0`, not at all.
   */
  readonly exposureWindowMs?: number | undefined
  /** Writes only when nobody else wrote since the secret was looked at. Default: `false`. */
  readonly checkAndSet?: boolean | undefined
  /**
   * When the token is renewed. `on-use`: with the first use after two thirds of its life; no timer
   * runs. `background`: also while nothing is used, which keeps the process alive until `close`;
   * for a token that ends and cannot be obtained again. Default: `on-use`.
   */
  readonly renewal?: 'on-use' | 'background' | undefined
  /** `close` revokes the token, if this store logged in for it. Default: `false`. */
  readonly revokeOnClose?: boolean | undefined
  /** Default: the real world. */
  readonly runtime?: VaultRuntime | undefined
}

export interface ResolvedVaultOptions {
  readonly address: URL
  readonly auth: VaultAuth
  readonly namespace: string
  readonly mount: string
  readonly field: string
  readonly tls: VaultTlsOptions
  readonly timeoutMs: number
  readonly leaseMs: number
  readonly exposureWindowMs: number
  readonly checkAndSet: boolean
  readonly renewal: 'on-use' | 'background'
  readonly revokeOnClose: boolean
  readonly runtime: VaultRuntime
}

/** @throws ConfigError that names the option; never shows an address with a password or a token. */
export function resolveVaultOptions(options: VaultSecretsOptions): ResolvedVaultOptions {
  const runtime = options.runtime ?? systemRuntime
  return Object.freeze({
    address: resolveAddress(options.address ?? runtime.environment('VAULT_ADDR')),
    auth: resolveAuth(options.auth, runtime),
    namespace: namespaceOf(options.namespace ?? runtime.environment('VAULT_NAMESPACE')),
    mount: path('mount', options.mount ?? 'secret'),
    field: nonEmpty('field', options.field ?? 'api_key'),
    tls: Object.freeze({ ...options.tls }),
    ...resolveTimes(options),
    checkAndSet: options.checkAndSet ?? false,
    renewal: options.renewal ?? 'on-use',
    revokeOnClose: options.revokeOnClose ?? false,
    runtime,
  })
}

function resolveTimes(
  options: VaultSecretsOptions,
): Pick<ResolvedVaultOptions, 'timeoutMs' | 'leaseMs' | 'exposureWindowMs'> {
  return {
    timeoutMs: atLeast('timeoutMs', options.timeoutMs ?? 5_000, 1),
    leaseMs: atLeast('leaseMs', options.leaseMs ?? 300_000, 0),
    exposureWindowMs: atLeast('exposureWindowMs', options.exposureWindowMs ?? 0, 0),
  }
}

function resolveAddress(text: string | undefined): URL {
  if (text === undefined) {
    throw new ConfigError('`address` is missing. Pass it or set VAULT_ADDR: https://HOST:8200')
  }
  const url = URL.canParse(text) ? new URL(text) : undefined
  // Not shown: whoever puts a token or a password here by mistake does not find it in a log.
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new ConfigError('`address` must be a URL that begins with https:// or http://')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    throw new ConfigError('`address` must hold neither user, password nor query. Use `auth`')
  }
  return url
}

function resolveAuth(auth: VaultAuth | undefined, runtime: VaultRuntime): VaultAuth {
  if (auth === undefined) return { token: () => runtime.environment('VAULT_TOKEN') ?? '' }
  if (!isAppRoleAuth(auth)) return { token: given('auth.token', auth.token) }
  const mount = path('auth.mount', auth.mount ?? 'approle')
  if (typeof auth.appRole === 'function') return { appRole: auth.appRole, mount }
  const { roleId, secretId } = auth.appRole
  const ids = {
    roleId: given('auth.appRole.roleId', roleId),
    secretId: given('auth.appRole.secretId', secretId),
  }
  return { appRole: ids, mount }
}

function given<Value>(name: string, value: Value): Value {
  if (typeof value === 'function') return value
  if (typeof value === 'string' && isSendable(value)) return value
  throw new ConfigError(`\`${name}\` must be one line of printable ASCII characters`)
}

function path(name: string, value: string): string {
  const trimmed = trimSlashes(value)
  const isPath = trimmed !== '' && trimmed.split('/').every((part) => /^[\w-][\w.-]*$/.test(part))
  if (isPath) return trimmed
  throw new ConfigError(`\`${name}\` must be a path of letters, digits, _ and -, got \`${value}\``)
}

function namespaceOf(value: string | undefined): string {
  const trimmed = trimSlashes(value ?? '')
  return trimmed === '' ? '' : path('namespace', trimmed)
}

function nonEmpty(name: string, value: string): string {
  if (value !== '') return value
  throw new ConfigError(`\`${name}\` must not be empty`)
}

function atLeast(name: string, value: number, lowest: number): number {
  if (Number.isFinite(value) && value >= lowest) return value
  throw new ConfigError(`\`${name}\` must be a number of at least ${lowest}, got ${value}`)
}

function trimSlashes(text: string): string {
  return text.replace(/^\/+|\/+$/g, '')
}
