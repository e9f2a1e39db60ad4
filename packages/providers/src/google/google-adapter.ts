import type { ProviderAdapter, ProviderConnection } from '@imrs/core'

/** Connects one row of the Google family. */
export function connectGoogle(connection: ProviderConnection): ProviderAdapter {
  throw new Error(`not connected: ${connection.provider.id}`)
}
