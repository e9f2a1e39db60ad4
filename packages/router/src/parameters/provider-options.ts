import type { JsonObject, ModelParameters } from '@imrs/core'

/** The options for one provider. */
export function providerOptionsOf(
  { providerOptions }: ModelParameters,
  providerId: string,
): JsonObject | undefined {
  // An id may be the name of something that every object inherits.
  if (providerOptions === undefined || !Object.hasOwn(providerOptions, providerId)) return undefined
  return providerOptions[providerId]
}

/** Field by field, the narrower winning. */
export function mergedOptions(
  broad: JsonObject | undefined,
  narrow: JsonObject | undefined,
): JsonObject | undefined {
  return broad === undefined || narrow === undefined ? (narrow ?? broad) : { ...broad, ...narrow }
}
