import { ImrsError } from '@imrs/core'

import type { DialectTraits } from '../dialect-traits.ts'

/**
 * The error a caller sees for one of the database. Its message holds neither SQL nor values; the
 * original is its `cause`.
 */
export function toStoreError(error: unknown, traits: DialectTraits): ImrsError {
  if (ImrsError.is(error)) return error
  if (traits.classify(error) === 'internal') {
    return new ImrsError('internal', `The ${traits.name} store failed`, { cause: error })
  }
  return new ImrsError('store-unavailable', `The ${traits.name} database cannot be used now`, {
    cause: error,
  })
}
