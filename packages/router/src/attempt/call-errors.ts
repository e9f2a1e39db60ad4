import type { Model, ProviderFailure } from '@imrs/core'
import { ProviderError } from '@imrs/core'

/** Adapters throw nothing else; one that does has a bug, which is the provider's failure to us. */
export function toCallError(error: unknown, model: Model): ProviderError {
  const of = { providerId: model.providerId, modelId: model.id }
  if (ProviderError.is(error)) {
    return error.modelId === model.id
      ? error
      : new ProviderError(error.failure, { ...of, code: error.code, cause: error.cause })
  }
  const message = `${model.displayName} failed in an unexpected way.`
  return new ProviderError({ kind: 'unknown', message }, { ...of, cause: error })
}

/** The stream of an answer ended without a word of its end. */
export function brokenOff({ providerId, id: modelId, displayName }: Model): ProviderError {
  const failure: ProviderFailure = {
    kind: 'truncated',
    message: `${displayName} broke off before its answer was complete.`,
  }
  return new ProviderError(failure, { providerId, modelId })
}
