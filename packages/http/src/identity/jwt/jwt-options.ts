import { ConfigError, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

const SIGNED_WITH_KEYS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const
const SIGNED_WITH_SECRET = ['HS256', 'HS384', 'HS512'] as const

export type JwtAlgorithm = (typeof SIGNED_WITH_KEYS)[number] | (typeof SIGNED_WITH_SECRET)[number]

/** Where the claims lie in the token. */
export interface JwtClaimNames {
  /** Default: `tenant_id`. */
  readonly tenant?: string | undefined
  /** Whose answers and choices these are. Default: `sub`. */
  readonly user?: string | undefined
  /** One role or a list; names that are no roles are passed over. Default: `roles`. */
  readonly roles?: string | undefined
  /** The only agents the bearer may speak for. Default: `agent_ids`. */
  readonly agents?: string | undefined
}

export interface JwtOptions {
  /** The only `iss` that is believed. */
  readonly issuer: string
  /** What `aud` must hold. */
  readonly audience: string
  /** The address of the issuer's public keys, read when they are needed and kept ten minutes. Or {@link secret}. */
  readonly jwksUrl?: string | undefined
  /** A secret shared with the issuer, 32 bytes at least. Or {@link jwksUrl}. */
  readonly secret?: string | undefined
  /** What tokens may be signed with. Default: `RS256` and `ES256` with keys, `HS256` with a secret. */
  readonly algorithms?: readonly JwtAlgorithm[] | undefined
  readonly claims?: JwtClaimNames | undefined
  /** How far the issuer's clock may be off. Default: 5 seconds. */
  readonly clockToleranceSeconds?: number | undefined
  /** Default: the real world. */
  readonly runtime?: Runtime | undefined
}

export interface ResolvedJwtOptions {
  readonly issuer: string
  readonly audience: string
  readonly source: { readonly jwksUrl: URL } | { readonly secret: Uint8Array }
  readonly algorithms: string[]
  readonly claims: Required<{ readonly [Name in keyof JwtClaimNames]: string }>
  readonly clockToleranceSeconds: number
  readonly runtime: Runtime
}

/** @throws ConfigError naming the option that is wrong, and never the secret. */
export function resolveJwtOptions(options: JwtOptions): ResolvedJwtOptions {
  for (const name of ['issuer', 'audience'] as const) {
    if (options[name] === '') throw new ConfigError(`\`${name}\` must not be empty`)
  }
  const source = sourceOf(options)
  return Object.freeze({
    issuer: options.issuer,
    audience: options.audience,
    source,
    algorithms: algorithmsOf(options, source),
    claims: claimsOf(options.claims),
    clockToleranceSeconds: options.clockToleranceSeconds ?? 5,
    runtime: options.runtime ?? systemRuntime,
  })
}

function claimsOf({
  tenant = 'tenant_id',
  user = 'sub',
  roles = 'roles',
  agents = 'agent_ids',
}: JwtClaimNames = {}): ResolvedJwtOptions['claims'] {
  return { tenant, user, roles, agents }
}

function sourceOf({ jwksUrl, secret }: JwtOptions): ResolvedJwtOptions['source'] {
  if ((jwksUrl === undefined) === (secret === undefined)) {
    throw new ConfigError('Give `jwksUrl` or `secret`, and not both')
  }
  if (secret !== undefined) {
    const bytes = new TextEncoder().encode(secret)
    if (bytes.length >= 32) return { secret: bytes }
    throw new ConfigError(`\`secret\` must have 32 bytes at least; it has ${bytes.length}`)
  }
  if (jwksUrl === undefined || !URL.canParse(jwksUrl)) {
    throw new ConfigError('`jwksUrl` must be an address')
  }
  return { jwksUrl: safeUrl(new URL(jwksUrl)) }
}

/** Whoever can change the keys on their way can sign anything. */
function safeUrl(url: URL): URL {
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isHere)) return url
  throw new ConfigError(`\`jwksUrl\` must begin with https://; it begins with ${url.protocol}//`)
}

/** A public key must never be taken for a shared secret: the two kinds are not mixed. */
function algorithmsOf(options: JwtOptions, source: ResolvedJwtOptions['source']): string[] {
  const allowed: readonly string[] = 'secret' in source ? SIGNED_WITH_SECRET : SIGNED_WITH_KEYS
  const chosen = options.algorithms ?? ('secret' in source ? ['HS256'] : ['RS256', 'ES256'])
  for (const algorithm of chosen) {
    if (allowed.includes(algorithm)) continue
    throw new ConfigError(
      `\`algorithms\` must be among ${allowed.join(', ')} here; it holds ${JSON.stringify(algorithm)}`,
    )
  }
  if (chosen.length === 0) throw new ConfigError('`algorithms` must hold one at least')
  return [...chosen]
}
