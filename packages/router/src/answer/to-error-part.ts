import type { ErrorPart } from '@imrs/core'
import { AllAttemptsFailedError } from '@imrs/core'
import type { ProviderError } from '@imrs/core'

import type { Trial } from './try-models.ts'

/** The last part of an answer that did not come about, or broke. */
export function toErrorPart(
  trial: Exclude<Trial, { kind: 'finished' }>,
  { messageId, received }: Pick<ErrorPart, 'messageId' | 'received'>,
): ErrorPart {
  const base = { type: 'error', messageId, received } as const
  if (trial.kind === 'aborted') {
    return {
      ...base,
      code: 'aborted',
      message: 'The answer was stopped.',
      isRetryable: true,
      isRetrySafe: received.toolCalls === 0,
      tried: [],
    }
  }
  const last = trial.errors.at(-1)
  if (last === undefined) throw new TypeError('A failed trial has an error')
  const error = trial.errors.length === 1 ? last : summaryOf(trial.errors)
  return {
    ...base,
    code: error.code,
    message: `${error.message}${adviceFor(last)}`,
    failureKind: last.failure.kind,
    isRetryable: trial.errors.some((attempt) => attempt.isRetryable) && received.toolCalls === 0,
    isRetrySafe: received.toolCalls === 0,
    tried: [],
    retryAfterMs: error.retryAfterMs,
  }
}

function summaryOf(errors: readonly ProviderError[]): AllAttemptsFailedError {
  const tried = errors.map(
    (error) => `${error.modelId ?? error.providerId} (${error.failure.kind})`,
  )
  return new AllAttemptsFailedError(
    `None of ${errors.length} models answered: ${tried.join(', ')}.`,
    errors,
  )
}

function adviceFor(error: ProviderError): string {
  return error.isRetryable ? ' Try again, or choose another model.' : ' Choose another model.'
}
