/**
 * One condition that people are told of. `nextAlertState(state, reading, limits)` is pure and total;
 * `SPEC.md` has its table and what always holds of it.
 */
export type AlertState =
  | { readonly kind: 'quiet' }
  /** Bad, and not yet for long enough. */
  | { readonly kind: 'pending'; readonly sinceMs: number }
  | { readonly kind: 'raised'; readonly raisedAtMs: number }
  /** Good again, and not yet for long enough. */
  | { readonly kind: 'clearing'; readonly raisedAtMs: number; readonly sinceMs: number }

/** `high`: bad enough to raise. `low`: good enough to clear. `middle`: neither. */
export type AlertLevel = 'low' | 'middle' | 'high'

export interface AlertReading {
  readonly level: AlertLevel
  readonly atMs: number
}

/** How long a level must last, milliseconds; 0 is at once. */
export interface AlertDwell {
  readonly raiseAfterMs: number
  readonly clearAfterMs: number
}

export interface AlertThresholds {
  readonly raiseAt: number
  /** At most {@link raiseAt}. */
  readonly clearAt: number
}

export const QUIET: AlertState = Object.freeze({ kind: 'quiet' })

/** Where a value lies. What is not known is low: where nothing happens nobody is harmed. */
export function levelOf(value: number | undefined, limits: AlertThresholds): AlertLevel {
  if (value === undefined || value <= limits.clearAt) return 'low'
  return value >= limits.raiseAt ? 'high' : 'middle'
}

/** Whether people have been told of it, and not yet that it is over. */
export function isRaised(
  state: AlertState,
): state is Extract<AlertState, { kind: 'raised' | 'clearing' }> {
  return state.kind === 'raised' || state.kind === 'clearing'
}

export function nextAlertState(
  state: AlertState,
  reading: AlertReading,
  dwell: AlertDwell,
): AlertState {
  return isRaised(state) ? whileRaised(state, reading, dwell) : whileQuiet(state, reading, dwell)
}

function whileQuiet(
  state: Exclude<AlertState, { kind: 'raised' | 'clearing' }>,
  { level, atMs }: AlertReading,
  { raiseAfterMs }: AlertDwell,
): AlertState {
  if (level !== 'high') return QUIET
  const sinceMs = state.kind === 'pending' ? state.sinceMs : atMs
  if (atMs - sinceMs >= raiseAfterMs) return { kind: 'raised', raisedAtMs: atMs }
  return state.kind === 'pending' ? state : { kind: 'pending', sinceMs }
}

function whileRaised(
  state: Extract<AlertState, { kind: 'raised' | 'clearing' }>,
  { level, atMs }: AlertReading,
  { clearAfterMs }: AlertDwell,
): AlertState {
  const { raisedAtMs } = state
  if (level !== 'low') return state.kind === 'raised' ? state : { kind: 'raised', raisedAtMs }
  const sinceMs = state.kind === 'clearing' ? state.sinceMs : atMs
  if (atMs - sinceMs >= clearAfterMs) return QUIET
  return state.kind === 'clearing' ? state : { kind: 'clearing', raisedAtMs, sinceMs }
}
