import { apiKeyAuthentication, bearerToken, jwtAuthentication } from '@imrs/http'
import type { Authenticator } from '@imrs/http'
import type { Router } from '@imrs/router'

import { UsageError } from '../command/usage-error.ts'
import type { CommandContext } from '../context/command-context.ts'
import { anyoneHere, isLoopbackHost } from './loopback.ts'

/** What says who may use the server. */
export interface AuthenticationChoice {
  readonly host: string
  /** Pages of other sites that may call. */
  readonly origins: readonly string[]
  readonly hasApiKeys: boolean
  readonly adminTokenEnv: string | undefined
  readonly jwtSecretEnv: string | undefined
  readonly jwksUrl: string | undefined
  readonly issuer: string | undefined
  readonly audience: string | undefined
}

/** Who may use a server. */
export interface Authentication {
  /** Whether anyone on this machine may. */
  readonly isOpen: boolean
  readonly of: (router: Router) => readonly Authenticator[]
}

/**
 * The ways to prove who one is that were asked for; none: anyone on this machine may use the server.
 * With any way, API keys are taken as well.
 *
 * @throws UsageError for half of what a way needs, and for none on an address that others reach;
 * ConfigError for a token that is too short.
 */
export function authenticationOf(
  context: Pick<CommandContext, 'runtime'>,
  choice: AuthenticationChoice,
): Authentication {
  const ways = [adminToken(context, choice), jwt(context, choice)].filter(
    (way) => way !== undefined,
  )
  if (ways.length > 0 || choice.hasApiKeys) {
    return { isOpen: false, of: (router) => [apiKeyAuthentication({ router }), ...ways] }
  }
  if (choice.origins.length > 0) {
    throw new UsageError(
      '--cors-origin needs authentication: without it pages of other sites are refused. Say --admin-token-env, --api-keys, --jwks-url or --jwt-secret-env.',
    )
  }
  if (isLoopbackHost(choice.host)) return { isOpen: true, of: () => [anyoneHere()] }
  throw new UsageError(
    `--host ${choice.host} can be reached by others, and without authentication anyone could spend your money. Say --admin-token-env, --api-keys, --jwks-url or --jwt-secret-env, or leave --host away.`,
  )
}

function adminToken(
  context: Pick<CommandContext, 'runtime'>,
  { adminTokenEnv }: AuthenticationChoice,
): Authenticator | undefined {
  if (adminTokenEnv === undefined) return undefined
  const token = secretIn(context, '--admin-token-env', adminTokenEnv)
  const roles = ['platform_admin', 'agent'] as const
  return bearerToken({
    token,
    identity: { tenantId: 'default', userId: 'admin', roles, actor: 'admin-token' },
  })
}

function jwt(
  context: Pick<CommandContext, 'runtime'>,
  { jwtSecretEnv, jwksUrl, issuer, audience }: AuthenticationChoice,
): Authenticator | undefined {
  if (jwtSecretEnv === undefined && jwksUrl === undefined) {
    if (issuer === undefined && audience === undefined) return undefined
    throw new UsageError('--issuer and --audience need --jwt-secret-env or --jwks-url')
  }
  if (issuer === undefined || audience === undefined) {
    throw new UsageError(
      '--issuer and --audience are needed: tokens of others are not to be believed',
    )
  }
  const secret =
    jwtSecretEnv === undefined ? undefined : secretIn(context, '--jwt-secret-env', jwtSecretEnv)
  return jwtAuthentication({ issuer, audience, jwksUrl, secret, runtime: context.runtime })
}

/** The key that reads the figures at `/api/metrics`; without one they are for platform admins. */
export function metricsKeyOf(
  context: Pick<CommandContext, 'runtime'>,
  variable: string | undefined,
): string | undefined {
  return variable === undefined ? undefined : secretIn(context, '--metrics-key-env', variable)
}

function secretIn(
  { runtime }: Pick<CommandContext, 'runtime'>,
  option: string,
  name: string,
): string {
  const secret = runtime.environment(name)
  if (secret !== undefined) return secret
  // What was given may be the secret itself.
  const shown = /^[A-Z_][A-Z0-9_]*$/.test(name) ? name : 'a variable'
  throw new UsageError(`${option} names ${shown}, which is not set in the environment`)
}
