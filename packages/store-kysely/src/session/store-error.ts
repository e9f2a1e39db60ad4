import { ImrsError } from '@imrs/core'

import type { DialectTraits } from '../dialect-traits.ts'

/**
 * The error a caller sees for one of the database. Its message holds neither SQL nor values; the
 * original is its `cause`.
 */
export function toStoreError(error: unknown, traits: DialectTraits): ImrsError {
  if (ImrsError.is(error)) return error
  const described = traits.describe?.(error)
  if (traits.classify(error) === 'internal') {
    const message = described ?? `The ${traits.name} store failed`
    return new ImrsError('internal', message, { cause: error })
  }
  const message = described ?? `The ${traits.name} database cannot be used now`
  return new ImrsError('store-unavailable', message, { cause: error })
}
