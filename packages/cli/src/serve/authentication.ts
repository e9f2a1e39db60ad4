import { jwtAuthentication } from '@imrs/http'
import type { Authenticator } from '@imrs/http'

import { UsageError } from '../command/usage-error.ts'
import type { CommandContext } from '../context/command-context.ts'
import { isLoopbackHost } from './loopback.ts'

/** What says who may use the server. */
export interface AuthenticationChoice {
  readonly host: string
  readonly jwtSecretEnv: string | undefined
  readonly jwksUrl: string | undefined
  readonly issuer: string | undefined
  readonly audience: string | undefined
}

/**
 * The ways to prove who one is that were asked for; none: anyone on this machine may use the server.
 *
 * @throws UsageError for half of what a way needs, and for none on an address that others reach.
 */
export function authenticationOf(
  { runtime }: Pick<CommandContext, 'runtime'>,
  choice: AuthenticationChoice,
): readonly Authenticator[] {
  const { host, jwtSecretEnv, jwksUrl, issuer, audience } = choice
  if (jwtSecretEnv === undefined && jwksUrl === undefined) {
    if (issuer !== undefined || audience !== undefined) {
      throw new UsageError('--issuer and --audience need --jwt-secret-env or --jwks-url')
    }
    if (isLoopbackHost(host)) return []
    throw new UsageError(
      `--host ${host} can be reached by others, and without authentication anyone could spend your money. Say --jwks-url or --jwt-secret-env with --issuer and --audience, or leave --host away.`,
    )
  }
  if (issuer === undefined || audience === undefined) {
    throw new UsageError(
      '--issuer and --audience are needed: tokens of others are not to be believed',
    )
  }
  const secret = jwtSecretEnv === undefined ? undefined : runtime.environment(jwtSecretEnv)
  if (jwtSecretEnv !== undefined && secret === undefined) {
    throw new UsageError(`--jwt-secret-env names ${jwtSecretEnv}, which is not set`)
  }
  return [jwtAuthentication({ issuer, audience, jwksUrl, secret, runtime })]
}
