/**
 * Every way a call can fail. One pure function per provider family turns an answer into a kind;
 * everything above asks the kind, never the status.
 *
 * `payment` means our own account; `payment-upstream` somebody else's (an aggregator's).
 * `model-unfit`: this model lacks what the request needs (tools, images, a schema); another may have it.
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
  'model-unfit',
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

/** What is left alone for a while after one such failure. */
export type CoolDownScope =
  /** The one model. */
  | 'model'
  /** Every model of the provider that is called with the same key. */
  | 'credential'

export interface FailureRule {
  readonly response: FailureResponse
  /** Whether the same model may be asked again at once, or after a short wait. */
  readonly mayRepeatHere: boolean
  /** Whether it says something about the health of the provider, and counts in the breaker's window. */
  readonly countsAgainstHealth: boolean
  /** Whether the same request may work later, unchanged. */
  readonly isRetryable: boolean
  /**
   * What one such failure alone opens the breaker of, and for how long when the provider did not say.
   * Absent: nothing; only many failures in the window do.
   */
  readonly coolDown?: { readonly scope: CoolDownScope; readonly defaultMs: number } | undefined
}

/** What follows from each kind. */
export const FAILURE_RULES: Readonly<Record<FailureKind, FailureRule>> = Object.freeze({
  'rate-limited': passing({ coolDown: { scope: 'model', defaultMs: 5_000 } }),
  overloaded: passing({ countsAgainstHealth: true }),
  unavailable: passing({ countsAgainstHealth: true }),
  connect: passing({ countsAgainstHealth: true }),
  'timeout-headers': passing({ countsAgainstHealth: true, mayRepeatHere: false }),
  'timeout-first-part': passing({ countsAgainstHealth: true, mayRepeatHere: false }),
  'timeout-idle': passing({ countsAgainstHealth: true, mayRepeatHere: false }),
  // The time of the whole answer is over: nobody has any left, and it need not be the last one's fault.
  'timeout-total': passing({ response: 'stop', mayRepeatHere: false }),
  credentials: lasting({ coolDown: { scope: 'credential', defaultMs: 60_000 } }),
  payment: lasting({ coolDown: { scope: 'credential', defaultMs: 300_000 } }),
  'payment-upstream': passing({
    mayRepeatHere: false,
    coolDown: { scope: 'model', defaultMs: 60_000 },
  }),
  'context-too-long': lasting({ response: 'go-larger' }),
  'content-filtered': lasting({ response: 'stop' }),
  'model-gone': lasting({ coolDown: { scope: 'model', defaultMs: 300_000 } }),
  // It answers other requests: nothing rests.
  'model-unfit': lasting({}),
  'invalid-request': lasting({ response: 'stop' }),
  truncated: passing({ countsAgainstHealth: true }),
  malformed: passing({ countsAgainstHealth: true }),
  empty: passing({}),
  aborted: passing({ response: 'stop', mayRepeatHere: false }),
  'budget-exhausted': lasting({}),
  unknown: passing({ countsAgainstHealth: true }),
})

export function isRetryable(kind: FailureKind): boolean {
  return FAILURE_RULES[kind].isRetryable
}

/** May be over by the next request. */
function passing(changes: Partial<FailureRule>): FailureRule {
  return Object.freeze({
    response: 'go-elsewhere',
    mayRepeatHere: true,
    countsAgainstHealth: false,
    isRetryable: true,
    ...changes,
  })
}

/** The same request fails again until somebody does something about it. */
function lasting(changes: Partial<FailureRule>): FailureRule {
  return Object.freeze({
    response: 'go-elsewhere',
    mayRepeatHere: false,
    countsAgainstHealth: false,
    isRetryable: false,
    ...changes,
  })
}
