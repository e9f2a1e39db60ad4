import { ImrsError } from '@imrs/core'

import type { Authenticated, Authenticator } from './identity.ts'

/**
 * Asks one way after the other.
 *
 * @throws ImrsError `unauthenticated` when no way knows the request's credential, or it is not good.
 */
export async function authenticate(
  request: Request,
  authenticators: readonly Authenticator[],
): Promise<Authenticated> {
  for (const authenticator of authenticators) {
    const authenticated = await authenticator.authenticate(request)
    if (authenticated !== undefined) return authenticated
  }
  throw new ImrsError(
    'unauthenticated',
    'This needs a credential: send `Authorization: Bearer …`.',
    { field: 'authorization' },
  )
}
