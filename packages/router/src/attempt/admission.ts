import type { ProviderLink } from '@imrs/catalog'
import type { Model, Provider, ProviderFailure } from '@imrs/core'
import { ImrsError, ProviderError } from '@imrs/core'

import type { BudgetVerdict, RefusedCall, ReservedCall } from '../budgets/budgeted-call.ts'
import type { AttemptContext, AttemptJob } from './attempt-context.ts'
import type { BreakerPass } from './breaker/breakers.ts'

/** A call that wants to be made. */
export interface Applicant {
  readonly model: Model
  readonly provider: Provider
  /** The id of the row it will have in the ledger. */
  readonly attemptId: string
  /** What the model would be asked for at most. */
  readonly maxOutputTokens: number | undefined
  /** Whether the provider was called before in this answer. */
  readonly isRepetition: boolean
  readonly signal: AbortSignal
}

/** What a call that may be made goes with. */
export interface Admission {
  readonly kind: 'admitted'
  readonly adapter: ProviderLink['adapter']
  readonly pass: BreakerPass
  /** What was set aside for it; `undefined` when no budget holds it. */
  readonly reserved: ReservedCall | undefined
}

export interface Refusal {
  readonly kind: 'refused'
  readonly error: ProviderError
  /** Monotonic, milliseconds; `undefined` when waiting does not help. */
  readonly retryAtMs?: number | undefined
}

/**
 * Asks whether a call may be made, and takes what it needs: the key, a repetition of the provider's
 * retry budget, the breaker's leave, a place in the provider's pace, room in the budgets. Nothing is
 * taken by a call that is refused, except that place.
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
  const waitMs = await placeInPace(context, { ...applicant, pass })
  if (waitMs > 0) {
    pass.ended({ kind: 'nothing' })
    return tooFast(context, applicant, waitMs)
  }
  const budget = await withinBudget(context, job, { ...applicant, pass })
  if (budget.kind === 'refused') return overBudget(context, applicant, budget)
  if (isRepetition) context.retryBudget.take(provider.id)
  else context.retryBudget.earned(provider.id)
  const reserved = budget.kind === 'reserved' ? budget : undefined
  return { kind: 'admitted', adapter: link.adapter, pass, reserved }
}

/** Milliseconds until there is a place; 0 for one that was taken. */
async function placeInPace(
  { pace }: AttemptContext,
  { provider, signal, pass }: Applicant & { readonly pass: BreakerPass },
): Promise<number> {
  // Most providers have no limit: nothing is waited for.
  if (provider.rateLimitRpm === undefined) return 0
  try {
    return await pace.take(provider, { signal })
  } catch (error) {
    pass.ended({ kind: 'nothing' })
    throw error
  }
}

async function withinBudget(
  { budgets, runtime }: AttemptContext,
  { prepared }: AttemptJob,
  { model, attemptId, maxOutputTokens, signal, pass }: Applicant & { readonly pass: BreakerPass },
): Promise<BudgetVerdict> {
  const { snapshot, input } = prepared
  const call = {
    ...snapshot.agent,
    userId: input.userId,
    attemptId,
    model,
    inputTokens: input.inputTokens,
    maxOutputTokens,
    atMs: runtime.now(),
  }
  try {
    const verdict = await budgets.reserve(call, { signal })
    if (verdict.kind === 'refused') pass.ended({ kind: 'nothing' })
    return verdict
  } catch (error) {
    pass.ended({ kind: 'nothing' })
    throw error
  }
}

function overBudget(
  { runtime }: AttemptContext,
  { model }: Applicant,
  { failure }: RefusedCall,
): Refusal {
  const error = errorOf(model, failure)
  if (failure.retryAfterMs === undefined) return { kind: 'refused', error }
  return { kind: 'refused', error, retryAtMs: runtime.monotonic() + failure.retryAfterMs }
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
