import { ImrsError } from '@imrs/core'

/** After `close` a store no longer knows: callers make no call, as when it cannot be reached. */
export function closedError(name: string): ImrsError {
  return new ImrsError('secret-store-unavailable', `The ${name} secret store is closed.`)
}
