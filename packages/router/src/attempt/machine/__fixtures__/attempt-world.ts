import type { FailureKind, FinishReason, ProviderFailure } from '@imrs/core'
import { FAILURE_KINDS, FINISH_REASONS } from '@imrs/core'
import fc from 'fast-check'

import type { AttemptEffect } from '../attempt-effect.ts'
import { ATTEMPT_EVENTS } from '../attempt-event.ts'
import type { AttemptEvent } from '../attempt-event.ts'
import type { AttemptPlan, PlannedStep } from '../attempt-plan.ts'
import type { AttemptState } from '../attempt-state.ts'
import { nextDeadline } from '../deadlines.ts'
import { transition } from '../transition.ts'

/** What a call does once the machine asks for it; times are milliseconds after what came before. */
export interface CallScript {
  readonly admission:
    | { readonly type: 'admitted'; readonly afterMs: number }
    | {
        readonly type: 'refused'
        readonly afterMs: number
        readonly kind: FailureKind
        readonly retryInMs: number | undefined
      }
    | { readonly type: 'hang' }
  readonly saysHeaders: boolean
  readonly hiddenParts: number
  readonly visibleParts: number
  /** Whether the reader asks for the next part after each one; one that does not is away. */
  readonly isRead: boolean
  readonly gapMs: number
  readonly end:
    | {
        readonly type: 'finish'
        readonly finishReason: FinishReason
        readonly isEmpty: boolean
        readonly mayRetry: boolean
        readonly chance: number
      }
    | {
        readonly type: 'failure'
        readonly failure: ProviderFailure
        readonly mayRetry: boolean
        readonly chance: number
      }
    | { readonly type: 'hang' }
}

/** An event that nobody expects. */
export interface Noise {
  readonly atMs: number
  readonly event: AttemptEvent
}

/** A small world: a plan, calls that go as they are written, and a clock that ticks when it likes to. */
export interface World {
  readonly plan: AttemptPlan
  /** The n-th call of the run follows the n-th script; they come round again. */
  readonly calls: readonly CallScript[]
  readonly noise: readonly Noise[]
  /** How late each tick is; they come round again. */
  readonly lateMs: readonly number[]
  readonly startsAtMs: number
  /** When the caller leaves; may be before the start. */
  readonly leavesAtMs: number | undefined
}

/** One event and what it led to. */
export interface Step {
  readonly event: AttemptEvent
  readonly before: AttemptState
  readonly after: AttemptState
  readonly effects: readonly AttemptEffect[]
  /** When a tick was wanted, before the event. */
  readonly wantedAtMs: number | undefined
}

/** Far above what any plan needs: a run that takes so many steps goes round in circles. */
export const TOO_MANY_STEPS = 3000

/** Lets a world go on until nothing is left to happen, beyond the end of the answer. */
export function run(world: World): readonly Step[] {
  const steps: Step[] = []
  const coming = [...world.noise, at(world.startsAtMs, { type: 'start', atMs: 0 })]
  if (world.leavesAtMs !== undefined) coming.push(at(world.leavesAtMs, { type: 'abort', atMs: 0 }))
  let state: AttemptState = { kind: 'new' }
  let calls = 0
  let ticks = 0
  let tickAtMs: number | undefined
  let nowMs = 0

  const apply = (event: AttemptEvent): void => {
    const before = state
    const wantedAtMs = nextDeadline(world.plan, before)
    const next = transition(world.plan, before, event)
    state = next.state
    steps.push({ event, before, after: state, effects: next.effects, wantedAtMs })
    for (const effect of next.effects) {
      if (effect.type !== 'call') continue
      const script = world.calls[calls % world.calls.length]
      calls += 1
      if (script !== undefined) coming.push(...played(script, { lane: effect.lane, nowMs }))
    }
    const deadlineMs = nextDeadline(world.plan, state)
    if (deadlineMs === wantedAtMs && state.kind === before.kind && event.type !== 'tick') return
    ticks += 1
    tickAtMs =
      deadlineMs === undefined
        ? undefined
        : Math.max(nowMs, deadlineMs) + (world.lateMs[ticks % world.lateMs.length] ?? 0)
  }

  while (steps.length < TOO_MANY_STEPS) {
    // Stable: what was foreseen first comes first.
    const soonest = coming.reduce<Noise | undefined>(
      (best, one) => (best === undefined || one.atMs < best.atMs ? one : best),
      undefined,
    )
    if (tickAtMs !== undefined && tickAtMs <= (soonest?.atMs ?? Number.POSITIVE_INFINITY)) {
      nowMs = Math.max(nowMs, tickAtMs)
      apply({ type: 'tick', atMs: nowMs })
    } else if (soonest !== undefined) {
      coming.splice(coming.indexOf(soonest), 1)
      nowMs = Math.max(nowMs, soonest.atMs)
      apply({ ...soonest.event, atMs: nowMs })
    } else {
      break
    }
  }
  return steps
}

/** All that a call says, also after the machine has given it up: late events are the rule. */
function played(
  script: CallScript,
  { lane, nowMs }: { readonly lane: number; readonly nowMs: number },
): readonly Noise[] {
  const { admission, end, gapMs } = script
  if (admission.type === 'hang') return []
  let atMs = nowMs + admission.afterMs
  if (admission.type === 'refused') {
    const { kind, retryInMs } = admission
    const failure = { kind, message: 'Refused.' }
    const retryAtMs = retryInMs === undefined ? undefined : atMs + retryInMs
    return [at(atMs, { type: 'refused', lane, failure, retryAtMs, atMs })]
  }
  const said: Noise[] = [at(atMs, { type: 'admitted', lane, atMs })]
  const says = (event: AttemptEvent): void => {
    atMs += gapMs
    said.push(at(atMs, event))
  }
  if (script.saysHeaders) says({ type: 'headers', lane, atMs })
  for (let count = 0; count < script.hiddenParts; count += 1) {
    says({ type: 'part', lane, isVisible: false, atMs })
  }
  for (let count = 0; count < script.visibleParts; count += 1) {
    says({ type: 'part', lane, isVisible: true, atMs })
    if (script.isRead) says({ type: 'pulled', atMs })
  }
  if (end.type !== 'hang') says({ ...end, lane, atMs })
  return said
}

function at(atMs: number, event: AttemptEvent): Noise {
  return { atMs, event }
}

const anyTime = (...edges: readonly number[]): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(...edges), fc.nat(600))

const failureKind = fc.oneof(
  // Those that differ in where they lead; the others are like one of them.
  fc.constantFrom<FailureKind>(
    'rate-limited',
    'rate-limited',
    'overloaded',
    'overloaded',
    'connect',
    'credentials',
    'context-too-long',
    'content-filtered',
  ),
  fc.constantFrom(...FAILURE_KINDS),
)

const failure: fc.Arbitrary<ProviderFailure> = fc
  .record({ kind: failureKind, retryAfterMs: fc.option(anyTime(0, 1, 5_000), { nil: undefined }) })
  .map(({ kind, retryAfterMs }) => ({
    kind,
    message: 'It failed.',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }))

const plannedStep: fc.Arbitrary<PlannedStep> = fc.record({
  providerId: fc.constantFrom('p', 'q', 'r'),
  contextLength: fc.constantFrom(0, 8_000, 32_000, 128_000),
  maxRetries: fc.constantFrom(undefined, undefined, 0, 1, 3),
  backoffMs: fc.constantFrom(0, 50, 400, 5_000),
  hedgeAfterMs: fc.option(fc.integer({ min: 1, max: 150 }), { nil: undefined, freq: 2 }),
})

const plan: fc.Arbitrary<AttemptPlan> = fc.record({
  steps: fc.array(plannedStep, { minLength: 1, maxLength: 5 }),
  // Without bias: times near 0 would end most answers before anything else could.
  timeouts: fc.noBias(
    fc.record({
      headersMs: fc.integer({ min: 1, max: 600 }),
      firstPartMs: fc.integer({ min: 1, max: 900 }),
      wholeMs: fc.integer({ min: 1, max: 1_200 }),
      idleMs: fc.integer({ min: 1, max: 300 }),
      totalMs: fc.oneof(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 300, max: 3_000 }),
        fc.constant(60_000),
      ),
    }),
  ),
  isStreamed: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  allowsEmpty: fc.boolean(),
  lastStepRetries: fc.nat(3),
  maxWaitMs: fc.constantFrom(0, 100, 1_000, 10_000),
})

const repetition = {
  mayRetry: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
}

const callScript: fc.Arbitrary<CallScript> = fc.record({
  admission: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({ type: fc.constant('admitted' as const), afterMs: fc.nat(20) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('refused' as const),
        afterMs: fc.nat(40),
        kind: failureKind,
        retryInMs: fc.option(fc.integer({ min: -10, max: 900 }), { nil: undefined }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ type: 'hang' as const }) },
  ),
  saysHeaders: fc.boolean(),
  hiddenParts: fc.nat(2),
  visibleParts: fc.constantFrom(0, 0, 0, 0, 1, 3),
  isRead: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  gapMs: fc.oneof(fc.constant(0), fc.nat(40), fc.nat(200)),
  end: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('finish' as const),
        finishReason: fc.constantFrom(...FINISH_REASONS),
        isEmpty: fc.boolean(),
        ...repetition,
      }),
    },
    {
      weight: 7,
      arbitrary: fc.record({
        type: fc.constant('failure' as const),
        failure,
        ...repetition,
      }),
    },
    { weight: 1, arbitrary: fc.constant({ type: 'hang' as const }) },
  ),
})

const noise: fc.Arbitrary<Noise> = fc
  .record({
    type: fc.constantFrom(...ATTEMPT_EVENTS),
    atMs: fc.nat(2_000),
    lane: fc.nat(5),
    failure,
    isVisible: fc.boolean(),
    isEmpty: fc.boolean(),
    finishReason: fc.constantFrom(...FINISH_REASONS),
    retryAtMs: fc.option(fc.nat(2_500), { nil: undefined }),
    mayRetry: fc.boolean(),
    chance: fc.constantFrom(0, 0.5, 0.999),
  })
  .map((event) => at(event.atMs, event))

/** Worlds of every sort. Two thirds have no noise: there every call goes as it is written. */
export const anyWorld: fc.Arbitrary<World> = fc.record({
  plan,
  calls: fc.array(callScript, { minLength: 1, maxLength: 8 }),
  noise: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(noise, { maxLength: 25 }) },
  ),
  lateMs: fc.oneof(
    fc.constant([0]),
    fc.array(fc.constantFrom(0, 0, 1, 40, 2_000), { minLength: 1, maxLength: 6 }),
  ),
  leavesAtMs: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.nat(1_500)),
  startsAtMs: fc.constantFrom(0, 100),
})
