import type { CatalogHandle } from '@imrs/catalog'
import type { CallOptions, ExclusionReason, Model } from '@imrs/core'
import { ImrsError, fromCapabilityMask } from '@imrs/core'

import { describeProblem, describeTaken } from '../parameters/describe-problem.ts'
import { profileOf } from '../parameters/profile-of.ts'
import { refusedParameter } from '../parameters/refused-parameter.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'

/** Reasons for which another model may stand in; all others are the caller's to mend. */
export function mayBeReplaced(reason: ExclusionReason): boolean {
  return reason === 'unavailable' || reason === 'provider-inactive'
}

/** The error for a model that was asked for and may not or cannot be used. */
export async function refusalOf(
  reason: ExclusionReason,
  subject: RefusalSubject,
  options?: CallOptions,
): Promise<ImrsError> {
  const { model, prepared } = subject
  if (reason === 'missing-credential' || reason === 'credential-unknown') {
    return missingCredential(subject, options)
  }
  if (reason === 'missing-capability') {
    return new ImrsError('missing-capability', lacking(model, prepared), { field: 'model' })
  }
  if (reason === 'context-too-small') {
    return new ImrsError('context-too-long', tooLong(model, prepared), { field: 'messages' })
  }
  if (reason === 'not-in-preset') {
    const message = `The router could not choose within the preset, and ${model.displayName} is not in it.`
    return new ImrsError('internal', message)
  }
  if (reason === 'unsupported-parameter') return unsupportedParameter(model, prepared)
  return GONE.has(reason)
    ? new ImrsError('model-unavailable', unavailable(model), { field: 'model' })
    : new ImrsError('model-not-allowed', notAllowed(model), { field: 'model' })
}

/** Reasons that lie with the provider; what is left is forbidden here. */
const GONE: ReadonlySet<ExclusionReason> = new Set([
  'unavailable',
  'provider-inactive',
  'unhealthy',
])

function tooLong(model: Model, { input }: PreparedRequest): string {
  return (
    `The request has about ${input.inputTokens} tokens; ${model.displayName} takes ` +
    `${model.contextLength ?? 0}, answer included. Shorten it or choose "auto".`
  )
}

function unsupportedParameter(
  model: Model,
  { snapshot, input: { insisted = {} } }: PreparedRequest,
): ImrsError {
  const profile = profileOf(snapshot, model)
  const found = refusedParameter(insisted, profile)
  if (found === undefined) throw new TypeError(`${model.id} takes every parameter of the request`)
  const problem = describeProblem(model, found, profile.support)
  const taken = found.problem === 'unsupported' ? describeTaken(profile.support) : ''
  const message = [problem, taken, `Leave "${found.name}" out, or choose "auto".`]
  return new ImrsError('unsupported-parameter', message.filter((part) => part !== '').join(' '), {
    field: found.name,
  })
}

function notAllowed(model: Model): string {
  return `${model.displayName} (${model.id}) is not allowed here. Choose another model or "auto".`
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
