/**
 * Every way a call can fail. One pure function per provider family turns an answer into a kind;
 * everything above asks the kind, never the status.
 *
 * `payment` means our own account; `payment-upstream` somebody else's (an aggregator's).
 */
export const FAILURE_KINDS = [
  'rate-limited',
  'overloaded',
  'unavailable',
  'connect',
  'timeout-headers',
  'timeout-first-part',
  'timeout-idle',
  'timeout-total',
  'credentials',
  'payment',
  'payment-upstream',
  'context-too-long',
  'content-filtered',
  'model-gone',
  'invalid-request',
  'truncated',
  'malformed',
  'empty',
  'aborted',
  'budget-exhausted',
  'unknown',
] as const

export type FailureKind = (typeof FAILURE_KINDS)[number]

/** What the attempt loop may do next. */
export type FailureResponse =
  /** Another model may answer; the same one might, later. */
  | 'go-elsewhere'
  /** A model with a larger context may answer; a smaller one never. */
  | 'go-larger'
  /** No other model would do better: the request itself, or the caller, ended it. */
  | 'stop'

export interface FailureRule {
  readonly response: FailureResponse
  /** Whether it says something about the health of the provider. */
  readonly countsAgainstHealth: boolean
  /** Whether the same request may work later, unchanged. */
  readonly isRetryable: boolean
}

/** What follows from each kind. */
export const FAILURE_RULES: Readonly<Record<FailureKind, FailureRule>> = Object.freeze({
  'rate-limited': elsewhere({ health: false, retry: true }),
  overloaded: elsewhere({ health: true, retry: true }),
  unavailable: elsewhere({ health: true, retry: true }),
  connect: elsewhere({ health: true, retry: true }),
  'timeout-headers': elsewhere({ health: true, retry: true }),
  'timeout-first-part': elsewhere({ health: true, retry: true }),
  'timeout-idle': elsewhere({ health: true, retry: true }),
  'timeout-total': elsewhere({ health: true, retry: true }),
  credentials: elsewhere({ health: false, retry: false }),
  payment: elsewhere({ health: false, retry: false }),
  'payment-upstream': elsewhere({ health: false, retry: true }),
  'context-too-long': rule('go-larger', { health: false, retry: false }),
  'content-filtered': rule('stop', { health: false, retry: false }),
  'model-gone': elsewhere({ health: false, retry: false }),
  'invalid-request': rule('stop', { health: false, retry: false }),
  truncated: elsewhere({ health: true, retry: true }),
  malformed: elsewhere({ health: true, retry: true }),
  empty: elsewhere({ health: false, retry: true }),
  aborted: rule('stop', { health: false, retry: true }),
  'budget-exhausted': elsewhere({ health: false, retry: false }),
  unknown: elsewhere({ health: true, retry: true }),
})

export function isRetryable(kind: FailureKind): boolean {
  return FAILURE_RULES[kind].isRetryable
}

interface Flags {
  readonly health: boolean
  readonly retry: boolean
}

function rule(response: FailureResponse, flags: Flags): FailureRule {
  return Object.freeze({
    response,
    countsAgainstHealth: flags.health,
    isRetryable: flags.retry,
  })
}

function elsewhere(flags: Flags): FailureRule {
  return rule('go-elsewhere', flags)
}
