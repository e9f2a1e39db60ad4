import { afterFailure, beginStep, failed } from './after-failure.ts'
import type { AttemptEffect, CancelReason, Transition } from './attempt-effect.ts'
import type { AttemptEvent, AttemptEventOf } from './attempt-event.ts'
import { MAX_HIDDEN_PARTS } from './attempt-plan.ts'
import type { AttemptPlan } from './attempt-plan.ts'
import type { AttemptMemory, AttemptState, Lane } from './attempt-state.ts'
import { emptyFailure, overdue } from './deadlines.ts'

type Trying = Extract<AttemptState, { kind: 'trying' }>
type Waiting = Extract<AttemptState, { kind: 'waiting' }>
type Committed = Extract<AttemptState, { kind: 'committed' }>

/**
 * What follows from an event. Pure and total: events that have no meaning in a state, and those of
 * calls that are over, change nothing. See SPEC.md.
 */
export function transition(
  plan: AttemptPlan,
  state: AttemptState,
  event: AttemptEvent,
): Transition {
  switch (state.kind) {
    case 'new':
      return whileNew(plan, state, event)
    case 'trying':
      return whileTrying(plan, state, event)
    case 'waiting':
      return whileWaiting(plan, state, event)
    case 'committed':
      return whileCommitted(plan, state, event)
    default:
      return stay(state)
  }
}

function stay(state: AttemptState): Transition {
  return { state, effects: NO_EFFECTS }
}

const NO_EFFECTS: readonly AttemptEffect[] = Object.freeze([])

function whileNew(plan: AttemptPlan, state: AttemptState, event: AttemptEvent): Transition {
  if (event.type === 'abort') return { state: { kind: 'aborted', memory: undefined }, effects: [] }
  if (event.type !== 'start') return stay(state)
  const memory = {
    startedAtMs: event.atMs,
    queue: plan.steps.map((_, index) => index).slice(1),
    announced: 0,
    failures: [],
    waitsEndAtMs: undefined,
    hasHedged: false,
    lanes: 0,
  }
  return beginStep(memory, { step: 0, cause: 'first' }, event.atMs)
}

function whileTrying(plan: AttemptPlan, state: Trying, event: AttemptEvent): Transition {
  if (event.type === 'abort') return abort(state, state.lanes)
  if (event.type === 'tick') return overdue(plan, state, event.atMs)
  if (event.type === 'start' || event.type === 'pulled') return stay(state)
  const lane = state.lanes.find(({ id }) => id === event.lane)
  return lane === undefined ? stay(state) : ofLane(plan, state, { lane, event })
}

function ofLane(
  plan: AttemptPlan,
  state: Trying,
  { lane, event }: OfLane<'admitted' | 'headers' | 'part' | 'finish' | 'failure' | 'refused'>,
): Transition {
  switch (event.type) {
    case 'admitted':
      return admitted(state, lane, event.atMs)
    case 'headers':
      if (lane.phase === 'answering') return stay(state)
      return withLane(state, { ...lane, phase: 'answering' })
    case 'part':
      return event.isVisible
        ? commit(state, lane, event.atMs)
        : hidden(plan, state, { lane, event })
    case 'finish':
      return finishEmpty(plan, state, { lane, event })
    case 'failure':
    case 'refused':
      return afterFailure(plan, state, { lane, event })
  }
}

function whileWaiting(plan: AttemptPlan, state: Waiting, event: AttemptEvent): Transition {
  if (event.type === 'abort') return abort(state, [])
  return event.type === 'tick' ? overdue(plan, state, event.atMs) : stay(state)
}

function whileCommitted(plan: AttemptPlan, state: Committed, event: AttemptEvent): Transition {
  const { lane } = state
  if (event.type === 'abort') return abort(state, [lane])
  if (event.type === 'tick') return overdue(plan, state, event.atMs)
  if (event.type === 'pulled') return pulled(state, event.atMs)
  if (event.type === 'start' || event.lane !== lane.id) return stay(state)
  switch (event.type) {
    case 'part':
      return heard(state, { atMs: event.atMs, isAwaited: false })
    case 'finish':
      return finishCommitted(plan, state, event)
    case 'failure':
      return failed(state, { lane, failure: event.failure, wasCalled: true })
    default:
      return stay(state)
  }
}

function finishCommitted(
  plan: AttemptPlan,
  state: Committed,
  event: AttemptEventOf<'finish'>,
): Transition {
  const { memory, lane } = state
  const { finishReason, isEmpty } = event
  if (isEmpty && !mayBeEmpty(plan, event)) {
    return failed(state, { lane, failure: emptyFailure(event), wasCalled: true })
  }
  return { state: { kind: 'finished', memory, lane, finishReason }, effects: NO_EFFECTS }
}

/** What was filtered is never an answer that the request allows to be empty. */
function mayBeEmpty(
  { allowsEmpty }: AttemptPlan,
  { finishReason }: AttemptEventOf<'finish'>,
): boolean {
  return allowsEmpty && finishReason !== 'content-filter'
}

/** Who waits already does not make the silence begin anew. */
function pulled(state: Committed, atMs: number): Transition {
  return state.isAwaited ? stay(state) : heard(state, { atMs, isAwaited: true })
}

/** Silence counts from here, and only while somebody listens. */
function heard(
  state: Committed,
  { atMs, isAwaited }: { readonly atMs: number; readonly isAwaited: boolean },
): Transition {
  return { state: { ...state, silentSinceMs: atMs, isAwaited }, effects: NO_EFFECTS }
}

function withLane(state: Trying, lane: Lane): Transition {
  const lanes = state.lanes.map((other) => (other.id === lane.id ? lane : other))
  return { state: { ...state, lanes }, effects: NO_EFFECTS }
}

/** The first visible part decides a race: the other call is ended. */
function commit(state: Trying, lane: Lane, atMs: number): Transition {
  const { memory, effects } = won(state, lane)
  return {
    state: { kind: 'committed', memory, lane, silentSinceMs: atMs, isAwaited: false },
    effects: [...effects, { type: 'commit', lane: lane.id }],
  }
}

function won(state: Trying, lane: Lane): Announced {
  const lost = state.lanes.filter(({ id }) => id !== lane.id)
  const cancelled = lost.map(({ id }) => cancel(id, { kind: 'lost' }))
  const { memory, effects } = announced(state, lane)
  return { memory, effects: [...cancelled, ...effects] }
}

/** The model's time begins: what came before it was ours. */
function admitted(state: Trying, lane: Lane, atMs: number): Transition {
  if (lane.phase !== 'admitting') return stay(state)
  const { state: calling } = withLane(state, { ...lane, phase: 'calling', startedAtMs: atMs })
  // Of two that race nobody knows yet who will answer.
  if (lane.cause === 'hedge') return { state: calling, effects: NO_EFFECTS }
  const { memory, effects } = announced(state, lane)
  return { state: { ...calling, memory } as Trying, effects }
}

interface Announced {
  readonly memory: AttemptMemory
  readonly effects: readonly AttemptEffect[]
}

/** Tells the reader of another model, once, and only of one that is really called. */
function announced({ memory, lanes }: Trying, { id, step }: Lane): Announced {
  const from = memory.announced
  if (step === from) return { memory, effects: NO_EFFECTS }
  // One that is still being tried has not failed: it may have before, and is called again.
  const isTried = lanes.some((other) => other.id !== id && other.step === from)
  const lastCall = memory.failures.findLast((call) => call.step === from)
  const failure = isTried ? undefined : lastCall?.failure
  return {
    memory: { ...memory, announced: step },
    effects: [{ type: 'announce', from, to: step, failure }],
  }
}

interface OfLane<Type extends AttemptEvent['type']> {
  readonly lane: Lane
  readonly event: AttemptEventOf<Type>
}

/** Start-up without anything to see is waited through, but not for ever. */
function hidden(plan: AttemptPlan, state: Trying, { lane, event }: OfLane<'part'>): Transition {
  const hiddenParts = lane.hiddenParts + 1
  const began: Lane = { ...lane, phase: 'answering', hiddenParts }
  if (hiddenParts <= MAX_HIDDEN_PARTS) return withLane(state, began)
  const message = `The model sent ${MAX_HIDDEN_PARTS} parts without anything to show.`
  const failure = { kind: 'malformed', message } as const
  const { state: next, effects } = afterFailure(plan, state, {
    lane: began,
    event: {
      type: 'failure',
      lane: lane.id,
      failure,
      mayRetry: false,
      chance: 0,
      atMs: event.atMs,
    },
  })
  return { state: next, effects: [cancel(lane.id, { kind: 'failed', failure }), ...effects] }
}

/** Finished without a visible part. */
function finishEmpty(
  plan: AttemptPlan,
  state: Trying,
  { lane, event }: OfLane<'finish'>,
): Transition {
  const { finishReason } = event
  if (mayBeEmpty(plan, event)) {
    const { memory, effects } = won(state, lane)
    return { state: { kind: 'finished', memory, lane, finishReason }, effects }
  }
  const { mayRetry, chance, atMs } = event
  const failure = emptyFailure(event)
  return afterFailure(plan, state, {
    lane,
    event: { type: 'failure', lane: lane.id, failure, mayRetry, chance, atMs },
  })
}

function abort({ memory }: Trying | Waiting | Committed, lanes: readonly Lane[]): Transition {
  const effects = lanes.map(({ id }) => cancel(id, { kind: 'aborted' }))
  return { state: { kind: 'aborted', memory }, effects }
}

function cancel(lane: number, why: CancelReason): AttemptEffect {
  return { type: 'cancel', lane, why }
}
