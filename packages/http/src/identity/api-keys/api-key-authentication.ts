import { ImrsError } from '@imrs/core'
import type { Router } from '@imrs/router'

import { bearerOf } from '../bearer.ts'
import type { Authenticator } from '../identity.ts'

export interface ApiKeyOptions {
  /** Whose keys they are. */
  readonly router: Pick<Router, 'apiKeys'>
}

/**
 * Takes keys of machines from `Authorization: Bearer imrs_…`, as `POST /api/v2/admin/api-keys` makes
 * them. A machine is no user: with the role `agent` it may name the user it speaks for, and what
 * belongs to a user alone is not for it.
 */
export function apiKeyAuthentication({ router }: ApiKeyOptions): Authenticator {
  return {
    kind: 'bearer',
    authenticate: async (request) => {
      const token = bearerOf(request)
      if (token?.startsWith('imrs_') !== true) return undefined
      const key = await router.apiKeys.verify(token, { signal: request.signal })
      if (key === undefined) {
        throw new ImrsError('unauthenticated', 'The API key is wrong, expired or revoked.', {
          field: 'authorization',
        })
      }
      const { id, tenantId, roles, agentIds } = key
      const bound = agentIds === undefined ? {} : { agentIds }
      return { identity: { tenantId, roles, ...bound, actor: `key:${id}` } }
    },
  }
}
