import type { SharedV4ProviderMetadata, SharedV4ProviderOptions } from '@ai-sdk/provider'
import type { ProviderData } from '@imrs/core'

import { asObject, plainObject } from '../shared/plain-json.ts'

/**
 * What only the model that made a part understands, on its way out. The AI SDK keeps the metadata of
 * a part and gives them back as its options with the next step.
 */
export function toPartMetadata(
  providerData: ProviderData | undefined,
): { readonly providerMetadata: SharedV4ProviderMetadata } | undefined {
  if (providerData === undefined) return undefined
  const metadata = { imrs: { providerData: plainObject(providerData) } }
  // Our JSON is read-only, the SDK's is not; nobody writes to it.
  return { providerMetadata: metadata as SharedV4ProviderMetadata }
}

/** The same on its way back. The router checks it with the rest of the message. */
export function fromPartOptions(
  options: SharedV4ProviderOptions | undefined,
): { readonly providerData: ProviderData } | undefined {
  const providerData = asObject(options?.['imrs'])?.['providerData']
  // Whatever it is: what is no provider data is refused with the request, by its place in it.
  return providerData === undefined ? undefined : { providerData: providerData as ProviderData }
}
