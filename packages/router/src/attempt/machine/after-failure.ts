import type { AttemptCause, FailureKind, FailureResponse, ProviderFailure } from '@imrs/core'
import { FAILURE_RULES } from '@imrs/core'

import type { Transition } from './attempt-effect.ts'
import type { AttemptEventOf } from './attempt-event.ts'
import { MAX_BACKOFF_MS, MIN_WAIT_MS } from './attempt-plan.ts'
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
  // Of a race either call may have said so.
  if (memory.failures.some(({ failure }) => responseTo(failure) === 'stop')) return over(memory)
  return (
    repeatHere(plan, memory, { lane, event }) ??
    goOn(plan, memory, event.atMs) ??
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
  const wasCalled = lane.phase !== 'admitting'
  const base = { lane: lane.id, step: lane.step, failure: event.failure, wasCalled }
  if (event.type === 'refused') return { ...base, retryAtMs: event.retryAtMs }
  const { retryAfterMs, kind } = event.failure
  const helps = FAILURE_RULES[kind].mayRepeatHere && retryAfterMs !== undefined
  return { ...base, retryAtMs: helps ? event.atMs + retryAfterMs : undefined }
}

function responseTo({ kind }: ProviderFailure): FailureResponse {
  return FAILURE_RULES[kind].response
}

/** The steps that may still do better. */
function queueAfter(
  plan: AttemptPlan,
  queue: readonly number[],
  { step, failure, wasCalled }: FailedCall,
): readonly number[] {
  const { steps } = plan
  const response = responseTo(failure)
  if (response === 'stop') return []
  if (response === 'go-larger') return queue.filter((other) => isLarger(plan, other, step))
  // That a model rests for having been out of reach says nothing of the others by now.
  const isWide = PROVIDER_WIDE.has(failure.kind) && (wasCalled || failure.kind !== 'connect')
  if (!isWide) return queue
  return queue.filter((other) => steps[other]?.providerId !== steps[step]?.providerId)
}

function isLarger({ steps }: AttemptPlan, step: number, than: number): boolean {
  return (steps[step]?.contextLength ?? 0) > (steps[than]?.contextLength ?? 0)
}

/** Whether a step is larger than every one that was too small; asked of those that left the queue. */
function isLargeEnough(plan: AttemptPlan, { failures }: AttemptMemory, step: number): boolean {
  return failures.every(
    (call) => responseTo(call.failure) !== 'go-larger' || isLarger(plan, step, call.step),
  )
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
  if (event.type === 'refused' || !event.mayRetry) return undefined
  const { kind, retryAfterMs = 0 } = event.failure
  if (!FAILURE_RULES[kind].mayRepeatHere || !isLargeEnough(plan, memory, lane.step)) {
    return undefined
  }
  const longestMs = longestBackoffMs(plan, memory, lane.step)
  if (longestMs === undefined) return undefined
  if (retryAfterMs > (memory.queue.length === 0 ? plan.maxWaitMs : longestMs)) return undefined
  const untilMs = event.atMs + Math.max(retryAfterMs, event.chance * longestMs)
  if (untilMs >= memory.startedAtMs + plan.timeouts.totalMs) return undefined
  const next = { step: lane.step, cause: 'retry' } as const
  return { state: { kind: 'waiting', memory, untilMs, next }, effects: [] }
}

/** Before the next repetition of a step that just failed; `undefined` when it had all of them. */
function longestBackoffMs(
  plan: AttemptPlan,
  { failures, queue }: AttemptMemory,
  index: number,
): number | undefined {
  const step = plan.steps[index]
  const calls = failures.filter((call) => call.step === index && call.wasCalled).length
  if (step === undefined || calls === 0) return undefined
  const allowed = step.maxRetries ?? (queue.length === 0 ? plan.lastStepRetries : 0)
  return calls > allowed ? undefined : Math.min(MAX_BACKOFF_MS, step.backoffMs * 2 ** (calls - 1))
}

/** The next model in the order. */
function goOn(
  { timeouts }: AttemptPlan,
  memory: AttemptMemory,
  atMs: number,
): Transition | undefined {
  const [step, ...queue] = memory.queue
  if (step === undefined || atMs >= memory.startedAtMs + timeouts.totalMs) return undefined
  return beginStep({ ...memory, queue }, { step, cause: causeOf(memory, step) }, atMs)
}

/**
 * Nobody is left: wait for the model that may be called again soonest; all such waits of an answer
 * together stay within the bound. Those that may be called by then as well come after it.
 */
function waitForOne(
  plan: AttemptPlan,
  memory: AttemptMemory,
  atMs: number,
): Transition | undefined {
  const blocked = lastOfEachStep(memory.failures)
    .flatMap(({ step, retryAtMs }) => (retryAtMs === undefined ? [] : [{ step, retryAtMs }]))
    .filter(({ step }) => isLargeEnough(plan, memory, step) && mayBeCalled(plan, memory, step))
    .toSorted((left, right) => left.retryAtMs - right.retryAtMs)
  const [soonest, ...others] = blocked
  if (soonest === undefined) return undefined
  const untilMs = Math.max(atMs + MIN_WAIT_MS, soonest.retryAtMs)
  const waitsEndAtMs = memory.waitsEndAtMs ?? atMs + plan.maxWaitMs
  if (untilMs > Math.min(waitsEndAtMs, memory.startedAtMs + plan.timeouts.totalMs - 1)) {
    return undefined
  }
  const queue = others.filter(({ retryAtMs }) => retryAtMs <= untilMs).map(({ step }) => step)
  return {
    state: {
      kind: 'waiting',
      memory: { ...memory, waitsEndAtMs, queue },
      untilMs,
      next: { step: soonest.step, cause: causeOf(memory, soonest.step) },
    },
    effects: [],
  }
}

/** A model is called once, repeated as often as it may be, and once more after waits. */
function mayBeCalled(plan: AttemptPlan, { failures }: AttemptMemory, step: number): boolean {
  const calls = failures.filter((call) => call.step === step && call.wasCalled).length
  return calls < 2 + (plan.steps[step]?.maxRetries ?? plan.lastStepRetries)
}

/** A model that refused was never called: what follows is its first call. */
function causeOf({ failures }: AttemptMemory, step: number): AttemptCause {
  if (failures.some((call) => call.step === step && call.wasCalled)) return 'retry'
  return failures.some((call) => call.wasCalled) ? 'failover' : 'first'
}

function lastOfEachStep(failures: readonly FailedCall[]): readonly FailedCall[] {
  return [...new Map(failures.map((call) => [call.step, call])).values()]
}
