import { ImrsError, hostIdSchema } from '@imrs/core'
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey } from 'jose'

import { bearerOf } from '../bearer.ts'
import { ROLES } from '../identity.ts'
import type { Authenticator, Identity, Role } from '../identity.ts'
import { resolveJwtOptions } from './jwt-options.ts'
import type { JwtOptions, ResolvedJwtOptions } from './jwt-options.ts'

/** How long keys are taken for granted, and how soon an unknown one has them read again. */
const KEYS_FOR_MS = 600_000
const ASK_AGAIN_AFTER_MS = 30_000
const KEYS_TIMEOUT_MS = 5_000

/**
 * Takes JSON Web Tokens from `Authorization: Bearer`. Signature, algorithm, issuer, audience and
 * expiry are checked; a token without expiry, tenant or a role of ours is refused. Keys of the issuer
 * are read once and shared by requests that come together.
 *
 * @throws ConfigError naming the option that is wrong.
 */
export function jwtAuthentication(jwtOptions: JwtOptions): Authenticator {
  const options = resolveJwtOptions(jwtOptions)
  const keyOf = keySource(options)
  return {
    kind: 'bearer',
    authenticate: async (request) => {
      const token = bearerOf(request)
      if (token === undefined || token.split('.').length !== 3) return undefined
      return { identity: toIdentity(await verified(token, { keyOf, options }), options) }
    },
  }
}

function keySource({ source, runtime }: ResolvedJwtOptions): JWTVerifyGetKey {
  if ('secret' in source) return async () => source.secret
  return createRemoteJWKSet(source.jwksUrl, {
    cacheMaxAge: KEYS_FOR_MS,
    cooldownDuration: ASK_AGAIN_AFTER_MS,
    timeoutDuration: KEYS_TIMEOUT_MS,
    [customFetch]: async (url, init) => runtime.fetch(url, init),
  })
}

async function verified(
  token: string,
  { keyOf, options }: { readonly keyOf: JWTVerifyGetKey; readonly options: ResolvedJwtOptions },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      issuer: options.issuer,
      audience: options.audience,
      algorithms: options.algorithms,
      clockTolerance: options.clockToleranceSeconds,
      currentDate: new Date(options.runtime.now()),
      requiredClaims: ['exp'],
    })
    return payload
  } catch (error) {
    throw refusalOf(error)
  }
}

function refusalOf(error: unknown): ImrsError {
  if (error instanceof errors.JWTExpired) return refused('The token has expired.', error)
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refused(`The token’s claim \`${error.claim}\` is not what it must be.`, error)
  }
  if (isOfIssuer(error)) {
    const message = 'The issuer’s keys cannot be read at the moment. Try again shortly.'
    return new ImrsError('authentication-unavailable', message, { cause: error })
  }
  return refused('The token is not one that this service trusts.', error)
}

/** Whether the keys could not be had, which says nothing of the token. */
function isOfIssuer(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true
  // The plain error is thrown for an answer that is no list of keys.
  return ['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT'].includes(error.code)
}

function toIdentity(payload: JWTPayload, { claims }: ResolvedJwtOptions): Identity {
  const roles = textsOf(payload[claims.roles]).filter(isRole)
  if (roles.length === 0) throw refused(`The token’s claim \`${claims.roles}\` names no role.`)
  const userId = idOf(payload, claims.user)
  const agents = payload[claims.agents]
  return {
    tenantId: idOf(payload, claims.tenant),
    userId,
    roles,
    ...(agents === undefined ? {} : { agentIds: textsOf(agents) }),
    actor: `user:${userId}`,
  }
}

function idOf(payload: JWTPayload, claim: string): string {
  const result = hostIdSchema.safeParse(payload[claim])
  if (result.success) return result.data
  throw refused(`The token’s claim \`${claim}\` must have 1 to 128 characters.`)
}

function textsOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((each) => typeof each === 'string')
}

function isRole(value: string): value is Role {
  return (ROLES as readonly string[]).includes(value)
}

function refused(message: string, cause?: unknown): ImrsError {
  return new ImrsError('unauthenticated', message, { field: 'authorization', cause })
}
