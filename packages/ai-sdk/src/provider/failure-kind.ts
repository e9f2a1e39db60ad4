import { kindOfStatus, saysItLacksFeature } from '@imrs/core'
import type { FailureKind } from '@imrs/core'

/** What a provider said of a failure, in whatever form the SDK gave it. */
export interface FailureFacts {
  readonly status: number | undefined
  /** The provider's own code and type; lower case. */
  readonly codes: readonly string[]
  readonly message: string
}

/** The kind of failure, by its code, else its sentence, else its status. Pure. */
export function failureKindOf(facts: FailureFacts): FailureKind {
  return (
    facts.codes.map((code) => CODES[code]).find((kind) => kind !== undefined) ??
    byMessage(facts) ??
    byStatus(facts.status)
  )
}

/** The codes and types of the large providers; those of others are known by their status. */
const CODES: Readonly<Record<string, FailureKind>> = Object.freeze({
  insufficient_quota: 'payment',
  billing_not_active: 'payment',
  billing_hard_limit_reached: 'payment',
  billing_error: 'payment',
  context_length_exceeded: 'context-too-long',
  string_above_max_length: 'context-too-long',
  request_too_large: 'context-too-long',
  invalid_api_key: 'credentials',
  account_deactivated: 'credentials',
  authentication_error: 'credentials',
  permission_error: 'credentials',
  unauthenticated: 'credentials',
  permission_denied: 'credentials',
  model_not_found: 'model-gone',
  model_decommissioned: 'model-gone',
  invalid_model: 'model-gone',
  not_found_error: 'model-gone',
  content_filter: 'content-filtered',
  content_policy_violation: 'content-filtered',
  rate_limit_exceeded: 'rate-limited',
  rate_limit_error: 'rate-limited',
  resource_exhausted: 'rate-limited',
  server_overloaded: 'overloaded',
  overloaded_error: 'overloaded',
  service_unavailable: 'overloaded',
  server_error: 'unavailable',
  api_error: 'unavailable',
  timeout_error: 'unavailable',
})

/** Sentences that mean more than their status. */
const MESSAGES: readonly (readonly [RegExp, FailureKind])[] = [
  [
    /context (?:length|window|size)|too many tokens|(?:prompt|input) is too long|input length exceeds|exceeds the maximum number of tokens/i,
    'context-too-long',
  ],
  [
    /insufficient (?:balance|quota|credits)|credit balance is too low|exceeded your current quota.*billing/i,
    'payment',
  ],
  [/api key not valid|(?:invalid|incorrect) api key/i, 'credentials'],
  // Under whatever status, it is not that the model is gone.
  [/no endpoints found that (?:support|can)\b/i, 'model-unfit'],
  [/no endpoints found|not a valid model|not approved for your/i, 'model-gone'],
  [/flagged by|content (?:filter|management policy)/i, 'content-filtered'],
  [/overloaded/i, 'overloaded'],
  [/rate limit|too many requests/i, 'rate-limited'],
]

function byMessage({ message, status }: FailureFacts): FailureKind | undefined {
  if (status === 402 || status === 401) return undefined
  if (saysItLacksFeature(message, status)) return 'model-unfit'
  return MESSAGES.find(([pattern]) => pattern.test(message))?.[1]
}

/** What some of the many hosts that the SDK knows mean by a status. */
const OWN_STATUSES: Readonly<Record<number, FailureKind>> = Object.freeze({
  424: 'unavailable',
  425: 'unavailable',
  // Groq.
  498: 'overloaded',
})

function byStatus(status: number | undefined): FailureKind {
  return status === undefined ? 'unknown' : kindOfStatus(status, OWN_STATUSES)
}
