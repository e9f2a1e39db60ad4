import { createHmac } from 'node:crypto'

import { ConfigError } from '@imrs/core'
import type { PreferenceKey } from '@imrs/core'

/** Gives the same text for the same user, and nothing of who that is to those without the key. */
export type HashUser = (user: PreferenceKey) => string

const MIN_KEY_LENGTH = 32

/** HMAC-SHA256, 32 hexadecimal digits of it; `undefined` without a key. @throws ConfigError that does not show the key. */
export function userHasher(key: string | undefined): HashUser | undefined {
  if (key === undefined) return undefined
  if (typeof key !== 'string' || key.length < MIN_KEY_LENGTH) {
    throw new ConfigError(`\`userHashKey\` must have ${MIN_KEY_LENGTH} characters or more`)
  }
  return ({ tenantId, userId }) =>
    createHmac('sha256', key)
      .update(JSON.stringify([tenantId, userId]))
      .digest('hex')
      .slice(0, 32)
}
