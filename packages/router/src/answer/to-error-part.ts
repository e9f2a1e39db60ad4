import type { Attempt, ErrorPart, ProviderError } from '@imrs/core'
import { AllAttemptsFailedError, fromNanoUsd } from '@imrs/core'

import type { Trial } from '../attempt/trial.ts'

/** What an answer had come to when it broke. */
export interface BrokenAnswer {
  readonly messageId: string
  readonly received: ErrorPart['received']
  readonly attempts: readonly Attempt[]
}

/** The last part of an answer that did not come about, or broke. */
export function toErrorPart(
  trial: Exclude<Trial, { kind: 'finished' }>,
  { messageId, received, attempts }: BrokenAnswer,
): ErrorPart {
  const isRetrySafe = received.toolCalls === 0
  const costUsd = knownCost(attempts)
  const base = {
    type: 'error',
    messageId,
    received,
    isRetrySafe,
    ...(costUsd === undefined ? {} : { costUsd }),
  } as const
  if (trial.kind === 'aborted') {
    const message = 'The answer was stopped.'
    return { ...base, code: 'aborted', message, isRetryable: true, tried: [] }
  }
  const { errors, tried } = trial
  const last = errors.at(-1)
  if (last === undefined) throw new TypeError('A failed trial has an error')
  const error = ofOneModel(errors) || areOverBudget(errors) ? last : summaryOf(errors)
  const calls = tried.filter(({ wasCalled }) => wasCalled).length
  const times = calls > 1 && error === last ? ` It was asked ${calls} times.` : ''
  return {
    ...base,
    code: error.code,
    message: `${error.message}${times}${adviceFor(last)}`,
    failureKind: last.failure.kind,
    isRetryable: errors.some((attempt) => attempt.isRetryable),
    tried,
    retryAfterMs: soonest(errors) ?? error.retryAfterMs,
  }
}

/** The sum of what is known; estimates are in it. */
function knownCost(attempts: readonly Attempt[]): number | undefined {
  const known = attempts.flatMap(({ costNanoUsd }) => costNanoUsd ?? [])
  if (known.length === 0) return undefined
  return fromNanoUsd(known.reduce((sum, cost) => sum + cost, 0))
}

/** The same model may have failed more than once: it is named once, with what it failed of last. */
function summaryOf(errors: readonly ProviderError[]): AllAttemptsFailedError {
  const kinds = new Map(
    errors.map((error) => [error.modelId ?? error.providerId, error.failure.kind]),
  )
  const tried = Array.from(kinds, ([model, kind]) => `${model} (${kind})`).join(', ')
  return new AllAttemptsFailedError(`None of ${kinds.size} models answered: ${tried}.`, errors)
}

/** Whose budget it is is what the caller has to know, not which models it kept from answering. */
function areOverBudget(errors: readonly ProviderError[]): boolean {
  return errors.every(({ failure }) => failure.kind === 'budget-exhausted')
}

function ofOneModel(errors: readonly ProviderError[]): boolean {
  return errors.every(({ modelId }) => modelId === errors[0]?.modelId)
}

/** When the first of them may be back, if any said so. */
function soonest(errors: readonly ProviderError[]): number | undefined {
  const waits = errors.flatMap((error) => error.retryAfterMs ?? [])
  return waits.length === 0 ? undefined : Math.min(...waits)
}

function adviceFor(error: ProviderError): string {
  return error.isRetryable ? ' Try again, or choose another model.' : ' Choose another model.'
}
