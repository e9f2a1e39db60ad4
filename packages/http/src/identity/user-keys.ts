import type { Router } from '@imrs/router'

import type { ResolvedHttpOptions } from '../http-options.ts'

type UserKeys = NonNullable<NonNullable<Parameters<Router['chat']>[1]>['userKeys']>

/**
 * The keys of the caller's own that a request brings in the headers the host named; `undefined` when
 * there are none. They are used for this call and kept nowhere.
 */
export function userKeysOf(
  { headers }: Request,
  { userKeyHeaders }: Pick<ResolvedHttpOptions, 'userKeyHeaders'>,
): UserKeys | undefined {
  const keys = Object.entries(userKeyHeaders).flatMap(([providerId, header]) => {
    const key = headers.get(header)
    return key === null ? [] : [[providerId, key] as const]
  })
  return keys.length === 0 ? undefined : Object.fromEntries(keys)
}
