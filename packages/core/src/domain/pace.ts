/** How many requests a provider is to be sent, and how many are wanted now. Times are milliseconds. */
export interface PaceRequest {
  readonly providerId: string
  /** How many places are wanted, at least 1; fewer may be given. */
  readonly count: number
  /** Between two requests, in the long run. */
  readonly spacingMs: number
  /** How much of the time to come may be used up at once: the burst times the spacing. */
  readonly allowanceMs: number
  /** Epoch. */
  readonly atMs: number
}

export interface PaceOutcome {
  /** How many places were given. */
  readonly granted: number
  /** When none was: how long there is none, above 0. */
  readonly waitMs: number
}

/** A clock that was this far ahead of another was wrong, and what it took counts no more. */
const WRONG_CLOCK_MS = 60_000

/**
 * The generic cell rate algorithm (ITU-T I.371): the whole state is one time, at which the allowance is
 * full again. In any stretch of time it gives no more than the burst and what the spacing allows.
 */
export function takePace(
  fullAtMs: number | undefined,
  { count, spacingMs, allowanceMs, atMs }: PaceRequest,
): PaceOutcome & { readonly fullAtMs: number } {
  const isPossible = fullAtMs !== undefined && fullAtMs <= atMs + allowanceMs + WRONG_CLOCK_MS
  const from = isPossible ? Math.max(fullAtMs, atMs) : atMs
  // A hair of rounding must not hold a request back.
  const room = Math.floor((atMs + allowanceMs - from) / spacingMs + 1e-6)
  const granted = Math.max(0, Math.min(count, room))
  if (granted > 0) return { granted, waitMs: 0, fullAtMs: from + granted * spacingMs }
  const waitMs = Math.max(1, Math.ceil(from + spacingMs - allowanceMs - atMs))
  return { granted: 0, waitMs, fullAtMs: from }
}
