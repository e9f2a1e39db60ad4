import { randomBytes } from 'node:crypto'

import { ConfigError } from '@imrs/core'

/** What makes its bearer the admin. */
export interface AdminToken {
  readonly token: string
  /** Whether it was made up at this start, so that somebody must be told it. */
  readonly isMadeUp: boolean
}

export interface AdminWish {
  /** `ADMIN_TOKEN` of the environment. */
  readonly token: string | undefined
  /** Whether the command line says `--admin`. */
  readonly isAsked: boolean
  /** The address the chat listens at. */
  readonly host: string
}

const LEAST_CHARACTERS = 32

/**
 * The token of the environment; for `--admin` without one, a new one. That is printed, and what is
 * printed on a server is read by others, so it is made up only where this machine alone gets in.
 *
 * @throws ConfigError that names the variable and the rule, never the token.
 */
export function adminTokenFor({ token, isAsked, host }: AdminWish): AdminToken | undefined {
  if (token !== undefined) return { token: checked(token), isMadeUp: false }
  if (!isAsked) return undefined
  if (isLoopback(host)) return { token: randomBytes(32).toString('base64url'), isMadeUp: true }
  throw new ConfigError(
    `\`ADMIN_TOKEN\` must be set for \`--admin\`, since others reach HOST ${host}`,
  )
}

function checked(token: string): string {
  if (token.length < LEAST_CHARACTERS) {
    const rule = `must have at least ${LEAST_CHARACTERS} characters`
    throw new ConfigError(`\`ADMIN_TOKEN\` ${rule}; it has ${token.length}`)
  }
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new ConfigError('`ADMIN_TOKEN` must be of ASCII letters, digits and signs, without spaces')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
