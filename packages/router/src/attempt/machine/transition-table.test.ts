import type { FailureKind, ProviderFailure } from '@imrs/core'
import { FAILURE_KINDS } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import type { AttemptEffect } from './attempt-effect.ts'
import { ATTEMPT_EVENTS } from './attempt-event.ts'
import type { AttemptEvent, AttemptEventType } from './attempt-event.ts'
import { MAX_HIDDEN_PARTS } from './attempt-plan.ts'
import type { AttemptPlan, PlannedStep } from './attempt-plan.ts'
import { ATTEMPT_STATES } from './attempt-state.ts'
import type { AttemptMemory, AttemptState, AttemptStateKind, Lane } from './attempt-state.ts'
import { transition } from './transition.ts'

const step = (changes: Partial<PlannedStep> = {}): PlannedStep => ({
  providerId: 'p',
  contextLength: 32_000,
  maxRetries: undefined,
  backoffMs: 200,
  hedgeAfterMs: undefined,
  ...changes,
})

/** Three models of three providers; answers are streamed and not empty. */
const plan: AttemptPlan = {
  steps: [step({ hedgeAfterMs: 400 }), step({ providerId: 'q' }), step({ providerId: 'r' })],
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
const emptyAllowed: AttemptPlan = { ...plan, allowsEmpty: true }
const inOnePiece: AttemptPlan = { ...plan, isStreamed: false }

const memory: AttemptMemory = {
  startedAtMs: 100,
  queue: [1, 2],
  announced: 0,
  failures: [],
  waitsEndAtMs: undefined,
  hasHedged: false,
  lanes: 1,
}
const lane: Lane = {
  id: 1,
  step: 0,
  cause: 'first',
  phase: 'calling',
  startedAtMs: 100,
  hiddenParts: 0,
}
const hedge: Lane = { ...lane, id: 2, step: 1, cause: 'hedge', startedAtMs: 500 }
const raced: AttemptMemory = { ...memory, queue: [2], hasHedged: true, lanes: 2 }

const overloaded: ProviderFailure = { kind: 'overloaded', message: 'Too busy.' }
const firstFailed: AttemptMemory = {
  ...memory,
  queue: [2],
  failures: [{ lane: 1, step: 0, failure: overloaded, wasCalled: true, retryAtMs: undefined }],
  lanes: 2,
}

/** Every kind of state, with what makes a difference within it. */
const SITUATIONS = {
  new: { kind: 'new' },
  'trying, admitting': { kind: 'trying', memory, lanes: [{ ...lane, phase: 'admitting' }] },
  'trying, calling': { kind: 'trying', memory, lanes: [lane] },
  'trying, answering': { kind: 'trying', memory, lanes: [{ ...lane, phase: 'answering' }] },
  'trying, the last model': {
    kind: 'trying',
    memory: { ...memory, queue: [] },
    lanes: [lane],
  },
  'trying, the second model': {
    kind: 'trying',
    memory: firstFailed,
    lanes: [{ ...lane, id: 2, step: 1, cause: 'failover', phase: 'admitting' }],
  },
  'trying, two that race': { kind: 'trying', memory: raced, lanes: [lane, hedge] },
  'trying, the hedge alone': {
    kind: 'trying',
    memory: { ...raced, failures: firstFailed.failures },
    lanes: [hedge],
  },
  waiting: {
    kind: 'waiting',
    memory: { ...firstFailed, queue: [], waitsEndAtMs: 3_600 },
    untilMs: 3_000,
    next: { step: 0, cause: 'retry' },
  },
  'committed, awaited': {
    kind: 'committed',
    memory,
    lane,
    silentSinceMs: 1_000,
    isAwaited: true,
  },
  'committed, the reader is away': {
    kind: 'committed',
    memory,
    lane,
    silentSinceMs: 1_000,
    isAwaited: false,
  },
  finished: { kind: 'finished', memory, lane, finishReason: 'stop' },
  failed: { kind: 'failed', memory, committed: undefined },
  aborted: { kind: 'aborted', memory },
} as const satisfies Record<string, AttemptState>

type Situation = keyof typeof SITUATIONS

interface Outcome {
  /** What the state is at least. */
  readonly state: { readonly kind: AttemptStateKind } & Readonly<Record<string, unknown>>
  readonly effects: readonly AttemptEffect[]
}

interface Case {
  readonly name: string
  readonly event: AttemptEvent
  readonly plan?: AttemptPlan
  /** `stays`: the very same state, and no effects. */
  readonly leadsTo: 'stays' | Outcome
}

const atMs = 600
const start: AttemptEvent = { type: 'start', atMs }
const pulled: AttemptEvent = { type: 'pulled', atMs }
const abort: AttemptEvent = { type: 'abort', atMs }
const tick = (time: number): AttemptEvent => ({ type: 'tick', atMs: time })
const admitted = (id: number): AttemptEvent => ({ type: 'admitted', lane: id, atMs })
const headers = (id: number): AttemptEvent => ({ type: 'headers', lane: id, atMs })
const hidden = (id: number): AttemptEvent => ({ type: 'part', lane: id, isVisible: false, atMs })
const visible = (id: number): AttemptEvent => ({ type: 'part', lane: id, isVisible: true, atMs })
const finish = (id: number, isEmpty = false): AttemptEvent => ({
  type: 'finish',
  lane: id,
  finishReason: 'stop',
  isEmpty,
  mayRetry: true,
  chance: 0.5,
  atMs,
})
const filtered = (id: number): AttemptEvent => ({
  type: 'finish',
  lane: id,
  finishReason: 'content-filter',
  isEmpty: true,
  mayRetry: true,
  chance: 0.5,
  atMs,
})
const failure = (id: number, of: ProviderFailure = overloaded): AttemptEvent => ({
  type: 'failure',
  lane: id,
  failure: of,
  mayRetry: true,
  chance: 0.5,
  atMs,
})
const tooFast: ProviderFailure = { kind: 'rate-limited', message: 'Too fast.' }
const refused = (id: number, retryAtMs?: number): AttemptEvent => ({
  type: 'refused',
  lane: id,
  failure: tooFast,
  retryAtMs,
  atMs,
})

const stays = (name: string, event: AttemptEvent): Case => ({ name, event, leadsTo: 'stays' })
const nothing = (event: AttemptEvent): readonly Case[] => [stays('nothing', event)]

const empty: ProviderFailure = { kind: 'empty', message: 'The model gave an empty answer.' }
const contentFiltered: ProviderFailure = {
  kind: 'content-filtered',
  message: 'The model refused to answer this.',
}
const lateHeaders: ProviderFailure = {
  kind: 'timeout-headers',
  message: 'The model did not answer within 1000 ms.',
}
const lateWhole: ProviderFailure = {
  kind: 'timeout-headers',
  message: 'The model did not answer within 5000 ms.',
}
const lateFirstPart: ProviderFailure = {
  kind: 'timeout-first-part',
  message: 'The model did not say anything within 2000 ms.',
}
const silent: ProviderFailure = {
  kind: 'timeout-idle',
  message: 'The model fell silent for 500 ms.',
}
const lateTotal: ProviderFailure = {
  kind: 'timeout-total',
  message: 'The model was not done within 10000 ms.',
}
const manyHidden: ProviderFailure = {
  kind: 'malformed',
  message: 'The model sent 10000 parts without anything to show.',
}

const call = (id: number, to: number, cause: 'failover' | 'first' | 'hedge' | 'retry') =>
  ({ type: 'call', lane: id, step: to, cause }) as const
const cancel = (id: number, of: ProviderFailure) =>
  ({ type: 'cancel', lane: id, why: { kind: 'failed', failure: of } }) as const
const lost = (id: number) => ({ type: 'cancel', lane: id, why: { kind: 'lost' } }) as const
const left = (id: number) => ({ type: 'cancel', lane: id, why: { kind: 'aborted' } }) as const
const commit = (id: number) => ({ type: 'commit', lane: id }) as const
const announce = (from: number, to: number, of?: ProviderFailure) =>
  ({ type: 'announce', from, to, failure: of }) as const

const failedCall = (id: number, index: number, of: ProviderFailure) => ({
  lane: id,
  step: index,
  failure: of,
  wasCalled: true,
  retryAtMs: undefined,
})
const notCalled = (id: number, index: number, of: ProviderFailure) => ({
  ...failedCall(id, index, of),
  wasCalled: false,
})

/** The second model begins; `failover` when the first one was really called. */
const second = (time: number, cause: 'failover' | 'first', failed: object): Outcome => ({
  state: {
    kind: 'trying',
    memory: { ...memory, queue: [2], failures: [failed], lanes: 2 },
    lanes: [{ id: 2, step: 1, cause, phase: 'admitting', startedAtMs: time, hiddenParts: 0 }],
  },
  effects: [call(2, 1, cause)],
})

const alone = (lanes: readonly Lane[], failed: object): Outcome => ({
  state: { kind: 'trying', memory: { ...raced, failures: [failed] }, lanes },
  effects: [],
})

const heard = (isAwaited: boolean): Outcome => ({
  state: { kind: 'committed', memory, lane, silentSinceMs: 600, isAwaited },
  effects: [],
})
const changed = (changes: Partial<Lane>): Outcome => ({
  state: { kind: 'trying', memory, lanes: [{ ...lane, ...changes }] },
  effects: [],
})

const overall = (id: number): Case => ({
  name: 'after the total time ends it',
  event: tick(10_100),
  leadsTo: {
    state: { kind: 'failed', committed: undefined },
    effects: [cancel(id, lateTotal)],
  },
})

/** What an event of a call that is not the state's own leads to. */
const STRANGER = 9

const TABLE: Record<Situation, Record<AttemptEventType, readonly Case[]>> = {
  new: {
    start: [
      {
        name: 'calls the first model',
        event: { type: 'start', atMs: 100 },
        leadsTo: {
          state: { kind: 'trying', memory, lanes: [{ ...lane, phase: 'admitting' }] },
          effects: [call(1, 0, 'first')],
        },
      },
    ],
    admitted: nothing(admitted(1)),
    refused: nothing(refused(1)),
    headers: nothing(headers(1)),
    part: nothing(visible(1)),
    finish: nothing(finish(1)),
    failure: nothing(failure(1)),
    pulled: nothing(pulled),
    tick: nothing(tick(99_999)),
    abort: [
      {
        name: 'ends it before it began',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory: undefined }, effects: [] },
      },
    ],
  },

  'trying, admitting': {
    start: nothing(start),
    admitted: [
      {
        name: 'is being called',
        event: admitted(1),
        leadsTo: changed({ phase: 'calling', startedAtMs: 600 }),
      },
      stays('of another lane', admitted(STRANGER)),
    ],
    refused: [
      {
        name: 'goes on to the next model',
        event: refused(1, 2_000),
        leadsTo: second(600, 'first', { ...notCalled(1, 0, tooFast), retryAtMs: 2_000 }),
      },
      stays('of another lane', refused(STRANGER)),
    ],
    headers: [
      { name: 'without admission', event: headers(1), leadsTo: changed({ phase: 'answering' }) },
    ],
    part: [
      {
        name: 'without admission',
        event: hidden(1),
        leadsTo: {
          state: {
            kind: 'trying',
            memory,
            lanes: [{ ...lane, phase: 'answering', hiddenParts: 1 }],
          },
          effects: [],
        },
      },
    ],
    finish: [
      {
        name: 'without admission',
        event: finish(1),
        leadsTo: second(600, 'first', notCalled(1, 0, empty)),
      },
    ],
    failure: [
      {
        name: 'was not called, and goes on',
        event: failure(1),
        leadsTo: second(600, 'first', notCalled(1, 0, overloaded)),
      },
    ],
    pulled: nothing(pulled),
    tick: [
      stays('before the headers are late', tick(1_099)),
      {
        name: 'when the headers are late goes on',
        event: tick(1_100),
        leadsTo: {
          ...second(1_100, 'first', notCalled(1, 0, lateHeaders)),
          effects: [cancel(1, lateHeaders), call(2, 1, 'first')],
        },
      },
      overall(1),
    ],
    abort: [
      {
        name: 'ends it and the call',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory }, effects: [left(1)] },
      },
    ],
  },

  'trying, calling': {
    start: nothing(start),
    admitted: [stays('twice', admitted(1))],
    refused: [
      {
        name: 'after it was sent counts as called, and goes on',
        event: refused(1),
        leadsTo: second(600, 'failover', failedCall(1, 0, tooFast)),
      },
    ],
    headers: [
      { name: 'is answering', event: headers(1), leadsTo: changed({ phase: 'answering' }) },
      stays('of another lane', headers(STRANGER)),
    ],
    part: [
      {
        name: 'with nothing to see is counted',
        event: hidden(1),
        leadsTo: {
          state: {
            kind: 'trying',
            memory,
            lanes: [{ ...lane, phase: 'answering', hiddenParts: 1 }],
          },
          effects: [],
        },
      },
      {
        name: 'that is visible commits',
        event: visible(1),
        leadsTo: {
          state: { kind: 'committed', memory, lane, silentSinceMs: 600, isAwaited: false },
          effects: [commit(1)],
        },
      },
      stays('of another lane', visible(STRANGER)),
    ],
    finish: [
      {
        name: 'without anything visible is empty, and goes on',
        event: finish(1),
        leadsTo: second(600, 'failover', failedCall(1, 0, empty)),
      },
      {
        name: 'without anything visible is an answer where that is allowed',
        event: finish(1, true),
        plan: emptyAllowed,
        leadsTo: { state: { kind: 'finished', memory, lane, finishReason: 'stop' }, effects: [] },
      },
      {
        name: 'that was filtered stops',
        event: filtered(1),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, queue: [], failures: [failedCall(1, 0, contentFiltered)] },
            committed: undefined,
          },
          effects: [],
        },
      },
      {
        name: 'that was filtered is no empty answer',
        event: filtered(1),
        plan: emptyAllowed,
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, queue: [], failures: [failedCall(1, 0, contentFiltered)] },
            committed: undefined,
          },
          effects: [],
        },
      },
      stays('of another lane', finish(STRANGER)),
    ],
    failure: [
      {
        name: 'goes on to the next model',
        event: failure(1),
        leadsTo: second(600, 'failover', failedCall(1, 0, overloaded)),
      },
      stays('of another lane', failure(STRANGER)),
    ],
    pulled: nothing(pulled),
    tick: [
      stays('before a hedge is due', tick(499)),
      {
        name: 'when a hedge is due calls the next model beside it',
        event: tick(500),
        leadsTo: {
          state: {
            kind: 'trying',
            memory: raced,
            lanes: [lane, { ...hedge, phase: 'admitting' }],
          },
          effects: [call(2, 1, 'hedge')],
        },
      },
      {
        name: 'when the headers are late goes on, and hedges nobody',
        event: tick(1_100),
        leadsTo: {
          ...second(1_100, 'failover', failedCall(1, 0, lateHeaders)),
          effects: [cancel(1, lateHeaders), call(2, 1, 'failover')],
        },
      },
      {
        name: 'hedges an answer in one piece as well',
        event: tick(500),
        plan: inOnePiece,
        leadsTo: { state: { kind: 'trying', memory: raced }, effects: [call(2, 1, 'hedge')] },
      },
      {
        name: 'when an answer in one piece is late goes on',
        event: tick(5_100),
        plan: inOnePiece,
        leadsTo: {
          ...second(5_100, 'failover', failedCall(1, 0, lateWhole)),
          effects: [cancel(1, lateWhole), call(2, 1, 'failover')],
        },
      },
      overall(1),
    ],
    abort: [
      {
        name: 'ends it and the call',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory }, effects: [left(1)] },
      },
    ],
  },

  'trying, answering': {
    start: nothing(start),
    admitted: [stays('after the headers', admitted(1))],
    refused: [
      {
        name: 'after it was sent counts as called, and goes on',
        event: refused(1),
        leadsTo: second(600, 'failover', failedCall(1, 0, tooFast)),
      },
    ],
    headers: [stays('twice', headers(1))],
    part: [
      {
        name: 'that is visible commits',
        event: visible(1),
        leadsTo: {
          state: {
            kind: 'committed',
            lane: { ...lane, phase: 'answering' },
            silentSinceMs: 600,
            isAwaited: false,
          },
          effects: [commit(1)],
        },
      },
    ],
    finish: [
      {
        name: 'without anything visible is empty, and goes on',
        event: finish(1),
        leadsTo: second(600, 'failover', failedCall(1, 0, empty)),
      },
    ],
    failure: [
      {
        name: 'goes on to the next model',
        event: failure(1),
        leadsTo: second(600, 'failover', failedCall(1, 0, overloaded)),
      },
    ],
    pulled: nothing(pulled),
    tick: [
      {
        name: 'has its headers, but a hedge is due',
        event: tick(2_099),
        leadsTo: { state: { kind: 'trying', memory: raced }, effects: [call(2, 1, 'hedge')] },
      },
      {
        name: 'when the first part is late goes on',
        event: tick(2_100),
        leadsTo: {
          ...second(2_100, 'failover', failedCall(1, 0, lateFirstPart)),
          effects: [cancel(1, lateFirstPart), call(2, 1, 'failover')],
        },
      },
      overall(1),
    ],
    abort: [
      {
        name: 'ends it and the call',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory }, effects: [left(1)] },
      },
    ],
  },

  'trying, the last model': {
    start: nothing(start),
    admitted: nothing(admitted(1)),
    refused: [
      {
        name: 'is waited for when it says when',
        event: refused(1, 2_000),
        leadsTo: {
          state: {
            kind: 'waiting',
            memory: {
              ...memory,
              queue: [],
              failures: [{ ...failedCall(1, 0, tooFast), retryAtMs: 2_000 }],
              waitsEndAtMs: 3_600,
            },
            untilMs: 2_000,
            next: { step: 0, cause: 'retry' },
          },
          effects: [],
        },
      },
      {
        name: 'is waited for a little when it says now',
        event: refused(1, 600),
        leadsTo: {
          state: { kind: 'waiting', memory: { waitsEndAtMs: 3_600 }, untilMs: 650 },
          effects: [],
        },
      },
      {
        name: 'ends it when it does not say when',
        event: refused(1),
        leadsTo: { state: { kind: 'failed', committed: undefined }, effects: [] },
      },
    ],
    headers: [
      {
        name: 'is answering',
        event: headers(1),
        leadsTo: {
          state: { kind: 'trying', lanes: [{ ...lane, phase: 'answering' }] },
          effects: [],
        },
      },
    ],
    part: [
      {
        name: 'that is visible commits',
        event: visible(1),
        leadsTo: { state: { kind: 'committed', lane }, effects: [commit(1)] },
      },
    ],
    finish: [
      {
        name: 'without anything visible waits for a back-off',
        event: finish(1),
        leadsTo: {
          state: {
            kind: 'waiting',
            memory: { ...memory, queue: [], failures: [failedCall(1, 0, empty)] },
            untilMs: 700,
            next: { step: 0, cause: 'retry' },
          },
          effects: [],
        },
      },
      {
        name: 'without anything visible ends it when the retry budget is spent',
        event: { ...finish(1), mayRetry: false } as AttemptEvent,
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, queue: [], failures: [failedCall(1, 0, empty)] },
            committed: undefined,
          },
          effects: [],
        },
      },
      {
        name: 'that was filtered ends it',
        event: filtered(1),
        leadsTo: { state: { kind: 'failed', committed: undefined }, effects: [] },
      },
    ],
    failure: [
      {
        name: 'waits for a back-off',
        event: failure(1),
        leadsTo: {
          state: {
            kind: 'waiting',
            memory: { ...memory, queue: [], failures: [failedCall(1, 0, overloaded)] },
            untilMs: 700,
            next: { step: 0, cause: 'retry' },
          },
          effects: [],
        },
      },
    ],
    pulled: nothing(pulled),
    tick: [
      stays('has nobody to hedge with', tick(1_099)),
      {
        name: 'when the headers are late ends it',
        event: tick(1_100),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, queue: [], failures: [failedCall(1, 0, lateHeaders)] },
          },
          effects: [cancel(1, lateHeaders)],
        },
      },
      overall(1),
    ],
    abort: [
      {
        name: 'ends it and the call',
        event: abort,
        leadsTo: { state: { kind: 'aborted' }, effects: [left(1)] },
      },
    ],
  },

  'trying, the second model': {
    start: nothing(start),
    admitted: [
      {
        name: 'is announced, and being called',
        event: admitted(2),
        leadsTo: {
          state: {
            kind: 'trying',
            memory: { ...firstFailed, announced: 1 },
            lanes: [{ id: 2, step: 1, phase: 'calling', startedAtMs: 600 }],
          },
          effects: [announce(0, 1, overloaded)],
        },
      },
      stays('of the call before', admitted(1)),
    ],
    refused: [
      {
        name: 'goes on, and is never heard of',
        event: refused(2),
        leadsTo: {
          state: { kind: 'trying', memory: { announced: 0, queue: [] }, lanes: [{ step: 2 }] },
          effects: [call(3, 2, 'failover')],
        },
      },
      stays('of the call before', refused(1)),
    ],
    headers: [stays('of the call before', headers(1))],
    part: [stays('of the call before', visible(1))],
    finish: [stays('of the call before', finish(1))],
    failure: [stays('of the call before', failure(1))],
    pulled: nothing(pulled),
    tick: [
      {
        name: 'counts from its own start',
        event: tick(1_100),
        leadsTo: {
          state: { kind: 'trying', lanes: [{ id: 3 }] },
          effects: [cancel(2, lateHeaders), call(3, 2, 'failover')],
        },
      },
      overall(2),
    ],
    abort: [
      {
        name: 'ends it and the call',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory: firstFailed }, effects: [left(2)] },
      },
    ],
  },

  'trying, two that race': {
    start: nothing(start),
    admitted: [stays('twice', admitted(2))],
    refused: [
      {
        name: 'of the hedge: the first one goes on',
        event: refused(2, 2_000),
        leadsTo: alone([lane], { ...failedCall(2, 1, tooFast), retryAtMs: 2_000 }),
      },
    ],
    headers: [
      {
        name: 'of one of them',
        event: headers(2),
        leadsTo: {
          state: { kind: 'trying', memory: raced, lanes: [lane, { ...hedge, phase: 'answering' }] },
          effects: [],
        },
      },
    ],
    part: [
      {
        name: 'of the first: the hedge has lost',
        event: visible(1),
        leadsTo: {
          state: { kind: 'committed', memory: raced, lane },
          effects: [lost(2), commit(1)],
        },
      },
      {
        name: 'of the hedge: the first has lost, and the hedge is announced',
        event: visible(2),
        leadsTo: {
          state: { kind: 'committed', memory: { ...raced, announced: 1 }, lane: hedge },
          effects: [lost(1), announce(0, 1), commit(2)],
        },
      },
      {
        name: 'with nothing to see decides nothing',
        event: hidden(2),
        leadsTo: {
          state: {
            kind: 'trying',
            lanes: [lane, { ...hedge, phase: 'answering', hiddenParts: 1 }],
          },
          effects: [],
        },
      },
    ],
    finish: [
      {
        name: 'without anything visible: the other one goes on',
        event: finish(1),
        leadsTo: alone([hedge], failedCall(1, 0, empty)),
      },
      {
        name: 'of the hedge, where empty answers are allowed: announced as well',
        event: finish(2, true),
        plan: emptyAllowed,
        leadsTo: {
          state: { kind: 'finished', memory: { ...raced, announced: 1 }, lane: hedge },
          effects: [lost(1), announce(0, 1)],
        },
      },
      {
        name: 'of the first, where empty answers are allowed',
        event: finish(1, true),
        plan: emptyAllowed,
        leadsTo: { state: { kind: 'finished', memory: raced, lane }, effects: [lost(2)] },
      },
    ],
    failure: [
      {
        name: 'of the first: the hedge goes on',
        event: failure(1),
        leadsTo: alone([hedge], failedCall(1, 0, overloaded)),
      },
      {
        name: 'of the hedge: the first goes on',
        event: failure(2),
        leadsTo: alone([lane], failedCall(2, 1, overloaded)),
      },
      {
        name: 'that says stop: the other one goes on, and nobody follows',
        event: failure(1, contentFiltered),
        leadsTo: {
          state: {
            kind: 'trying',
            memory: { ...raced, queue: [], failures: [failedCall(1, 0, contentFiltered)] },
            lanes: [hedge],
          },
          effects: [],
        },
      },
    ],
    pulled: nothing(pulled),
    tick: [
      stays('starts no third', tick(1_099)),
      {
        name: 'when the first is late: the hedge goes on',
        event: tick(1_100),
        leadsTo: {
          ...alone([hedge], failedCall(1, 0, lateHeaders)),
          effects: [cancel(1, lateHeaders)],
        },
      },
      {
        name: 'when both are late ends one at a time',
        event: tick(1_500),
        leadsTo: {
          ...alone([hedge], failedCall(1, 0, lateHeaders)),
          effects: [cancel(1, lateHeaders)],
        },
      },
      {
        name: 'after the total time ends both',
        event: tick(10_100),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: {
              ...raced,
              failures: [failedCall(1, 0, lateTotal), failedCall(2, 1, lateTotal)],
            },
            committed: undefined,
          },
          effects: [cancel(1, lateTotal), cancel(2, lateTotal)],
        },
      },
    ],
    abort: [
      {
        name: 'ends it and both calls',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory: raced }, effects: [left(1), left(2)] },
      },
    ],
  },

  'trying, the hedge alone': {
    start: nothing(start),
    admitted: [stays('twice', admitted(2))],
    refused: [
      {
        name: 'goes on to the third',
        event: refused(2),
        leadsTo: {
          state: { kind: 'trying', memory: { queue: [], lanes: 3 }, lanes: [{ step: 2 }] },
          effects: [call(3, 2, 'failover')],
        },
      },
    ],
    headers: [stays('of the one that failed', headers(1))],
    part: [
      {
        name: 'that is visible: announced with what the first failed of',
        event: visible(2),
        leadsTo: {
          state: { kind: 'committed', memory: { announced: 1 }, lane: hedge },
          effects: [announce(0, 1, overloaded), commit(2)],
        },
      },
    ],
    finish: [
      {
        name: 'that may be empty: announced with what the first failed of',
        event: finish(2, true),
        plan: emptyAllowed,
        leadsTo: {
          state: { kind: 'finished', lane: hedge },
          effects: [announce(0, 1, overloaded)],
        },
      },
    ],
    failure: [
      {
        name: 'goes on to the third',
        event: failure(2),
        leadsTo: {
          state: { kind: 'trying', lanes: [{ id: 3, step: 2, cause: 'failover' }] },
          effects: [call(3, 2, 'failover')],
        },
      },
    ],
    pulled: nothing(pulled),
    tick: [stays('hedges no second time', tick(1_499)), overall(2)],
    abort: [
      {
        name: 'ends it and the call',
        event: abort,
        leadsTo: { state: { kind: 'aborted' }, effects: [left(2)] },
      },
    ],
  },

  waiting: {
    start: nothing(start),
    admitted: nothing(admitted(1)),
    refused: nothing(refused(1)),
    headers: nothing(headers(1)),
    part: nothing(visible(1)),
    finish: nothing(finish(1)),
    failure: nothing(failure(1)),
    pulled: nothing(pulled),
    tick: [
      stays('before the wait is over', tick(2_999)),
      {
        name: 'when the wait is over calls',
        event: tick(3_000),
        leadsTo: {
          state: {
            kind: 'trying',
            memory: { ...firstFailed, queue: [], waitsEndAtMs: 3_600, lanes: 3 },
            lanes: [
              {
                id: 3,
                step: 0,
                cause: 'retry',
                phase: 'admitting',
                startedAtMs: 3_000,
                hiddenParts: 0,
              },
            ],
          },
          effects: [call(3, 0, 'retry')],
        },
      },
      {
        name: 'after the total time ends it, though the wait is over as well',
        event: tick(10_100),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { failures: [...firstFailed.failures, notCalled(3, 0, lateTotal)], lanes: 2 },
            committed: undefined,
          },
          effects: [],
        },
      },
    ],
    abort: [
      {
        name: 'ends it',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory: { lanes: 2 } }, effects: [] },
      },
    ],
  },

  'committed, awaited': {
    start: nothing(start),
    admitted: nothing(admitted(1)),
    refused: nothing(refused(1)),
    headers: nothing(headers(1)),
    part: [
      { name: 'that is visible is heard', event: visible(1), leadsTo: heard(false) },
      { name: 'with nothing to see is heard', event: hidden(1), leadsTo: heard(false) },
      stays('of another lane', visible(STRANGER)),
    ],
    finish: [
      {
        name: 'really finishes it',
        event: finish(1),
        leadsTo: { state: { kind: 'finished', memory, lane, finishReason: 'stop' }, effects: [] },
      },
      {
        name: 'with neither text nor tool call fails',
        event: finish(1, true),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, failures: [failedCall(1, 0, empty)] },
            committed: lane,
          },
          effects: [],
        },
      },
      {
        name: 'with neither text nor tool call is an answer where that is allowed',
        event: finish(1, true),
        plan: emptyAllowed,
        leadsTo: { state: { kind: 'finished', lane, finishReason: 'stop' }, effects: [] },
      },
      ...[plan, emptyAllowed].map((given) => ({
        name: `that was filtered after reasoning alone fails as filtered, ${given.allowsEmpty ? 'also where empty answers are allowed' : 'where empty answers are not allowed'}`,
        event: filtered(1),
        plan: given,
        leadsTo: {
          state: {
            kind: 'failed' as const,
            memory: { failures: [failedCall(1, 0, contentFiltered)] },
            committed: lane,
          },
          effects: [],
        },
      })),
      {
        name: 'that was filtered after text really finishes it',
        event: { ...filtered(1), isEmpty: false } as AttemptEvent,
        leadsTo: {
          state: { kind: 'finished', lane, finishReason: 'content-filter' },
          effects: [],
        },
      },
      stays('of another lane', finish(STRANGER)),
    ],
    failure: [
      {
        name: 'ends it, and nobody takes over',
        event: failure(1),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, failures: [failedCall(1, 0, overloaded)] },
            committed: lane,
          },
          effects: [],
        },
      },
      stays('of another lane', failure(STRANGER)),
    ],
    pulled: nothing(pulled),
    tick: [
      stays('before it was silent for too long', tick(1_499)),
      {
        name: 'when it was silent for too long fails',
        event: tick(1_500),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, failures: [failedCall(1, 0, silent)] },
            committed: lane,
          },
          effects: [cancel(1, silent)],
        },
      },
      {
        name: 'after the total time fails of that',
        event: tick(10_100),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, failures: [failedCall(1, 0, lateTotal)] },
            committed: lane,
          },
          effects: [cancel(1, lateTotal)],
        },
      },
    ],
    abort: [
      {
        name: 'ends it and the call',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory }, effects: [left(1)] },
      },
    ],
  },

  'committed, the reader is away': {
    start: nothing(start),
    admitted: nothing(admitted(1)),
    refused: nothing(refused(1)),
    headers: nothing(headers(1)),
    part: [
      {
        name: 'is heard, and awaited no more than before',
        event: visible(1),
        leadsTo: heard(false),
      },
    ],
    finish: [
      {
        name: 'really finishes it',
        event: finish(1),
        leadsTo: { state: { kind: 'finished', memory, lane, finishReason: 'stop' }, effects: [] },
      },
    ],
    failure: [
      {
        name: 'ends it, and nobody takes over',
        event: failure(1),
        leadsTo: { state: { kind: 'failed', committed: lane }, effects: [] },
      },
    ],
    pulled: [{ name: 'begins to count the silence', event: pulled, leadsTo: heard(true) }],
    tick: [
      stays('is no silence, however long', tick(10_099)),
      {
        name: 'after the total time fails of that',
        event: tick(10_100),
        leadsTo: {
          state: {
            kind: 'failed',
            memory: { ...memory, failures: [failedCall(1, 0, lateTotal)] },
            committed: lane,
          },
          effects: [cancel(1, lateTotal)],
        },
      },
    ],
    abort: [
      {
        name: 'ends it and the call',
        event: abort,
        leadsTo: { state: { kind: 'aborted', memory }, effects: [left(1)] },
      },
    ],
  },

  finished: nothingAtAll(),
  failed: nothingAtAll(),
  aborted: nothingAtAll(),
}

function nothingAtAll(): Record<AttemptEventType, readonly Case[]> {
  return {
    start: nothing(start),
    admitted: nothing(admitted(1)),
    refused: nothing(refused(1, 700)),
    headers: nothing(headers(1)),
    part: nothing(visible(1)),
    finish: nothing(finish(1)),
    failure: nothing(failure(1)),
    pulled: nothing(pulled),
    tick: nothing(tick(99_999)),
    abort: nothing(abort),
  }
}

describe('the transition table', () => {
  const rows = Object.entries(TABLE).flatMap(([situation, events]) =>
    Object.entries(events).flatMap(([type, cases]) =>
      cases.map((one) => ({ situation: situation as Situation, type, ...one })),
    ),
  )

  it('has every event in every kind of state', () => {
    const pairs = new Set(
      rows.map(({ situation, event }) => `${SITUATIONS[situation].kind} ${event.type}`),
    )
    expect([...pairs].toSorted()).toEqual(
      ATTEMPT_STATES.flatMap((kind) => ATTEMPT_EVENTS.map((type) => `${kind} ${type}`)).toSorted(),
    )
    for (const { type, event } of rows) expect(event.type).toBe(type)
  })

  it.each(rows)('$situation: $type, $name', ({ situation, event, plan: given, leadsTo }) => {
    const state: AttemptState = SITUATIONS[situation]
    const next = transition(given ?? plan, state, event)
    if (leadsTo === 'stays') {
      expect(next.state).toBe(state)
      expect(next.effects).toEqual([])
    } else {
      expect(next.state).toMatchObject(leadsTo.state)
      expect(next.effects).toEqual(leadsTo.effects)
    }
  })
})

describe('parts with nothing to see', () => {
  const after = (hiddenParts: number): AttemptState => ({
    kind: 'trying',
    memory,
    lanes: [{ ...lane, phase: 'answering', hiddenParts }],
  })

  it('are waited through up to the bound', () => {
    expect(MAX_HIDDEN_PARTS).toBe(10_000)
    const next = transition(plan, after(9_999), hidden(1))
    expect(next).toEqual({ state: after(10_000), effects: [] })
  })

  it('are malformed beyond it: the call is cancelled and the next model called', () => {
    const next = transition(plan, after(10_000), hidden(1))
    expect(next.effects).toEqual([cancel(1, manyHidden), call(2, 1, 'failover')])
    expect(next.state).toMatchObject({ memory: { failures: [failedCall(1, 0, manyHidden)] } })
  })
})

type Next = 'the next model' | 'again' | 'a wait' | 'the end'
/** With a smaller model of another provider, one of the same, a larger one of another, and nobody. */
type NextByQueue = readonly [Next, Next, Next, Next]

const elsewhere: NextByQueue = ['the next model', 'the next model', 'the next model', 'the end']
const elsewhereOrAgain: NextByQueue = [
  'the next model',
  'the next model',
  'the next model',
  'again',
]
const elsewhereOrWait: NextByQueue = [
  'the next model',
  'the next model',
  'the next model',
  'a wait',
]
const end: NextByQueue = ['the end', 'the end', 'the end', 'the end']

const AFTER_FAILURE: Record<FailureKind, NextByQueue> = {
  'rate-limited': elsewhereOrAgain,
  overloaded: elsewhereOrAgain,
  unavailable: elsewhereOrAgain,
  connect: ['the next model', 'again', 'the next model', 'again'],
  'timeout-headers': elsewhere,
  'timeout-first-part': elsewhere,
  'timeout-idle': elsewhere,
  'timeout-total': end,
  credentials: ['the next model', 'the end', 'the next model', 'the end'],
  payment: ['the next model', 'the end', 'the next model', 'the end'],
  'payment-upstream': elsewhere,
  'context-too-long': ['the end', 'the end', 'the next model', 'the end'],
  'content-filtered': end,
  'model-gone': elsewhere,
  'model-unfit': elsewhere,
  'invalid-request': end,
  truncated: elsewhereOrAgain,
  malformed: elsewhereOrAgain,
  empty: elsewhereOrAgain,
  aborted: end,
  'budget-exhausted': elsewhere,
  unknown: elsewhereOrAgain,
}

/** Refused before it was sent, and may be asked again within the bound. */
const AFTER_REFUSAL: Record<FailureKind, NextByQueue> = {
  'rate-limited': elsewhereOrWait,
  overloaded: elsewhereOrWait,
  unavailable: elsewhereOrWait,
  connect: elsewhereOrWait,
  'timeout-headers': elsewhereOrWait,
  'timeout-first-part': elsewhereOrWait,
  'timeout-idle': elsewhereOrWait,
  'timeout-total': end,
  credentials: ['the next model', 'a wait', 'the next model', 'a wait'],
  payment: ['the next model', 'a wait', 'the next model', 'a wait'],
  'payment-upstream': elsewhereOrWait,
  'context-too-long': ['the end', 'the end', 'the next model', 'the end'],
  'content-filtered': end,
  'model-gone': elsewhereOrWait,
  'model-unfit': elsewhereOrWait,
  'invalid-request': end,
  truncated: elsewhereOrWait,
  malformed: elsewhereOrWait,
  empty: elsewhereOrWait,
  aborted: end,
  'budget-exhausted': elsewhereOrWait,
  unknown: elsewhereOrWait,
}

const QUEUES: readonly (readonly PlannedStep[])[] = [
  [step({ providerId: 'q', contextLength: 8_000 })],
  [step({ contextLength: 8_000 })],
  [step({ providerId: 'q', contextLength: 128_000 })],
  [],
]

describe('what comes after each kind of failure', () => {
  const nextOf = (state: AttemptState): Next => {
    if (state.kind === 'trying') return 'the next model'
    if (state.kind === 'failed') return 'the end'
    expect(state.kind).toBe('waiting')
    return state.kind === 'waiting' && state.memory.waitsEndAtMs !== undefined ? 'a wait' : 'again'
  }
  const allNext = (event: AttemptEvent): readonly Next[] =>
    QUEUES.map((others) => {
      const queue = others.map((_, index) => index + 1)
      const lanes: readonly Lane[] = [
        event.type === 'refused' ? { ...lane, phase: 'admitting' } : lane,
      ]
      const state: AttemptState = { kind: 'trying', memory: { ...memory, queue }, lanes }
      return nextOf(transition({ ...plan, steps: [step(), ...others] }, state, event).state)
    })

  it.each(FAILURE_KINDS)('%s of a call', (kind) => {
    expect(allNext(failure(1, { kind, message: '' }))).toEqual(AFTER_FAILURE[kind])
  })

  it.each(FAILURE_KINDS)('%s of an admission', (kind) => {
    const event: AttemptEvent = {
      type: 'refused',
      lane: 1,
      failure: { kind, message: '' },
      retryAtMs: 2_000,
      atMs,
    }
    expect(allNext(event)).toEqual(AFTER_REFUSAL[kind])
  })

  it.each(FAILURE_KINDS)('%s of one that races: the other one goes on', (kind) => {
    const next = transition(
      plan,
      SITUATIONS['trying, two that race'],
      failure(1, { kind, message: '' }),
    )
    expect(next).toMatchObject({ state: { kind: 'trying', lanes: [hedge] }, effects: [] })
  })

  it.each(FAILURE_KINDS)('%s after the commit: nobody takes over', (kind) => {
    const next = transition(
      plan,
      SITUATIONS['committed, awaited'],
      failure(1, { kind, message: '' }),
    )
    expect(next).toMatchObject({ state: { kind: 'failed', committed: lane }, effects: [] })
  })
})
