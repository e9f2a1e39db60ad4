import type { ErrorPart, TriedModel } from '@imrs/core'

import type { ClientErrorCode, ImrsClientError } from '../http/client-error.ts'

/** What a person can do about a failure. */
export type FailureAction =
  /** Send it again. */
  | 'retry'
  /** Send it again after `retryAfterMs`. */
  | 'wait'
  | 'choose-another-model'
  | 'shorten'
  | 'change-request'
  | 'sign-in'
  /** Only who runs the service can: a key is missing, a budget is used up. */
  | 'ask-operator'

/** Why there is no answer, or only a part of one. */
export interface ChatFailure {
  readonly code: ClientErrorCode
  /** For people: what happened and what to do. */
  readonly message: string
  readonly action: FailureAction
  readonly isRetryable: boolean
  readonly retryAfterMs?: number | undefined
  /** What was tried, in that order; empty when nothing was. */
  readonly tried: readonly TriedModel[]
  readonly requestId?: string | undefined
}

const ACTIONS: Readonly<Partial<Record<ClientErrorCode, FailureAction>>> = {
  'missing-capability': 'choose-another-model',
  'context-too-long': 'shorten',
  'payload-too-large': 'shorten',
  'content-filtered': 'change-request',
  'invalid-request': 'change-request',
  'unsupported-parameter': 'change-request',
  unauthenticated: 'sign-in',
  forbidden: 'ask-operator',
  'missing-credential': 'ask-operator',
  'no-candidate': 'ask-operator',
  'budget-exhausted': 'ask-operator',
}

function actionOf(code: ClientErrorCode, retryAfterMs: number | undefined): FailureAction {
  // Of a model, a provider or a preset: `unknown-preset`, `model-not-allowed`.
  if (/^(?:unknown|model)-/.test(code)) return 'choose-another-model'
  return ACTIONS[code] ?? (retryAfterMs === undefined ? 'retry' : 'wait')
}

type Failed = Pick<ImrsClientError, 'code' | 'message' | 'isRetryable'> &
  Partial<Pick<ErrorPart & ImrsClientError, 'retryAfterMs' | 'requestId' | 'tried'>>

/** What an error, or the last part of an answer that broke, says to a person. */
export function toFailure(failed: Failed): ChatFailure {
  const { code, message, isRetryable, retryAfterMs, requestId, tried = [] } = failed
  const action = actionOf(code, retryAfterMs)
  return { code, message, action, isRetryable, retryAfterMs, requestId, tried }
}
