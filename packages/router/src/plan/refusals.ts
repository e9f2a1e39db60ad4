import type { CatalogHandle } from '@imrs/catalog'
import type { CallOptions, ExclusionReason, Model } from '@imrs/core'
import { ImrsError, fromCapabilityMask } from '@imrs/core'

import type { PreparedRequest } from '../prepare/prepared-request.ts'

/** Reasons for which another model may stand in; all others are the caller's to mend. */
export function mayBeReplaced(reason: ExclusionReason): boolean {
  return reason === 'unavailable' || reason === 'provider-inactive'
}

/** The error for a model that was asked for and may not or cannot be used. */
export async function refusalOf(
  reason: ExclusionReason,
  { model, prepared, catalog }: RefusalSubject,
  options?: CallOptions,
): Promise<ImrsError> {
  switch (reason) {
    case 'missing-credential':
    case 'credential-unknown':
      return missingCredential({ model, prepared, catalog }, options)
    case 'missing-capability':
      return new ImrsError('missing-capability', lacking(model, prepared), { field: 'model' })
    case 'context-too-small':
      return new ImrsError(
        'context-too-long',
        `The request has about ${prepared.input.inputTokens} tokens; ${model.displayName} takes ` +
          `${model.contextLength ?? 0}, answer included. Shorten it or choose "auto".`,
        { field: 'messages' },
      )
    case 'unavailable':
    case 'provider-inactive':
    case 'unhealthy':
      return new ImrsError('model-unavailable', unavailable(model), { field: 'model' })
    case 'not-enabled':
    case 'not-allowed':
    case 'vetoed':
      return new ImrsError(
        'model-not-allowed',
        `${model.displayName} (${model.id}) is not allowed here. Choose another model or "auto".`,
        { field: 'model' },
      )
  }
}

interface RefusalSubject {
  readonly model: Model
  readonly prepared: PreparedRequest
  readonly catalog: CatalogHandle
}

async function missingCredential(
  { model, prepared, catalog }: RefusalSubject,
  options?: CallOptions,
): Promise<ImrsError> {
  const provider = prepared.snapshot.providers.find(({ id }) => id === model.providerId)
  if (provider === undefined) return new ImrsError('model-unavailable', unavailable(model))
  try {
    const { instruction } = await catalog.credentialOf(provider, options)
    return new ImrsError(
      'missing-credential',
      `${model.displayName} needs a key for ${provider.displayName}. ${instruction ?? ''}`.trim(),
    )
  } catch (error) {
    if (ImrsError.is(error)) return error
    throw error
  }
}

function lacking(model: Model, { input }: PreparedRequest): string {
  const needed = fromCapabilityMask(input.requiredCapabilities)
  const missing = needed.filter((capability) => !model.capabilities.includes(capability))
  return (
    `${model.displayName} cannot do what this request needs: ${missing.join(', ')}. ` +
    'Choose another model or "auto".'
  )
}

function unavailable(model: Model): string {
  const why = model.unavailableReason ?? 'Its provider does not offer it now.'
  return `${model.displayName} is not available. ${why} Choose another model or "auto".`
}
