import { ImrsError } from '@imrs/core'

import type { Identity } from './identity.ts'

/**
 * The user a request is made for: the caller, or the one an agent names.
 *
 * @throws ImrsError `forbidden` when anybody but an agent names another.
 */
export function actingUser(identity: Identity, named: string | undefined): string | undefined {
  if (named === undefined || named === identity.userId) return identity.userId
  if (identity.roles.includes('agent')) return named
  throw new ImrsError('forbidden', 'Only an agent may speak for another user.', { field: 'user' })
}

/** @throws ImrsError `forbidden` when there is no user the request could be for. */
export function assertUser(userId: string | undefined): string {
  if (userId !== undefined) return userId
  throw new ImrsError('forbidden', 'This is a user’s own: the credential must name one.', {
    field: 'user',
  })
}
