import type { FailureKind, ProviderFailure } from '@imrs/core'

import { afterFailure, beginStep, failed, over } from './after-failure.ts'
import type { AttemptEffect, Transition } from './attempt-effect.ts'
import type { AttemptEventOf } from './attempt-event.ts'
import type { AttemptPlan } from './attempt-plan.ts'
import type { AttemptState, Lane } from './attempt-state.ts'

type Trying = Extract<AttemptState, { kind: 'trying' }>
type Waiting = Extract<AttemptState, { kind: 'waiting' }>
type Committed = Extract<AttemptState, { kind: 'committed' }>

/** When a `tick` is wanted next, monotonic milliseconds; `undefined` when never. */
export function nextDeadline(plan: AttemptPlan, state: AttemptState): number | undefined {
  if (state.kind !== 'trying' && state.kind !== 'waiting' && state.kind !== 'committed') {
    return undefined
  }
  const total = state.memory.startedAtMs + plan.timeouts.totalMs
  if (state.kind === 'waiting') return Math.min(total, state.untilMs)
  if (state.kind === 'committed') {
    const isCounted = plan.isStreamed && state.isAwaited
    return isCounted ? Math.min(total, state.silentSinceMs + plan.timeouts.idleMs) : total
  }
  const lanes = state.lanes.map((lane) => laneDeadline(plan, lane).atMs)
  return Math.min(total, ...lanes, hedgeAt(plan, state) ?? total)
}

/** What a `tick` leads to: nothing, as long as no deadline has passed. */
export function overdue(
  plan: AttemptPlan,
  state: Trying | Waiting | Committed,
  atMs: number,
): Transition {
  const isTotal = atMs >= state.memory.startedAtMs + plan.timeouts.totalMs
  switch (state.kind) {
    case 'waiting':
      if (isTotal) return totalWhileWaiting(plan, state)
      return atMs < state.untilMs
        ? { state, effects: [] }
        : beginStep(state.memory, state.next, atMs)
    case 'committed':
      return overdueCommitted(plan, state, { atMs, isTotal })
    case 'trying':
      return isTotal ? totalWhileTrying(plan, state) : overdueTrying(plan, state, atMs)
  }
}

/** An answer that really finished and says nothing. */
export function emptyFailure({
  finishReason,
}: Pick<AttemptEventOf<'finish'>, 'finishReason'>): ProviderFailure {
  return finishReason === 'content-filter'
    ? { kind: 'content-filtered', message: 'The model refused to answer this.' }
    : { kind: 'empty', message: 'The model gave an empty answer.' }
}

interface Deadline {
  readonly atMs: number
  readonly kind: FailureKind
  readonly afterMs: number
}

function laneDeadline({ timeouts, isStreamed }: AttemptPlan, lane: Lane): Deadline {
  const { startedAtMs, phase } = lane
  const first = {
    atMs: startedAtMs + timeouts.firstPartMs,
    kind: 'timeout-first-part',
    afterMs: timeouts.firstPartMs,
  } as const
  if (!isStreamed) {
    const { wholeMs } = timeouts
    return { atMs: startedAtMs + wholeMs, kind: 'timeout-headers', afterMs: wholeMs }
  }
  const headersAtMs = startedAtMs + timeouts.headersMs
  if (phase === 'answering' || headersAtMs > first.atMs) return first
  return { atMs: headersAtMs, kind: 'timeout-headers', afterMs: timeouts.headersMs }
}

/** When the next model is started beside the one that is slow to begin; `undefined`: never. */
function hedgeAt(plan: AttemptPlan, { lanes, memory }: Trying): number | undefined {
  const [lane, other] = lanes
  if (lane === undefined || other !== undefined || memory.hasHedged) return undefined
  const { hedgeAfterMs } = plan.steps[lane.step] ?? {}
  if (hedgeAfterMs === undefined || memory.queue.length === 0) return undefined
  return lane.phase === 'admitting' ? undefined : lane.startedAtMs + hedgeAfterMs
}

function overdueTrying(plan: AttemptPlan, state: Trying, atMs: number): Transition {
  const late = state.lanes.find((lane) => laneDeadline(plan, lane).atMs <= atMs)
  if (late !== undefined) return timedOut(plan, state, { late, atMs })
  const hedge = hedgeAt(plan, state)
  return hedge === undefined || hedge > atMs ? { state, effects: [] } : beginHedge(state, atMs)
}

function timedOut(
  plan: AttemptPlan,
  state: Trying,
  { late, atMs }: { readonly late: Lane; readonly atMs: number },
): Transition {
  const failure = timeout(laneDeadline(plan, late))
  const next = afterFailure(plan, state, {
    lane: late,
    event: { type: 'failure', lane: late.id, failure, mayRetry: false, chance: 0, atMs },
  })
  return { ...next, effects: [cancelled(late, failure), ...next.effects] }
}

function beginHedge(state: Trying, atMs: number): Transition {
  const [step, ...queue] = state.memory.queue
  if (step === undefined) return { state, effects: [] }
  const memory = { ...state.memory, queue, hasHedged: true }
  const begun = beginStep(memory, { step, cause: 'hedge' }, atMs)
  const { state: next, effects } = begun
  return next.kind === 'trying'
    ? { state: { ...next, lanes: [...state.lanes, ...next.lanes] }, effects }
    : begun
}

/** The time of the whole answer is over. */
function totalWhileTrying(plan: AttemptPlan, state: Trying): Transition {
  const failure = totalTimeout(plan)
  const calls = state.lanes.map((lane) => ({
    lane: lane.id,
    step: lane.step,
    failure,
    wasCalled: lane.phase !== 'admitting',
    retryAtMs: undefined,
  }))
  const memory = { ...state.memory, failures: [...state.memory.failures, ...calls] }
  return {
    state: { kind: 'failed', memory, committed: undefined },
    effects: state.lanes.map((lane) => cancelled(lane, failure)),
  }
}

function totalWhileWaiting(plan: AttemptPlan, { memory, next }: Waiting): Transition {
  const call = {
    // The number that its call would have had: no other failure has it.
    lane: memory.lanes + 1,
    step: next.step,
    failure: totalTimeout(plan),
    wasCalled: false,
    retryAtMs: undefined,
  }
  return over({ ...memory, failures: [...memory.failures, call] })
}

function overdueCommitted(
  plan: AttemptPlan,
  state: Committed,
  { atMs, isTotal }: { readonly atMs: number; readonly isTotal: boolean },
): Transition {
  const { idleMs } = plan.timeouts
  const isIdle = plan.isStreamed && state.isAwaited && atMs >= state.silentSinceMs + idleMs
  if (!isTotal && !isIdle) return { state, effects: [] }
  const failure = isTotal
    ? totalTimeout(plan)
    : timeout({ atMs, kind: 'timeout-idle', afterMs: idleMs })
  const ended = failed(state, { lane: state.lane, failure, wasCalled: true })
  return { ...ended, effects: [cancelled(state.lane, failure), ...ended.effects] }
}

function cancelled(lane: Lane, failure: ProviderFailure): AttemptEffect {
  return { type: 'cancel', lane: lane.id, why: { kind: 'failed', failure } }
}

function totalTimeout({ timeouts: { totalMs } }: AttemptPlan): ProviderFailure {
  return timeout({ atMs: 0, kind: 'timeout-total', afterMs: totalMs })
}

const TIMEOUT_WORDS: Readonly<Partial<Record<FailureKind, string>>> = Object.freeze({
  'timeout-headers': 'did not answer within',
  'timeout-first-part': 'did not say anything within',
  'timeout-idle': 'fell silent for',
  'timeout-total': 'was not done within',
})

function timeout({ kind, afterMs }: Deadline): ProviderFailure {
  return { kind, message: `The model ${TIMEOUT_WORDS[kind] ?? 'took longer than'} ${afterMs} ms.` }
}
