import type { AttemptCause, FinishReason, ProviderFailure } from '@imrs/core'

/** How far a call has come, before anything of it was visible. */
export type LanePhase =
  /** Being asked whether it may be made: key, breaker, pace, budget. */
  | 'admitting'
  /** Sent; nothing came back. */
  | 'calling'
  /** The head of the answer came; nothing visible yet. */
  | 'answering'

/** One call on its way to its first visible part. */
export interface Lane {
  /** 1 for the first of an answer; never used twice. */
  readonly id: number
  /** Index of its step in the plan. */
  readonly step: number
  readonly cause: AttemptCause
  readonly phase: LanePhase
  /** Monotonic, milliseconds. */
  readonly startedAtMs: number
  readonly hiddenParts: number
}

/** A call that failed, or was not admitted. */
export interface FailedCall {
  readonly lane: number
  readonly step: number
  readonly failure: ProviderFailure
  /** Whether a request was sent. */
  readonly wasCalled: boolean
  /** When the same model may be tried again; `undefined` when waiting does not help or nobody knows. */
  readonly retryAtMs: number | undefined
}

/** What is remembered across the calls of one answer. */
export interface AttemptMemory {
  readonly startedAtMs: number
  /** Steps that were not tried yet. */
  readonly queue: readonly number[]
  /** The step that the reader takes for the one that answers. */
  readonly announced: number
  readonly failures: readonly FailedCall[]
  /** When waiting for models that cannot be called has to end; set by the first such wait. */
  readonly waitsEndAtMs: number | undefined
  readonly hasHedged: boolean
  /** How many lanes there were so far. */
  readonly lanes: number
}

export type AttemptState =
  | { readonly kind: 'new' }
  /** One call, or two that race, of which nothing is visible. */
  | { readonly kind: 'trying'; readonly memory: AttemptMemory; readonly lanes: readonly Lane[] }
  /** No call runs; the next one begins at `untilMs`. */
  | {
      readonly kind: 'waiting'
      readonly memory: AttemptMemory
      readonly untilMs: number
      readonly next: { readonly step: number; readonly cause: AttemptCause }
    }
  /** Something of this call is visible: from now on there is no other model. */
  | {
      readonly kind: 'committed'
      readonly memory: AttemptMemory
      readonly lane: Lane
      /** When its last part came, or the reader began to wait for the next one. */
      readonly silentSinceMs: number
      /** Whether the reader waits for a part: only then is silence the model's. */
      readonly isAwaited: boolean
    }
  | {
      readonly kind: 'finished'
      readonly memory: AttemptMemory
      readonly lane: Lane
      readonly finishReason: FinishReason
    }
  | {
      readonly kind: 'failed'
      readonly memory: AttemptMemory
      /** The call that broke after its commit. */
      readonly committed: Lane | undefined
    }
  | { readonly kind: 'aborted'; readonly memory: AttemptMemory | undefined }

export type AttemptStateKind = AttemptState['kind']

export const ATTEMPT_STATES: readonly AttemptStateKind[] = [
  'new',
  'trying',
  'waiting',
  'committed',
  'finished',
  'failed',
  'aborted',
]

export function isOver(state: AttemptState): boolean {
  return state.kind === 'finished' || state.kind === 'failed' || state.kind === 'aborted'
}
