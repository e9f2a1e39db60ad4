import { hash } from 'node:crypto'

import type { PreferenceKey } from '@imrs/core'

/** Names a user or session without saying who it is: the same on every machine, another one in every tenant. */
export function unitOf({ tenantId, userId }: PreferenceKey): string {
  return hash('sha256', JSON.stringify([tenantId, userId])).slice(0, 32)
}
