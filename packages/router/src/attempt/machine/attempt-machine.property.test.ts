import type { FailureKind, ProviderFailure } from '@imrs/core'
import { FAILURE_KINDS } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { anyWorld, run, TOO_MANY_STEPS } from './__fixtures__/attempt-world.ts'
import type { Step, World } from './__fixtures__/attempt-world.ts'
import type { AttemptEffect } from './attempt-effect.ts'
import type { AttemptEvent } from './attempt-event.ts'
import { MIN_WAIT_MS } from './attempt-plan.ts'
import type { AttemptMemory, AttemptState, FailedCall, Lane } from './attempt-state.ts'
import { transition } from './transition.ts'

const OVER: readonly string[] = ['finished', 'failed', 'aborted']

const STOP: readonly FailureKind[] = [
  'timeout-total',
  'content-filtered',
  'invalid-request',
  'aborted',
]

/** After these the same model is not asked again. */
const LASTING: readonly FailureKind[] = [
  'timeout-headers',
  'timeout-first-part',
  'timeout-idle',
  'credentials',
  'payment',
  'payment-upstream',
  'context-too-long',
  'model-gone',
  'model-unfit',
  'budget-exhausted',
]

/** Holds for every world, whatever happens in it. */
function always(check: (steps: readonly Step[], world: World) => void): void {
  fc.assert(
    fc.property(anyWorld, (world) => check(run(world), world)),
    { numRuns: 2_000 },
  )
}

/** Holds for every step of every world. */
function everyStep(check: (step: Step, world: World) => void): void {
  always((steps, world) => {
    for (const step of steps) check(step, world)
  })
}

function lanesOf(state: AttemptState): readonly Lane[] {
  if (state.kind === 'trying') return state.lanes
  return state.kind === 'committed' ? [state.lane] : []
}

function memoryOf(state: AttemptState): AttemptMemory | undefined {
  return state.kind === 'new' ? undefined : state.memory
}

function failuresOf(state: AttemptState): readonly FailedCall[] {
  return memoryOf(state)?.failures ?? []
}

function effectsOf<Type extends AttemptEffect['type']>(
  { effects }: Pick<Step, 'effects'>,
  type: Type,
): readonly Extract<AttemptEffect, { type: Type }>[] {
  return effects.filter(
    (effect): effect is Extract<AttemptEffect, { type: Type }> => effect.type === type,
  )
}

function totalAtMs(state: AttemptState, { plan }: World): number {
  return (memoryOf(state)?.startedAtMs ?? Number.POSITIVE_INFINITY) + plan.timeouts.totalMs
}

/** Whether the event is the end of the lane, told by the call itself. */
function isEndOf({ id }: Lane, event: AttemptEvent): boolean {
  return (
    (event.type === 'finish' || event.type === 'failure' || event.type === 'refused') &&
    event.lane === id
  )
}

/** The hedge began beside one lane of another step, that was sent and is slow. */
function assertHedge(
  { event, before }: Step,
  call: { readonly step: number },
  { plan }: World,
): void {
  const [lane, ...others] = lanesOf(before)
  expect([before.kind, event.type, others]).toEqual(['trying', 'tick', []])
  if (lane === undefined) return
  const { hedgeAfterMs = Number.POSITIVE_INFINITY } = plan.steps[lane.step] ?? {}
  expect(lane.phase).not.toBe('admitting')
  expect(event.atMs - lane.startedAtMs).toBeGreaterThanOrEqual(hedgeAfterMs)
  expect(call.step).not.toBe(lane.step)
}

function assertRace(lanes: readonly Lane[]): void {
  const ids = lanes.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect([1, 2]).toContain(ids.length)
  if (ids.length === 2) expect(lanes.map(({ cause }) => cause)).toContain('hedge')
}

/** From when on the call that ended so may be made again. */
function askedFor(event: AttemptEvent): number {
  if (event.type === 'refused') return Math.max(event.retryAtMs ?? 0, event.atMs + MIN_WAIT_MS)
  return event.type === 'failure' ? event.atMs + (event.failure.retryAfterMs ?? 0) : 0
}

/** Whether the machine may have meant a repetition of the call that just failed. */
function mayBeBackoff({ event, before }: Step, { step }: { readonly step: number }): boolean {
  const isFailure = event.type === 'failure' || event.type === 'finish'
  if (!isFailure || !event.mayRetry) return false
  return lanesOf(before).some((lane) => lane.id === event.lane && lane.step === step)
}

function assertWait(step: Step, world: World): void {
  const { event, before, after: state } = step
  if (state.kind !== 'waiting') return
  const { plan } = world
  const waitMs = state.untilMs - event.atMs
  expect(waitMs).toBeGreaterThanOrEqual(0)
  expect(state.untilMs).toBeLessThan(totalAtMs(state, world))
  const { maxRetries = plan.lastStepRetries, backoffMs = 0 } = plan.steps[state.next.step] ?? {}
  const calls = sentOf(state, state.next.step)
  const { waitsEndAtMs } = state.memory
  const endedAtMs = memoryOf(before)?.waitsEndAtMs
  const longestMs = Math.max(plan.maxWaitMs, Math.min(8_000, backoffMs * 2 ** (calls - 1)))
  const isBackoff =
    mayBeBackoff(step, state.next) &&
    waitsEndAtMs === endedAtMs &&
    calls <= maxRetries &&
    waitMs <= longestMs
  if (isBackoff) return
  // The first wait says when all of them have to be over.
  expect(waitsEndAtMs).toBe(endedAtMs ?? event.atMs + plan.maxWaitMs)
  expect(state.untilMs).toBeLessThanOrEqual(waitsEndAtMs ?? 0)
  expect(waitMs).toBeGreaterThanOrEqual(MIN_WAIT_MS)
  expect(calls).toBeLessThanOrEqual(1 + maxRetries)
}

/** How many calls of a step were sent and are over. */
function sentOf(state: AttemptState, index: number): number {
  return failuresOf(state).filter(({ step, wasCalled }) => step === index && wasCalled).length
}

/** The steps of the calls that ended, and whether asking the same model again is out of the question. */
function endingsOf(step: Step): readonly (readonly [number, boolean])[] {
  const { event, before } = step
  const cancelled = effectsOf(step, 'cancel').flatMap(({ lane, why }) =>
    why.kind === 'failed' ? [lane] : [],
  )
  const isHopeless =
    event.type === 'refused'
      ? event.retryAtMs === undefined
      : event.type === 'failure' && LASTING.includes(event.failure.kind)
  return lanesOf(before).flatMap((lane): (readonly [number, boolean])[] => {
    if (cancelled.includes(lane.id)) return [[lane.step, true]]
    return isEndOf(lane, event) ? [[lane.step, isHopeless]] : []
  })
}

/** Since when nothing came of the committed lane although somebody waited; `undefined`: nobody waits. */
function silenceSince(steps: readonly Step[], lane: Lane): number | undefined {
  let sinceMs: number | undefined
  for (const { event, before } of steps) {
    if (event.type === 'part' && event.lane === lane.id) sinceMs = undefined
    else if (event.type === 'pulled' && before.kind === 'committed') sinceMs ??= event.atMs
  }
  return sinceMs
}

/** The steps that the reader has to know of after an event: all but hedges are told when admitted. */
function answeringOf(
  event: AttemptEvent,
  before: AttemptState,
  after: AttemptState,
): readonly number[] {
  if (after.kind === 'committed' || after.kind === 'finished') return [after.lane.step]
  if (event.type !== 'admitted') return []
  return lanesOf(before)
    .filter(
      ({ id, cause, phase }) => id === event.lane && cause !== 'hedge' && phase === 'admitting',
    )
    .map(({ step }) => step)
}

/** What a step failed of last; nothing while it is still being tried. */
function reasonToLeave(before: AttemptState, index: number): ProviderFailure | undefined {
  if (lanesOf(before).some(({ step }) => step === index)) return undefined
  return failuresOf(before).findLast(({ step }) => step === index)?.failure
}

describe('the attempt machine', () => {
  it('1: comes to an end when it is ticked, and a tick counts when it is due and not before', () => {
    always((steps) => {
      expect(steps.length).toBeLessThan(TOO_MANY_STEPS)
      expect(OVER).toContain(steps.at(-1)?.after.kind)
      for (const { event, before, after, effects, wantedAtMs } of steps) {
        if (event.type !== 'tick') continue
        const isDue = wantedAtMs !== undefined && event.atMs >= wantedAtMs
        expect(after !== before).toBe(isDue)
        if (!isDue) expect(effects).toEqual([])
      }
    })
  })

  it('2: nothing follows the end', () => {
    everyStep(({ before, after, effects, wantedAtMs }) => {
      if (!OVER.includes(before.kind)) return
      expect(after).toBe(before)
      expect(effects).toEqual([])
      expect(wantedAtMs).toBeUndefined()
    })
  })

  it('3: one lane is committed at most, and afterwards none is called and none announced', () => {
    always((steps) => {
      const at = steps.findIndex((step) => effectsOf(step, 'commit').length > 0)
      const committed = steps.flatMap(({ after }) => (after.kind === 'committed' ? [after] : []))
      expect(new Set(committed.map(({ lane }) => lane.id)).size).toBe(at === -1 ? 0 : 1)
      if (at === -1) return
      const from = steps.slice(at)
      expect(from.flatMap((step) => effectsOf(step, 'commit'))).toEqual([
        { type: 'commit', lane: committed[0]?.lane.id },
      ])
      expect(from.flatMap((step) => effectsOf(step, 'call'))).toEqual([])
      expect(from.slice(1).flatMap((step) => effectsOf(step, 'announce'))).toEqual([])
      const last = steps.at(-1)?.after
      if (last?.kind === 'finished') expect(last.lane.id).toBe(committed[0]?.lane.id)
      if (last?.kind === 'failed') expect(last.committed?.id).toBe(committed[0]?.lane.id)
    })
  })

  it('4: lanes are numbered from 1, and no number is used twice', () => {
    always((steps) => {
      const called = steps.flatMap((step) => effectsOf(step, 'call').map(({ lane }) => lane))
      expect(called).toEqual(called.map((_, index) => index + 1))
    })
  })

  it('5: two lanes run at most, of which one is the only hedge, begun when it was due', () => {
    always((steps, world) => {
      const hedges = steps.flatMap((step) =>
        effectsOf(step, 'call').flatMap((call) => (call.cause === 'hedge' ? [{ step, call }] : [])),
      )
      expect(hedges.length).toBeLessThanOrEqual(1)
      for (const { step, call } of hedges) assertHedge(step, call, world)
      for (const { after } of steps) if (after.kind === 'trying') assertRace(after.lanes)
    })
  })

  it('6: every lane ends once, by itself or by a cancel, and is accounted for once', () => {
    always((steps) => {
      for (const { event, before, after, effects } of steps) {
        const left = new Set(lanesOf(after).map(({ id }) => id))
        const ended = lanesOf(before).filter(({ id }) => !left.has(id))
        const cancelled = effectsOf({ effects }, 'cancel').map(({ lane }) => lane)
        expect(cancelled).toEqual(ended.filter((lane) => !isEndOf(lane, event)).map(({ id }) => id))
      }
      const last = steps.at(-1)?.after ?? { kind: 'new' }
      const accounts = [
        ...(last.kind === 'finished' ? [last.lane.id] : []),
        ...failuresOf(last).map(({ lane }) => lane),
        ...steps.flatMap((step) =>
          effectsOf(step, 'cancel').flatMap(({ lane, why }) =>
            why.kind === 'failed' ? [] : [lane],
          ),
        ),
      ]
      const called = steps.flatMap((step) => effectsOf(step, 'call').map(({ lane }) => lane))
      // The wait that the total time ended has the number that its call would have had.
      const isWaitOver = steps.some(
        ({ before, after }) => before.kind === 'waiting' && after.kind === 'failed',
      )
      expect(accounts.toSorted((left, right) => left - right)).toEqual([
        ...called,
        ...(isWaitOver ? [called.length + 1] : []),
      ])
      for (const { lane, why } of steps.flatMap((step) => effectsOf(step, 'cancel'))) {
        if (why.kind !== 'failed') continue
        expect(failuresOf(last).find((call) => call.lane === lane)?.failure).toEqual(why.failure)
      }
    })
  })

  it('7: a step is called 1 + its repetitions times, and once more after waits', () => {
    always((steps, { plan }) => {
      const hopeless = new Map<number, boolean>()
      for (const step of steps) {
        for (const [index, isHopeless] of endingsOf(step)) hopeless.set(index, isHopeless)
        for (const call of effectsOf(step, 'call')) {
          const { maxRetries = plan.lastStepRetries } = plan.steps[call.step] ?? {}
          const extra = memoryOf(step.after)?.waitsEndAtMs === undefined ? 0 : 1
          // Those that were refused were not called, and may be asked for again.
          expect(sentOf(step.after, call.step)).toBeLessThanOrEqual(maxRetries + extra)
          expect(hopeless.get(call.step)).not.toBe(true)
        }
      }
    })
  })

  it('8: no lane is called after a failure that says stop', () => {
    everyStep((step) => {
      const kinds = failuresOf(step.after).map(({ failure }) => failure.kind)
      if (kinds.some((kind) => STOP.includes(kind))) expect(effectsOf(step, 'call')).toEqual([])
    })
  })

  it('9: every lane called after context-too-long has a larger context', () => {
    everyStep((step, { plan }) => {
      const contextOf = (index: number) => plan.steps[index]?.contextLength ?? -1
      const tooSmall = failuresOf(step.after)
        .filter(({ failure }) => failure.kind === 'context-too-long')
        .map((call) => contextOf(call.step))
      for (const call of effectsOf(step, 'call')) {
        expect(contextOf(call.step)).toBeGreaterThan(Math.max(-1, ...tooSmall))
      }
    })
  })

  it('10: finished is reached by the finish of a lane that said something, or may be empty', () => {
    everyStep(({ event, before, after }, { plan }) => {
      if (event.type === 'finish' && before.kind === 'committed' && before.lane.id === event.lane) {
        const mayBeEmpty = plan.allowsEmpty && event.finishReason !== 'content-filter'
        const isGood = mayBeEmpty || !event.isEmpty
        expect(after.kind).toBe(isGood ? 'finished' : 'failed')
      }
      if (after.kind !== 'finished' || before.kind === 'finished') return
      expect(event).toMatchObject({ type: 'finish', finishReason: after.finishReason })
      expect(lanesOf(before)).toContainEqual(after.lane)
      if (before.kind === 'committed') return
      expect(plan.allowsEmpty).toBe(true)
      expect(after.finishReason).not.toBe('content-filter')
    })
  })

  it('11: no lane begins at the total time or after it, and no state outlives it by a tick', () => {
    everyStep((step, world) => {
      const { event, before, after } = step
      const endMs = totalAtMs(after, world)
      for (const _ of effectsOf(step, 'call')) expect(event.atMs).toBeLessThan(endMs)
      if (event.type === 'tick' && event.atMs >= totalAtMs(before, world)) {
        expect(OVER).toContain(after.kind)
      }
    })
  })

  it('12: waits keep to their bound or the back-off, and to what the provider asked for', () => {
    always((steps, world) => {
      const notBeforeMs = new Map<number, number>()
      for (const step of steps) {
        const { event, before, after } = step
        for (const call of effectsOf(step, 'call')) {
          expect(event.atMs).toBeGreaterThanOrEqual(notBeforeMs.get(call.step) ?? 0)
        }
        for (const lane of lanesOf(before).filter((one) => isEndOf(one, event))) {
          notBeforeMs.set(lane.step, askedFor(event))
        }
        if (after.kind === 'waiting' && before.kind !== 'waiting') assertWait(step, world)
      }
    })
  })

  it('13: the reader knows who answers, and hears of nobody who was not admitted', () => {
    always((steps) => {
      const mayAnswer = new Set<number>()
      let known = 0
      for (const step of steps) {
        const { event, before, after } = step
        const lane = lanesOf(before).find(({ id }) => 'lane' in event && id === event.lane)
        if (lane !== undefined && event.type !== 'refused') mayAnswer.add(lane.step)
        for (const { from, to, failure } of effectsOf(step, 'announce')) {
          expect(from).toBe(known)
          expect(failure).toEqual(reasonToLeave(before, from))
          expect(to).not.toBe(known)
          expect(mayAnswer).toContain(to)
          known = to
        }
        for (const answering of answeringOf(event, before, after)) expect(answering).toBe(known)
      }
    })
  })

  it('14: the same plan and events give the same, and nothing that was given is touched', () => {
    always((steps, world) => {
      const plan = frozen(structuredClone(world.plan))
      for (const { event, before, after, effects } of steps) {
        const again = transition(plan, frozen(structuredClone(before)), frozen({ ...event }))
        expect(again).toEqual({ state: after, effects })
      }
    })
  })

  it('15: silence ends an answer only while the reader waits for a part, and then in its time', () => {
    always((steps, { plan }) => {
      for (const [index, { event, before, after }] of steps.entries()) {
        if (before.kind !== 'committed' || event.type !== 'tick') continue
        const sinceMs = silenceSince(steps.slice(0, index), before.lane)
        const isSilent =
          plan.isStreamed && sinceMs !== undefined && event.atMs - sinceMs >= plan.timeouts.idleMs
        const isLate = event.atMs >= before.memory.startedAtMs + plan.timeouts.totalMs
        expect(after.kind).toBe(isSilent || isLate ? 'failed' : 'committed')
        if (after.kind !== 'failed') continue
        const kind = isLate ? 'timeout-total' : 'timeout-idle'
        expect(failuresOf(after).at(-1)?.failure.kind).toBe(kind)
      }
    })
  })
})

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) frozen(inner)
    Object.freeze(value)
  }
  return value
}

describe('the worlds it is tested in', () => {
  const SIGHTS = [
    'new abort aborted',
    'new start trying',
    'trying admitted trying',
    'trying headers trying',
    'trying part trying',
    'trying part committed',
    'trying finish trying',
    'trying finish waiting',
    'trying finish finished',
    'trying finish failed',
    'trying failure trying',
    'trying failure waiting',
    'trying failure failed',
    'trying refused trying',
    'trying refused waiting',
    'trying refused failed',
    'trying tick trying',
    'trying tick waiting',
    'trying tick failed',
    'trying abort aborted',
    'waiting tick trying',
    'waiting tick failed',
    'waiting abort aborted',
    'committed part committed',
    'committed pulled committed',
    'committed finish finished',
    'committed finish failed',
    'committed failure failed',
    'committed tick failed',
    'committed abort aborted',
    'call first',
    'call retry',
    'call failover',
    'call hedge',
    'cancel lost',
    'cancel failed',
    'cancel aborted',
    'announced after a failure',
    'announced as faster',
    'waited',
    'waited again',
    'waited again and again',
    'repeated an empty answer',
    'late while awaited',
    'late while away',
    'waited for more than one',
    ...FAILURE_KINDS,
  ]

  /** What a run showed, in words. */
  function seen(steps: readonly Step[]): readonly string[] {
    const last = steps.at(-1)?.after ?? { kind: 'new' }
    const waits = steps.filter(
      ({ event, before, after }) =>
        event.type === 'refused' && before.kind === 'trying' && after.kind === 'waiting',
    )
    return [
      ...steps.flatMap(({ before, after, event }) =>
        before === after ? [] : [`${before.kind} ${event.type} ${after.kind}`],
      ),
      ...steps.flatMap((step) => effectsOf(step, 'call').map(({ cause }) => `call ${cause}`)),
      ...steps.flatMap((step) => effectsOf(step, 'cancel').map(({ why }) => `cancel ${why.kind}`)),
      ...steps.flatMap((step) =>
        effectsOf(step, 'announce').map(({ failure }) =>
          failure === undefined ? 'announced as faster' : 'announced after a failure',
        ),
      ),
      ...(memoryOf(last)?.waitsEndAtMs === undefined ? [] : ['waited']),
      ...(waits.length > 1 ? ['waited again'] : []),
      ...(waits.length > 3 ? ['waited again and again'] : []),
      ...steps.flatMap(({ after, event }) =>
        event.type === 'finish' &&
        after.kind === 'waiting' &&
        after.memory.waitsEndAtMs === undefined
          ? ['repeated an empty answer']
          : [],
      ),
      ...steps.flatMap(({ before, after, event }) =>
        before.kind === 'committed' && after.kind === 'failed' && event.type === 'tick'
          ? [before.isAwaited ? 'late while awaited' : 'late while away']
          : [],
      ),
      ...steps.flatMap(({ before, after }) =>
        before.kind === 'trying' && after.kind === 'waiting' && after.memory.queue.length > 0
          ? ['waited for more than one']
          : [],
      ),
      ...failuresOf(last).map(({ failure }) => failure.kind),
    ]
  }

  it('show everything often enough for the invariants to mean something', () => {
    const counts = new Map(SIGHTS.map((sight) => [sight, 0]))
    for (const world of fc.sample(anyWorld, { seed: 4, numRuns: 4_000 })) {
      for (const sight of new Set(seen(run(world)))) counts.set(sight, (counts.get(sight) ?? 0) + 1)
    }
    expect([...counts].filter(([, count]) => count < 5)).toEqual([])
  })
})
