import type { AttemptCause, FailureKind } from '@imrs/core'
import { FAILURE_RULES } from '@imrs/core'

import type { Transition } from './attempt-effect.ts'
import type { AttemptEventOf } from './attempt-event.ts'
import { MAX_BACKOFF_MS } from './attempt-plan.ts'
import type { AttemptPlan } from './attempt-plan.ts'
import type { AttemptMemory, AttemptState, FailedCall, Lane } from './attempt-state.ts'

type Trying = Extract<AttemptState, { kind: 'trying' }>

/** Failures that every model of the same provider would meet as well. */
const PROVIDER_WIDE: ReadonlySet<FailureKind> = new Set(['credentials', 'payment', 'connect'])

export interface FailedLane {
  readonly lane: Lane
  readonly event: AttemptEventOf<'failure' | 'refused'>
}

/** Where to go when a call failed before anything of it was visible. */
export function afterFailure(
  plan: AttemptPlan,
  state: Trying,
  { lane, event }: FailedLane,
): Transition {
  const call = failedCall(lane, event)
  const others = state.lanes.filter(({ id }) => id !== lane.id)
  const memory = {
    ...state.memory,
    failures: [...state.memory.failures, call],
    queue: queueAfter(plan, state.memory.queue, call),
  }
  // Of two that race, the other one goes on.
  if (others.length > 0) return { state: { ...state, memory, lanes: others }, effects: [] }
  if (FAILURE_RULES[event.failure.kind].response === 'stop') return over(memory)
  return (
    repeatHere(plan, memory, { lane, event }) ??
    goOn(memory, event.atMs) ??
    waitForOne(plan, memory, event.atMs) ??
    over(memory)
  )
}

/** Begins a call for a step. */
export function beginStep(
  memory: AttemptMemory,
  { step, cause }: { readonly step: number; readonly cause: AttemptCause },
  atMs: number,
): Transition {
  const id = memory.lanes + 1
  const lane: Lane = { id, step, cause, phase: 'admitting', startedAtMs: atMs, hiddenParts: 0 }
  return {
    state: { kind: 'trying', memory: { ...memory, lanes: id }, lanes: [lane] },
    effects: [{ type: 'call', lane: id, step, cause }],
  }
}

/** The end after the commit: nobody else takes over. */
export function failed(
  state: Extract<AttemptState, { kind: 'committed' }>,
  { lane, failure, wasCalled }: Pick<FailedCall, 'failure' | 'wasCalled'> & { readonly lane: Lane },
): Transition {
  const call = { lane: lane.id, step: lane.step, failure, wasCalled, retryAtMs: undefined }
  const memory = { ...state.memory, failures: [...state.memory.failures, call] }
  return { state: { kind: 'failed', memory, committed: lane }, effects: [] }
}

/** The end before anything was visible. */
export function over(memory: AttemptMemory): Transition {
  return { state: { kind: 'failed', memory, committed: undefined }, effects: [] }
}

function failedCall(lane: Lane, event: FailedLane['event']): FailedCall {
  const base = { lane: lane.id, step: lane.step, failure: event.failure }
  if (event.type === 'refused') {
    return { ...base, wasCalled: false, retryAtMs: event.retryAtMs }
  }
  const { retryAfterMs, kind } = event.failure
  const helps = FAILURE_RULES[kind].mayRepeatHere && retryAfterMs !== undefined
  const retryAtMs = helps ? event.atMs + retryAfterMs : undefined
  return { ...base, wasCalled: lane.phase !== 'admitting', retryAtMs }
}

/** The steps that may still do better. */
function queueAfter(
  { steps }: AttemptPlan,
  queue: readonly number[],
  { step, failure: { kind } }: FailedCall,
): readonly number[] {
  const { response } = FAILURE_RULES[kind]
  if (response === 'stop') return []
  if (response === 'go-larger') {
    const context = steps[step]?.contextLength ?? 0
    return queue.filter((other) => (steps[other]?.contextLength ?? 0) > context)
  }
  if (!PROVIDER_WIDE.has(kind)) return queue
  return queue.filter((other) => steps[other]?.providerId !== steps[step]?.providerId)
}

/**
 * The same model again after a back-off with full jitter (Brooker, "Exponential Backoff And Jitter",
 * 2015): uniform between 0 and the doubled wait. A provider that asks for longer than that is left
 * for another model where there is one, and waited for within the bound where there is none.
 */
function repeatHere(
  plan: AttemptPlan,
  memory: AttemptMemory,
  { lane, event }: FailedLane,
): Transition | undefined {
  const step = plan.steps[lane.step]
  if (event.type === 'refused' || !event.mayRetry || step === undefined) return undefined
  const { kind, retryAfterMs = 0 } = event.failure
  if (!FAILURE_RULES[kind].mayRepeatHere) return undefined
  const isLast = memory.queue.length === 0
  const allowed = step.maxRetries ?? (isLast ? plan.lastStepRetries : 0)
  if (memory.retries >= allowed) return undefined
  const longestMs = Math.min(MAX_BACKOFF_MS, step.backoffMs * 2 ** memory.retries)
  if (retryAfterMs > (isLast ? plan.maxWaitMs : longestMs)) return undefined
  const untilMs = event.atMs + Math.max(retryAfterMs, event.chance * longestMs)
  if (untilMs >= memory.startedAtMs + plan.timeouts.totalMs) return undefined
  const next = { step: lane.step, cause: 'retry' } as const
  return {
    state: {
      kind: 'waiting',
      memory: { ...memory, retries: memory.retries + 1 },
      untilMs,
      next,
    },
    effects: [],
  }
}

/** The next model in the order. */
function goOn(memory: AttemptMemory, atMs: number): Transition | undefined {
  const [step, ...queue] = memory.queue
  if (step === undefined) return undefined
  return beginStep({ ...memory, queue, retries: 0 }, { step, cause: causeOf(memory, step) }, atMs)
}

/**
 * Nobody is left: one wait, within the bound, for the model that may be called again soonest. Those
 * that may be called by then as well come after it.
 */
function waitForOne(
  plan: AttemptPlan,
  memory: AttemptMemory,
  atMs: number,
): Transition | undefined {
  if (memory.hasWaited) return undefined
  const blocked = lastOfEachStep(memory.failures)
    .flatMap(({ step, retryAtMs }) => (retryAtMs === undefined ? [] : [{ step, retryAtMs }]))
    .toSorted((left, right) => left.retryAtMs - right.retryAtMs)
  const [soonest, ...others] = blocked
  if (soonest === undefined) return undefined
  const untilMs = Math.max(atMs, soonest.retryAtMs)
  const latestMs = Math.min(atMs + plan.maxWaitMs, memory.startedAtMs + plan.timeouts.totalMs - 1)
  if (untilMs > latestMs) return undefined
  const queue = others.filter(({ retryAtMs }) => retryAtMs <= untilMs).map(({ step }) => step)
  return {
    state: {
      kind: 'waiting',
      memory: { ...memory, hasWaited: true, queue, retries: 0 },
      untilMs,
      next: { step: soonest.step, cause: causeOf(memory, soonest.step) },
    },
    effects: [],
  }
}

/** A model that refused was never called: what follows is its first call. */
function causeOf({ failures }: AttemptMemory, step: number): AttemptCause {
  if (failures.some((call) => call.step === step && call.wasCalled)) return 'retry'
  return failures.some((call) => call.wasCalled) ? 'failover' : 'first'
}

function lastOfEachStep(failures: readonly FailedCall[]): readonly FailedCall[] {
  return [...new Map(failures.map((call) => [call.step, call])).values()]
}
