import { ConfigError } from '@imrs/core'

import { bearerOf } from '../bearer.ts'
import type { Authenticator, Identity } from '../identity.ts'
import { isSameSecret } from '../same-secret.ts'

export interface BearerTokenOptions {
  /** The secret, 32 characters at least, of those that a header takes without spaces. */
  readonly token: string
  /** Who its bearer is. */
  readonly identity: Identity
}

const LEAST_CHARACTERS = 32

/**
 * Lets the bearer of one secret token in, for hosts without an issuer of tokens: an admin of a small
 * installation, a machine. Any other token is left to the next authenticator, and refused by the last.
 *
 * @throws ConfigError when the token is too short, or cannot be sent in a header.
 */
export function bearerToken({ token, identity }: BearerTokenOptions): Authenticator {
  if (token.length < LEAST_CHARACTERS) {
    const rule = `must have ${LEAST_CHARACTERS} characters at least`
    throw new ConfigError(`\`token\` ${rule}; it has ${token.length}`)
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new ConfigError('`token` must be of ASCII letters, digits and signs, without spaces')
  }
  const bearer = Object.freeze({ ...identity })
  return {
    kind: 'bearer',
    authenticate: async (request) => {
      const given = bearerOf(request)
      if (given === undefined || !isSameSecret(given, token)) return undefined
      return { identity: bearer }
    },
  }
}
