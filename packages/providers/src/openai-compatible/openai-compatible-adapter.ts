import type { ProviderAdapter, ProviderConnection } from '@imrs/core'

/** Connects one row of the OpenAI-compatible family. */
export function connectOpenAiCompatible(connection: ProviderConnection): ProviderAdapter {
  throw new Error(`not connected: ${connection.provider.id}`)
}
