import { describe, expect, it } from 'vitest'

import type { AttemptPlan, PlannedStep } from './attempt-plan.ts'
import type { AttemptMemory, AttemptState, Lane, LanePhase } from './attempt-state.ts'
import { emptyFailure, nextDeadline } from './deadlines.ts'
import { transition } from './transition.ts'

const step: PlannedStep = {
  providerId: 'p',
  contextLength: 32_000,
  maxRetries: undefined,
  backoffMs: 200,
  hedgeAfterMs: undefined,
}

/** Every time is one that no other time gives. */
const plan: AttemptPlan = {
  steps: [step, step],
  timeouts: {
    headersMs: 1_000,
    firstPartMs: 2_000,
    wholeMs: 5_000,
    idleMs: 500,
    totalMs: 10_000,
  },
  isStreamed: true,
  allowsEmpty: false,
  lastStepRetries: 1,
  maxWaitMs: 3_000,
}
const withTimeouts = (timeouts: Partial<AttemptPlan['timeouts']>): AttemptPlan => ({
  ...plan,
  timeouts: { ...plan.timeouts, ...timeouts },
})
const inOnePiece = (given: AttemptPlan): AttemptPlan => ({ ...given, isStreamed: false })
const hedging = (hedgeAfterMs: number): AttemptPlan => ({
  ...plan,
  steps: [{ ...step, hedgeAfterMs }, step],
})

const memory: AttemptMemory = {
  startedAtMs: 100,
  queue: [1],
  announced: 0,
  failures: [],
  waitsEndAtMs: undefined,
  hasHedged: false,
  lanes: 3,
}
/** Of a later call than the first. */
const lane: Lane = {
  id: 3,
  step: 0,
  cause: 'retry',
  phase: 'calling',
  startedAtMs: 4_000,
  hiddenParts: 0,
}

const trying = (phase: LanePhase, changes: Partial<AttemptMemory> = {}): AttemptState => ({
  kind: 'trying',
  memory: { ...memory, ...changes },
  lanes: [{ ...lane, phase }],
})
const committed: AttemptState = {
  kind: 'committed',
  memory,
  lane,
  silentSinceMs: 7_000,
  isAwaited: true,
}
const unread: AttemptState = { ...committed, isAwaited: false }
const waiting = (untilMs: number): AttemptState => ({
  kind: 'waiting',
  memory,
  untilMs,
  next: { step: 0, cause: 'retry' },
})

describe('the next deadline', () => {
  it.each<[string, AttemptState]>([
    ['before the start', { kind: 'new' }],
    ['of a finished answer', { kind: 'finished', memory, lane, finishReason: 'stop' }],
    ['of a failed answer', { kind: 'failed', memory, committed: undefined }],
    ['of an aborted answer', { kind: 'aborted', memory }],
  ])('is none %s', (_, state) => {
    expect(nextDeadline(plan, state)).toBeUndefined()
  })

  it.each<[string, AttemptPlan, AttemptState, number]>([
    ['the headers, while it is asked for', plan, trying('admitting'), 5_000],
    ['the headers, while it is called', plan, trying('calling'), 5_000],
    ['the first part, once the headers came', plan, trying('answering'), 6_000],
    [
      'the first part, if it is sooner',
      withTimeouts({ headersMs: 9_000 }),
      trying('calling'),
      6_000,
    ],
    ['the total, if it is sooner', withTimeouts({ totalMs: 4_500 }), trying('calling'), 4_600],
    ['the whole, of an answer in one piece', inOnePiece(plan), trying('calling'), 9_000],
    ['the whole, though the headers came', inOnePiece(plan), trying('answering'), 9_000],
    [
      'the total, of an answer in one piece, if it is sooner',
      inOnePiece(withTimeouts({ wholeMs: 9_000 })),
      trying('calling'),
      10_100,
    ],
    ['the hedge, once it is called', hedging(300), trying('calling'), 4_300],
    ['the hedge, once the headers came', hedging(1_500), trying('answering'), 5_500],
    ['no hedge, while it is asked for', hedging(300), trying('admitting'), 5_000],
    ['no hedge after the headers are late', hedging(1_500), trying('calling'), 5_000],
    ['no hedge without another model', hedging(300), trying('calling', { queue: [] }), 5_000],
    ['no second hedge', hedging(300), trying('calling', { hasHedged: true }), 5_000],
    ['the hedge of an answer in one piece', inOnePiece(hedging(300)), trying('calling'), 4_300],
    [
      'no hedge after an answer in one piece is late',
      inOnePiece(hedging(5_500)),
      trying('calling'),
      9_000,
    ],
    [
      'the first that is late, of two that race',
      hedging(300),
      {
        kind: 'trying',
        memory,
        lanes: [
          { ...lane, phase: 'answering' },
          { ...lane, id: 4, startedAtMs: 4_300 },
        ],
      },
      5_300,
    ],
    ['the end of the wait', plan, waiting(6_500), 6_500],
    ['the total, if it comes before the end of the wait', plan, waiting(20_000), 10_100],
    ['silence, after the commit', plan, committed, 7_500],
    ['the total, after the commit', withTimeouts({ idleMs: 9_000 }), committed, 10_100],
    ['the total, after the commit in one piece', inOnePiece(plan), committed, 10_100],
    ['the total, while nobody waits for a part', plan, unread, 10_100],
  ])('is %s', (...[, given, state, atMs]) => {
    expect(nextDeadline(given, state)).toBe(atMs)
    // A tick before it changes nothing, and one at it does.
    expect(transition(given, state, { type: 'tick', atMs: atMs - 0.5 }).state).toBe(state)
    expect(transition(given, state, { type: 'tick', atMs }).state).not.toBe(state)
  })
})

describe('what a deadline says when it has passed', () => {
  it.each<[string, AttemptPlan, AttemptState, number, string]>([
    ['timeout-headers', plan, trying('calling'), 5_000, 'did not answer within 1000 ms.'],
    [
      'timeout-first-part',
      plan,
      trying('answering'),
      6_000,
      'did not say anything within 2000 ms.',
    ],
    [
      'timeout-headers',
      withTimeouts({ headersMs: 2_000 }),
      trying('calling'),
      6_000,
      'did not answer within 2000 ms.',
    ],
    [
      'timeout-first-part',
      withTimeouts({ headersMs: 2_001 }),
      trying('calling'),
      6_000,
      'did not say anything within 2000 ms.',
    ],
    [
      'timeout-headers',
      inOnePiece(plan),
      trying('answering'),
      9_000,
      'did not answer within 5000 ms.',
    ],
    ['timeout-idle', plan, committed, 7_500, 'fell silent for 500 ms.'],
    ['timeout-total', plan, unread, 10_100, 'was not done within 10000 ms.'],
    ['timeout-total', plan, committed, 10_100, 'was not done within 10000 ms.'],
    ['timeout-total', plan, trying('calling'), 10_100, 'was not done within 10000 ms.'],
    ['timeout-total', plan, waiting(10_050), 10_100, 'was not done within 10000 ms.'],
    ['timeout-total', inOnePiece(plan), committed, 10_100, 'was not done within 10000 ms.'],
  ])('%s', (...[kind, given, state, atMs, words]) => {
    const next = transition(given, state, { type: 'tick', atMs })
    const failures = 'memory' in next.state ? next.state.memory?.failures : undefined
    expect(failures?.map((call) => call.failure)).toEqual([{ kind, message: `The model ${words}` }])
  })

  it('tells those that were sent from those that were not', () => {
    const lanes = [lane, { ...lane, id: 4, phase: 'admitting' as const }]
    const next = transition(plan, { kind: 'trying', memory, lanes }, { type: 'tick', atMs: 10_100 })
    expect(next.state).toMatchObject({
      memory: { failures: [{ wasCalled: true }, { wasCalled: false }] },
    })
  })

  it('ends the call that is late, not the one beside it', () => {
    const other: Lane = { ...lane, id: 4, startedAtMs: 3_000 }
    const next = transition(
      plan,
      { kind: 'trying', memory, lanes: [lane, other] },
      { type: 'tick', atMs: 4_000 },
    )
    expect(next).toMatchObject({ state: { lanes: [lane] }, effects: [{ type: 'cancel', lane: 4 }] })
  })
})

it('an empty answer says whether it was filtered', () => {
  expect(emptyFailure({ finishReason: 'content-filter' }).kind).toBe('content-filtered')
  for (const finishReason of ['stop', 'length', 'tool-calls'] as const) {
    expect(emptyFailure({ finishReason }).kind).toBe('empty')
  }
})
