import type { ResolvedTimeouts } from '../attempt-options.ts'

/** One model that may be tried, as far as the machine needs to know it. */
export interface PlannedStep {
  readonly providerId: string
  /** Tokens; 0 is unknown. */
  readonly contextLength: number
  /** Repetitions at this model; `undefined`: only where no other model is left. */
  readonly maxRetries: number | undefined
  /** The longest wait before the first repetition, milliseconds; doubled for each one after. */
  readonly backoffMs: number
  /** Without a visible part by then, another model is started beside it. `undefined`: never. */
  readonly hedgeAfterMs: number | undefined
}

/** Everything that does not change while one answer is made. */
export interface AttemptPlan {
  /** At least one; in the order in which they are tried. */
  readonly steps: readonly PlannedStep[]
  readonly timeouts: ResolvedTimeouts
  /** An answer in one piece has neither start nor pauses: it is there as a whole, or not in time. */
  readonly isStreamed: boolean
  /** Whether an answer without text and tool calls is one. */
  readonly allowsEmpty: boolean
  /** Repetitions at the last model there is, unless its provider says otherwise. */
  readonly lastStepRetries: number
  /** The longest that all waits for models that cannot be called yet take together, milliseconds. */
  readonly maxWaitMs: number
}

/** The shortest wait for a model that cannot be called yet: time goes on between two questions. */
export const MIN_WAIT_MS = 50

/** The longest wait that back-off grows to. */
export const MAX_BACKOFF_MS = 8_000

/** Parts without anything to see that are taken from one call before it counts as malformed. */
export const MAX_HIDDEN_PARTS = 10_000
