import type { FailureKind } from '@imrs/core'

/** When a breaker opens, and for how long. */
export interface BreakerLimits {
  /** How far back calls count, milliseconds. */
  readonly windowMs: number
  /** Below so many calls in the window it never opens by their share. */
  readonly minimumCalls: number
  /** The share of failures at which it opens, above 0 and up to 1. */
  readonly failureShare: number
  /** How long it is open the first time, milliseconds; doubled each time a probe fails. */
  readonly openMs: number
  readonly longestOpenMs: number
  /** A probe that has said nothing for so long is given up, milliseconds. */
  readonly probeMs: number
}

/** Calls of one slice of the window. */
export interface BreakerSlice {
  /** Which slice of time: the time divided by a tenth of the window. */
  readonly slice: number
  readonly calls: number
  readonly failures: number
}

/** Plain data: may be stored as JSON and taken up again. Times are milliseconds of one clock. */
export type BreakerState =
  | { readonly kind: 'closed'; readonly slices: readonly BreakerSlice[] }
  | {
      readonly kind: 'open'
      readonly untilMs: number
      /** How often in a row. */
      readonly openings: number
      readonly failureKind: FailureKind
    }
  /** One call is let through to see; the others wait for what it finds. */
  | {
      readonly kind: 'half-open'
      readonly probeSinceMs: number
      readonly openings: number
      readonly failureKind: FailureKind
    }

export type BreakerEvent = { readonly atMs: number } &
  /** A call wants to be made. */
  (
    | { readonly type: 'asked' }
    | { readonly type: 'success'; readonly isProbe: boolean }
    /** It failed in a way that says something about the provider. `chance`: uniform in [0, 1). */
    | {
        readonly type: 'failure'
        readonly isProbe: boolean
        readonly failureKind: FailureKind
        readonly chance: number
      }
    /** One failure that is enough: a rate limit, a refused key, a model that is gone. */
    | {
        readonly type: 'cool-down'
        readonly isProbe: boolean
        readonly failureKind: FailureKind
        readonly forMs: number
        readonly chance: number
      }
    /** Another process saw it fail, and leaves it alone until then. */
    | {
        readonly type: 'told'
        readonly untilMs: number
        readonly openings: number
        readonly failureKind: FailureKind
      }
    /** The call ended without saying anything about the provider. */
    | { readonly type: 'released'; readonly isProbe: boolean }
  )

export const CLOSED: BreakerState = Object.freeze({ kind: 'closed', slices: Object.freeze([]) })

const SLICES = 10

/** The state after an event. Pure and total. */
export function nextBreakerState(
  state: BreakerState,
  event: BreakerEvent,
  limits: BreakerLimits,
): BreakerState {
  switch (event.type) {
    case 'asked':
      return asked(state, event.atMs, limits)
    case 'cool-down':
      return cooled(state, event)
    case 'told':
      return told(state, event)
    case 'released':
      // Nothing was found out: the next one that asks is the probe.
      return state.kind === 'half-open' && event.isProbe ? reopened(state, event.atMs) : state
    case 'success':
    case 'failure':
      return state.kind === 'closed' ? sampled(state, event, limits) : probed(state, event, limits)
  }
}

/** Whether a call may be made now, and whether it is the probe. Asked before the event `asked`. */
export function mayCall(
  state: BreakerState,
  atMs: number,
  { probeMs }: Pick<BreakerLimits, 'probeMs'>,
): 'yes' | 'probe' | 'no' {
  switch (state.kind) {
    case 'closed':
      return 'yes'
    case 'open':
      return atMs >= state.untilMs ? 'probe' : 'no'
    case 'half-open':
      return atMs >= state.probeSinceMs + probeMs ? 'probe' : 'no'
  }
}

/**
 * Whether a call that was let through as a probe at `askedAtMs` is the one that the state waits for:
 * what `isProbe` of its events has to say. Not so once another probe or a cool-down came after it.
 */
export function isAwaitedProbe(state: BreakerState, askedAtMs: number): boolean {
  return state.kind === 'half-open' && state.probeSinceMs === askedAtMs
}

/** Whether it can be forgotten: closed, and nothing in its window. */
export function isIdle(state: BreakerState, atMs: number, { windowMs }: BreakerLimits): boolean {
  if (state.kind !== 'closed') return false
  const oldest = sliceOf(atMs, windowMs) - SLICES
  return state.slices.every(({ slice }) => slice <= oldest)
}

function asked(state: BreakerState, atMs: number, limits: BreakerLimits): BreakerState {
  if (state.kind === 'closed' || mayCall(state, atMs, limits) === 'no') return state
  const { openings, failureKind } = state
  return { kind: 'half-open', probeSinceMs: atMs, openings, failureKind }
}

type Outcome = Extract<BreakerEvent, { readonly type: 'success' | 'failure' }>

function sampled(
  state: Extract<BreakerState, { kind: 'closed' }>,
  event: Outcome,
  limits: BreakerLimits,
): BreakerState {
  const slices = withSample(state.slices, event, limits)
  if (event.type === 'success') return { kind: 'closed', slices }
  const calls = slices.reduce((sum, slice) => sum + slice.calls, 0)
  const failures = slices.reduce((sum, slice) => sum + slice.failures, 0)
  const opens = calls >= limits.minimumCalls && failures / calls >= limits.failureShare
  return opens ? opened({ openings: 1, event }, limits) : { kind: 'closed', slices }
}

/** Only the probe decides; a call that began before it opened says nothing new. */
function probed(
  state: Exclude<BreakerState, { kind: 'closed' }>,
  event: Outcome,
  limits: BreakerLimits,
): BreakerState {
  if (!event.isProbe || state.kind !== 'half-open') return state
  if (event.type === 'success') return CLOSED
  return opened({ openings: state.openings + 1, event }, limits)
}

/** Doubled with each opening, and up to a fifth longer by chance, so that not all come back at once. */
function opened(
  {
    openings,
    event,
  }: { readonly openings: number; readonly event: Extract<Outcome, { type: 'failure' }> },
  { openMs, longestOpenMs }: BreakerLimits,
): BreakerState {
  const forMs = Math.min(longestOpenMs, openMs * 2 ** (openings - 1)) * (1 + event.chance / 5)
  const { failureKind } = event
  return { kind: 'open', untilMs: event.atMs + forMs, openings, failureKind }
}

/** Never before the time that the provider gave, up to a tenth later; the later of two counts. */
function cooled(
  state: BreakerState,
  event: Extract<BreakerEvent, { type: 'cool-down' }>,
): BreakerState {
  const untilMs = event.atMs + event.forMs * (1 + event.chance / 10)
  if (state.kind === 'open' && state.untilMs >= untilMs) return state
  const openings = state.kind === 'closed' ? 1 : state.openings
  return { kind: 'open', untilMs, openings, failureKind: event.failureKind }
}

/** The later of two ends counts; a probe that is under way knows better than who told. */
function told(state: BreakerState, event: Extract<BreakerEvent, { type: 'told' }>): BreakerState {
  const { atMs, untilMs, failureKind } = event
  if (state.kind === 'half-open' || untilMs <= atMs) return state
  if (state.kind === 'open' && state.untilMs >= untilMs) return state
  const openings = state.kind === 'closed' ? event.openings : state.openings
  return { kind: 'open', untilMs, openings, failureKind }
}

function reopened(
  { openings, failureKind }: Extract<BreakerState, { kind: 'half-open' }>,
  atMs: number,
): BreakerState {
  return { kind: 'open', untilMs: atMs, openings, failureKind }
}

function withSample(
  slices: readonly BreakerSlice[],
  { atMs, type }: Outcome,
  { windowMs }: BreakerLimits,
): readonly BreakerSlice[] {
  const slice = sliceOf(atMs, windowMs)
  const recent = slices.filter((one) => one.slice > slice - SLICES)
  const last = recent.at(-1)
  const failures = type === 'failure' ? 1 : 0
  if (last === undefined || last.slice < slice) return [...recent, { slice, calls: 1, failures }]
  return [
    ...recent.slice(0, -1),
    { slice: last.slice, calls: last.calls + 1, failures: last.failures + failures },
  ]
}

function sliceOf(atMs: number, windowMs: number): number {
  return Math.floor((atMs * SLICES) / windowMs)
}
