import type { ProviderLink } from '@imrs/catalog'
import type { AttemptCause, Model, Provider, ProviderFailure } from '@imrs/core'
import { ImrsError, ProviderError } from '@imrs/core'

import type { AttemptContext, AttemptJob } from './attempt-context.ts'
import type { BreakerPass } from './breaker/breakers.ts'

/** A call that wants to be made. */
export interface Applicant {
  readonly model: Model
  readonly provider: Provider
  readonly cause: AttemptCause
  /** Whether the provider was called before in this answer. */
  readonly isRepetition: boolean
  readonly signal: AbortSignal
}

/** What a call that may be made goes with. */
export interface Admission {
  readonly kind: 'admitted'
  readonly adapter: ProviderLink['adapter']
  readonly pass: BreakerPass
}

export interface Refusal {
  readonly kind: 'refused'
  readonly error: ProviderError
  /** Monotonic, milliseconds; `undefined` when waiting does not help. */
  readonly retryAtMs?: number | undefined
}

/**
 * Asks whether a call may be made, and takes what it needs: the key, a repetition of the provider's
 * retry budget, the breaker's leave, a place in the provider's pace. Nothing is taken by a call that
 * is refused, except that place.
 */
export async function admit(
  context: AttemptContext,
  job: AttemptJob,
  applicant: Applicant,
): Promise<Admission | Refusal> {
  const { model, provider, isRepetition } = applicant
  let link: ProviderLink
  try {
    const { userKeys } = job.prepared
    link = await context.catalog.connect(provider, { signal: applicant.signal, userKeys })
  } catch (error) {
    applicant.signal.throwIfAborted()
    if (!ImrsError.is(error)) throw error
    return { kind: 'refused', error: noKey(model, error) }
  }
  if (isRepetition && !context.retryBudget.hasOne(provider.id)) return spent(applicant)
  const { credentialId } = link
  const pass = context.breakers.ask({ providerId: provider.id, modelId: model.id, credentialId })
  if (pass.kind === 'refused') return resting(context, applicant, pass)
  const waitMs = context.pace.take(provider, context.runtime.monotonic())
  if (waitMs > 0) {
    pass.ended({ kind: 'nothing' })
    return tooFast(context, applicant, waitMs)
  }
  if (isRepetition) context.retryBudget.take(provider.id)
  else context.retryBudget.earned(provider.id)
  return { kind: 'admitted', adapter: link.adapter, pass }
}

/** A key that is missing, or cannot be read now. */
function noKey(model: Model, cause: ImrsError): ProviderError {
  const { providerId, id: modelId } = model
  const failure = { kind: 'credentials', message: cause.message } as const
  return new ProviderError(failure, { providerId, modelId, code: cause.code, cause })
}

function spent({ model, provider }: Applicant): Refusal {
  const message = `${provider.displayName} keeps failing; it is not asked again for now.`
  return { kind: 'refused', error: errorOf(model, { kind: 'overloaded', message }) }
}

function resting(
  { runtime }: AttemptContext,
  { model }: Applicant,
  given: Pick<Refusal, 'retryAtMs'> & {
    readonly failureKind: ProviderFailure['kind']
    readonly retryAtMs: number
  },
): Refusal {
  const { failureKind, retryAtMs } = given
  const retryAfterMs = Math.max(0, Math.ceil(retryAtMs - runtime.monotonic()))
  const message = `${model.displayName} rests after failures (${failureKind}) for another ${seconds(retryAfterMs)}.`
  return {
    kind: 'refused',
    error: errorOf(model, { kind: failureKind, message, retryAfterMs }),
    retryAtMs,
  }
}

/** A request beyond the provider's limit is not sent: it would only be refused there. */
function tooFast(
  { runtime }: AttemptContext,
  { model, provider }: Applicant,
  waitMs: number,
): Refusal {
  const message = `${provider.displayName} takes ${provider.rateLimitRpm ?? 0} requests a minute, and has had them.`
  return {
    kind: 'refused',
    error: errorOf(model, { kind: 'rate-limited', message, retryAfterMs: waitMs }),
    retryAtMs: runtime.monotonic() + waitMs,
  }
}

function errorOf({ providerId, id: modelId }: Model, failure: ProviderFailure): ProviderError {
  return new ProviderError(failure, { providerId, modelId })
}

function seconds(durationMs: number): string {
  return `${Math.max(1, Math.ceil(durationMs / 1000))} s`
}
