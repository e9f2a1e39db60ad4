import { createHash } from 'node:crypto'

import type { CallOptions } from '@imrs/core'
import { ImrsError } from '@imrs/core'

/** Keys that a user brought along, by provider id. Used for one call and forgotten. */
export type UserKeys = Readonly<Record<string, string>>

/** The last parameter of calls that may use a user's own keys. */
export interface UserKeyOptions extends CallOptions {
  /**
   * Keys of the caller's own, by provider id; the host's key wins where there is one. Refused unless
   * the router was made with `allowUserKeys`. Never stored, logged or kept beyond the call.
   */
  readonly userKeys?: UserKeys | undefined
}

/** Printable ASCII without spaces, as long as keys are. */
const USER_KEY = /^[\x21-\x7e]{8,512}$/

/**
 * Refuses what cannot be a key before it goes anywhere.
 *
 * @throws ImrsError `invalid-request` that names the provider and never the value.
 */
export function assertUserKeys(userKeys: UserKeys, areAllowed: boolean): void {
  const [first] = Object.keys(userKeys)
  if (first === undefined) return
  if (!areAllowed) {
    throw new ImrsError('invalid-request', 'Keys of users are not taken here.', {
      field: 'userKeys',
    })
  }
  for (const [providerId, key] of Object.entries(userKeys)) {
    if (typeof key === 'string' && USER_KEY.test(key)) continue
    throw new ImrsError(
      'invalid-request',
      `The key for ${JSON.stringify(providerId)} must have 8 to 512 printable characters and no spaces.`,
      { field: `userKeys.${providerId}` },
    )
  }
}

/** What names a cache entry in place of the key. */
export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
