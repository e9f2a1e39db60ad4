import type { JsonObject, ModelCall, Provider, ProviderData } from '@imrs/core'

/** The model a request goes to. */
export interface CallTarget {
  readonly provider: Provider
  readonly call: ModelCall
}

/**
 * What the model that is called said for itself in an earlier answer. Another provider's data, and
 * that of another model of the same provider, is `undefined`: the signature of one model is refused
 * by the next.
 */
export function ownData(
  data: ProviderData | undefined,
  { provider, call }: CallTarget,
): JsonObject | undefined {
  const isOwn = data?.providerId === provider.id && data.externalId === call.externalId
  return isOwn ? data.data : undefined
}
