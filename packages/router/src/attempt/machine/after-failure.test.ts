import type { FailureKind } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import type { AttemptEvent } from './attempt-event.ts'
import { MIN_WAIT_MS } from './attempt-plan.ts'
import type { AttemptPlan, PlannedStep } from './attempt-plan.ts'
import type { AttemptState } from './attempt-state.ts'
import { nextDeadline } from './deadlines.ts'
import { transition } from './transition.ts'

const step = (changes: Partial<PlannedStep> = {}): PlannedStep => ({
  providerId: 'p',
  contextLength: 32_000,
  maxRetries: undefined,
  backoffMs: 200,
  hedgeAfterMs: undefined,
  ...changes,
})

const makePlan = (
  steps: readonly Partial<PlannedStep>[],
  changes: Partial<AttemptPlan> = {},
): AttemptPlan => ({
  steps: steps.map(step),
  timeouts: {
    headersMs: 20_000,
    firstPartMs: 20_000,
    wholeMs: 20_000,
    idleMs: 20_000,
    totalMs: 60_000,
  },
  isStreamed: true,
  allowsEmpty: false,
  lastStepRetries: 2,
  maxWaitMs: 5_000,
  ...changes,
})

/** What happens to the newest lane, and when; `tick` is for whoever waits. */
type Happening =
  | 'admitted'
  | 'visible'
  | 'tick'
  | {
      readonly fails: FailureKind
      readonly lane?: number
      readonly retryAfterMs?: number
      readonly mayRetry?: boolean
      readonly chance?: number
    }
  | { readonly refuses: FailureKind; readonly retryAtMs?: number; readonly lane?: number }

/** Starts at 0 and lets things happen in turn. */
function played(
  plan: AttemptPlan,
  happenings: readonly (readonly [number, Happening])[],
): { readonly state: AttemptState; readonly log: readonly string[] } {
  const log: string[] = []
  let state: AttemptState = { kind: 'new' }
  let newest = 0
  const apply = (event: AttemptEvent): void => {
    const next = transition(plan, state, event)
    state = next.state
    for (const effect of next.effects) {
      if (effect.type === 'call') {
        newest = effect.lane
        log.push(`${effect.cause} ${effect.step}`)
      } else if (effect.type === 'announce') {
        log.push(`announce ${effect.from} ${effect.to} ${effect.failure?.kind ?? 'faster'}`)
      } else {
        log.push(`${effect.type} lane ${effect.lane}`)
      }
    }
    if (state.kind === 'waiting') log.push(`wait until ${state.untilMs} for ${state.next.step}`)
    if (state.kind === 'failed') log.push('failed')
  }
  apply({ type: 'start', atMs: 0 })
  for (const [atMs, happening] of happenings) apply(toEvent(happening, newest, atMs))
  return { state, log }
}

function toEvent(happening: Happening, newest: number, atMs: number): AttemptEvent {
  if (happening === 'tick') return { type: 'tick', atMs }
  if (happening === 'admitted') return { type: 'admitted', lane: newest, atMs }
  if (happening === 'visible') return { type: 'part', lane: newest, isVisible: true, atMs }
  const { lane = newest } = happening
  if ('refuses' in happening) {
    const { refuses: kind, retryAtMs } = happening
    return { type: 'refused', lane, failure: { kind, message: '' }, retryAtMs, atMs }
  }
  const { fails: kind, retryAfterMs, mayRetry = true, chance = 0 } = happening
  const failure = { kind, message: '', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
  return { type: 'failure', lane, failure, mayRetry, chance, atMs }
}

describe('repeating a call', () => {
  const waitAfter = (plan: AttemptPlan, calls: number, chance: number): number => {
    let atMs = 0
    let waitMs = Number.NaN
    let state: AttemptState = transition(plan, { kind: 'new' }, { type: 'start', atMs }).state
    for (let lane = 1; lane <= calls; lane += 1) {
      state = transition(plan, state, { type: 'admitted', lane, atMs }).state
      const event = toEvent({ fails: 'overloaded', chance }, lane, atMs)
      state = transition(plan, state, event).state
      if (state.kind !== 'waiting') return Number.NaN
      waitMs = state.untilMs - atMs
      atMs = state.untilMs
      state = transition(plan, state, { type: 'tick', atMs }).state
    }
    return waitMs
  }

  it('waits by chance up to a time that doubles, and never longer than 8 seconds', () => {
    const plan = makePlan([{ maxRetries: 9 }], {
      timeouts: { ...makePlan([]).timeouts, totalMs: 1e9 },
    })
    const longest = (calls: number) => waitAfter(plan, calls, 0.5) * 2
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(longest)).toEqual([
      200, 400, 800, 1_600, 3_200, 6_400, 8_000, 8_000, 8_000,
    ])
    expect(waitAfter(plan, 3, 0)).toBe(0)
    expect(waitAfter(plan, 3, 0.25)).toBe(200)
  })

  it('ends after as many repetitions as the last model has', () => {
    const plan = makePlan([{}])
    expect([1, 2, 3].map((calls) => waitAfter(plan, calls, 0.5))).toEqual([100, 200, Number.NaN])
  })

  it('keeps to what the provider of the step says of repetitions, at the last model as well', () => {
    expect(waitAfter(makePlan([{ maxRetries: 0 }]), 1, 0.5)).toBeNaN()
    expect(waitAfter(makePlan([{ maxRetries: 1 }]), 1, 0.5)).toBe(100)
    expect(waitAfter(makePlan([{ maxRetries: 1 }]), 2, 0.5)).toBeNaN()
  })

  it('comes before the next model only where the provider says so', () => {
    const failing = [
      [0, 'admitted'],
      [0, { fails: 'overloaded' }],
    ] as const
    expect(played(makePlan([{}, {}]), failing).log).toEqual(['first 0', 'failover 1'])
    expect(played(makePlan([{ maxRetries: 1 }, {}]), failing).log).toEqual([
      'first 0',
      'wait until 0 for 0',
    ])
  })

  it('counts anew for the next model', () => {
    const again = [
      [0, 'admitted'],
      [0, { fails: 'overloaded' }],
      [0, 'tick'],
    ] as const
    const { log } = played(makePlan([{ maxRetries: 1 }, { maxRetries: 1 }]), [
      ...again,
      [0, 'admitted'],
      [0, { fails: 'overloaded' }],
      ...again,
      [0, 'admitted'],
      [0, { fails: 'overloaded' }],
    ])
    expect(log).toEqual([
      'first 0',
      'wait until 0 for 0',
      'retry 0',
      'failover 1',
      'announce 0 1 overloaded',
      'wait until 0 for 1',
      'retry 1',
      'failed',
    ])
  })

  it('needs the retry budget of the provider', () => {
    const { log } = played(makePlan([{}]), [
      [0, 'admitted'],
      [0, { fails: 'overloaded', mayRetry: false }],
    ])
    expect(log).toEqual(['first 0', 'failed'])
  })

  it('is not done for a call that was never sent', () => {
    expect(played(makePlan([{}]), [[0, { fails: 'overloaded' }]]).log).toEqual([
      'first 0',
      'failed',
    ])
  })

  it('waits as long as the provider asks, when that is longer than the back-off', () => {
    const { state } = played(makePlan([{}]), [
      [10, 'admitted'],
      [50, { fails: 'rate-limited', retryAfterMs: 5_000, chance: 0.999 }],
    ])
    expect(state).toMatchObject({
      kind: 'waiting',
      // The time for waits begins with the first wait that is no back-off.
      memory: { waitsEndAtMs: undefined },
      untilMs: 5_050,
      next: { step: 0, cause: 'retry' },
    })
  })

  it('waits for its own time, when the provider asks for less', () => {
    const { state } = played(makePlan([{}]), [
      [0, 'admitted'],
      [50, { fails: 'rate-limited', retryAfterMs: 0, chance: 0.5 }],
    ])
    expect(state).toMatchObject({ kind: 'waiting', untilMs: 150 })
  })

  it('gives way to the next model when the provider asks for more than the back-off', () => {
    const plan = makePlan([{ maxRetries: 1 }, {}])
    const after = (retryAfterMs: number) =>
      played(plan, [
        [0, 'admitted'],
        [0, { fails: 'rate-limited', retryAfterMs }],
      ]).log.at(-1)
    expect(after(200)).toBe('wait until 200 for 0')
    expect(after(201)).toBe('failover 1')
  })

  it('is left when the last model asks for more than the bound', () => {
    const after = (retryAfterMs: number) =>
      played(makePlan([{}]), [
        [0, 'admitted'],
        [0, { fails: 'rate-limited', retryAfterMs }],
      ]).log.at(-1)
    expect(after(5_000)).toBe('wait until 5000 for 0')
    expect(after(5_001)).toBe('failed')
  })

  it('never begins at the total time or after it', () => {
    const after = (chance: number) =>
      played(makePlan([{}], { timeouts: { ...makePlan([]).timeouts, totalMs: 1_000 } }), [
        [0, 'admitted'],
        [900, { fails: 'overloaded', chance }],
      ]).log.at(-1)
    expect(after(0.499)).toBe('wait until 999.8 for 0')
    expect(after(0.5)).toBe('failed')
  })

  it('follows the calls of its own model where two have raced', () => {
    const plan = makePlan([
      { hedgeAfterMs: 10, maxRetries: 2 },
      { maxRetries: 1, backoffMs: 100 },
    ])
    const { log } = played(plan, [
      [0, 'admitted'],
      [0, { fails: 'overloaded', chance: 0.5 }],
      [100, 'tick'],
      [100, 'admitted'],
      [110, 'tick'],
      [110, 'admitted'],
      [120, { fails: 'overloaded', lane: 2 }],
      [130, { fails: 'overloaded', lane: 3, chance: 0.5 }],
    ])
    expect(log).toEqual([
      'first 0',
      'wait until 100 for 0',
      'retry 0',
      'hedge 1',
      'wait until 180 for 1',
    ])
  })
})

describe('a race in which one call says enough', () => {
  const racing = [
    [0, 'admitted'],
    [10, 'tick'],
    [10, 'admitted'],
  ] as const

  it('is over with the other call, when the first one said stop', () => {
    const { log } = played(makePlan([{ hedgeAfterMs: 10 }, {}, {}]), [
      ...racing,
      [20, { fails: 'invalid-request', lane: 1 }],
      [30, { fails: 'overloaded', lane: 2 }],
    ])
    expect(log).toEqual(['first 0', 'hedge 1', 'failed'])
  })

  it('repeats nobody whose context is not larger than one that was too small', () => {
    const repeats = (contextLength: number) =>
      played(makePlan([{ hedgeAfterMs: 10 }, { contextLength, maxRetries: 1 }]), [
        ...racing,
        [20, { fails: 'context-too-long', lane: 1 }],
        [30, { fails: 'overloaded', lane: 2 }],
      ]).log.at(-1)
    expect(repeats(32_000)).toBe('failed')
    expect(repeats(32_001)).toBe('wait until 30 for 1')
  })

  it('passes over models that are not larger than the one that was too small', () => {
    const plan = makePlan([
      { hedgeAfterMs: 10, contextLength: 8_000 },
      { contextLength: 32_000 },
      { contextLength: 8_000 },
      { contextLength: 0 },
      { contextLength: 9_000 },
    ])
    const { log } = played(plan, [
      ...racing,
      [20, { fails: 'context-too-long', lane: 1 }],
      [30, { fails: 'overloaded', lane: 2 }],
    ])
    expect(log).toEqual(['first 0', 'hedge 1', 'failover 4'])
  })
})

describe('the waits', () => {
  const refusals = (...times: readonly (number | undefined)[]) =>
    times.map(
      (retryAtMs) =>
        [
          0,
          { refuses: 'rate-limited', ...(retryAtMs === undefined ? {} : { retryAtMs }) },
        ] as const,
    )

  it('are for whoever may be called soonest, and those that may be called by then follow', () => {
    const plan = makePlan([{}, {}, {}, {}], { maxWaitMs: 3_000 })
    const { log } = played(plan, [
      ...refusals(900, 300, undefined, 300),
      [300, 'tick'],
      [300, { refuses: 'rate-limited' }],
      [300, { refuses: 'rate-limited' }],
      [900, 'tick'],
      [900, { refuses: 'rate-limited' }],
    ])
    expect(log).toEqual([
      'first 0',
      'first 1',
      'first 2',
      'first 3',
      'wait until 300 for 1',
      'first 1',
      'first 3',
      'wait until 900 for 0',
      'first 0',
      'failed',
    ])
  })

  it('are not longer than the bound', () => {
    const plan = makePlan([{}], { maxWaitMs: 3_000 })
    expect(played(plan, refusals(3_000)).log.at(-1)).toBe('wait until 3000 for 0')
    expect(played(plan, refusals(3_001)).log.at(-1)).toBe('failed')
  })

  it('follow each other for a model that is refused again, all together within the bound', () => {
    const last = (retryAtMs: number) =>
      played(makePlan([{}], { maxWaitMs: 3_000 }), [
        [10, { refuses: 'overloaded', retryAtMs: 1_000 }],
        [1_000, 'tick'],
        [1_000, { refuses: 'overloaded', retryAtMs: 2_000 }],
        [2_000, 'tick'],
        [2_005, { refuses: 'overloaded', retryAtMs }],
      ]).log.slice(-2)
    expect(last(3_010)).toEqual(['first 0', 'wait until 3010 for 0'])
    expect(last(3_011)).toEqual(['first 0', 'failed'])
  })

  it('count from the first one on, with the calls between them', () => {
    const last = (retryAtMs: number) =>
      played(makePlan([{ maxRetries: 0 }], { maxWaitMs: 3_000 }), [
        ...refusals(1_000),
        [1_000, 'tick'],
        [1_000, 'admitted'],
        [2_900, { fails: 'rate-limited', retryAfterMs: retryAtMs - 2_900 }],
      ]).log.at(-1)
    expect(last(3_000)).toBe('wait until 3000 for 0')
    expect(last(3_001)).toBe('failed')
  })

  it('end at the bound for a model that says now again and again', () => {
    const plan = makePlan([{}], { maxWaitMs: 220 })
    const now = (atMs: number) => [atMs, { refuses: 'overloaded', retryAtMs: 0 }] as const
    const { log } = played(plan, [
      now(0),
      ...[50, 100, 150, 200].flatMap((atMs) => [[atMs, 'tick'] as const, now(atMs)]),
    ])
    expect(log.filter((line) => line.startsWith('wait'))).toEqual(
      [50, 100, 150, 200].map((untilMs) => `wait until ${untilMs} for 0`),
    )
    expect(log.at(-1)).toBe('failed')
  })

  it('end before the total time', () => {
    const plan = makePlan([{}], { timeouts: { ...makePlan([]).timeouts, totalMs: 3_000 } })
    expect(played(plan, refusals(2_999)).log.at(-1)).toBe('wait until 2999 for 0')
    expect(played(plan, refusals(3_000)).log.at(-1)).toBe('failed')
  })

  it('are no shorter than 50 ms, also where it may be called by now', () => {
    expect(MIN_WAIT_MS).toBe(50)
    for (const [retryAtMs, untilMs] of [
      [200, 550],
      [549, 550],
      [551, 551],
    ] as const) {
      const { state } = played(makePlan([{}]), [[500, { refuses: 'rate-limited', retryAtMs }]])
      expect(state).toMatchObject({ kind: 'waiting', untilMs, memory: { waitsEndAtMs: 5_500 } })
      expect(nextDeadline(makePlan([{}]), state)).toBe(untilMs)
    }
  })

  it('are none where the bound has no room for the shortest', () => {
    const last = (maxWaitMs: number) =>
      played(makePlan([{}], { maxWaitMs }), refusals(0)).log.at(-1)
    expect(last(0)).toBe('failed')
    expect(last(49)).toBe('failed')
    expect(last(50)).toBe('wait until 50 for 0')
  })

  it('go by what each model said last', () => {
    const plan = makePlan([{ maxRetries: 1 }, {}])
    const { log } = played(plan, [
      [0, 'admitted'],
      [0, { fails: 'rate-limited', retryAfterMs: 100 }],
      [100, 'tick'],
      [100, 'admitted'],
      [100, { fails: 'model-gone' }],
      [100, { refuses: 'rate-limited', retryAtMs: 4_000 }],
    ])
    expect(log.at(-1)).toBe('wait until 4000 for 1')
  })

  it('are for the time that the provider asked for, counted from its answer', () => {
    const { log } = played(makePlan([{}, { providerId: 'q' }]), [
      [0, 'admitted'],
      [40, { fails: 'rate-limited', retryAfterMs: 2_000 }],
      [60, 'admitted'],
      [70, { fails: 'model-gone' }],
      [2_040, 'tick'],
      [2_050, 'admitted'],
      [2_100, 'visible'],
    ])
    expect(log).toEqual([
      'first 0',
      'failover 1',
      'announce 0 1 rate-limited',
      'wait until 2040 for 0',
      'retry 0',
      'announce 1 0 model-gone',
      'commit lane 3',
    ])
  })

  it.each<FailureKind>(['credentials', 'payment', 'model-gone', 'model-unfit', 'payment-upstream'])(
    'are not for a call that failed of %s, whatever time it names',
    (fails) => {
      const { log } = played(makePlan([{}]), [
        [0, 'admitted'],
        [0, { fails, retryAfterMs: 100 }],
      ])
      expect(log).toEqual(['first 0', 'failed'])
    },
  )

  it('are not for a context that was found too small since', () => {
    const plan = makePlan([{ contextLength: 8_000 }, { contextLength: 32_000 }])
    const { log } = played(plan, [
      ...refusals(100),
      [0, 'admitted'],
      [0, { fails: 'context-too-long' }],
    ])
    expect(log).toEqual(['first 0', 'first 1', 'announce 0 1 rate-limited', 'failed'])
  })

  it('add one call to those that a model had, however much of the bound is left', () => {
    const failing = { fails: 'rate-limited', retryAfterMs: 100 } as const
    const { log } = played(makePlan([{ maxRetries: 1 }]), [
      [0, 'admitted'],
      [0, failing],
      [100, 'tick'],
      [100, 'admitted'],
      [100, failing],
      [200, 'tick'],
      [200, 'admitted'],
      [200, failing],
    ])
    expect(log).toEqual([
      'first 0',
      'wait until 100 for 0',
      'retry 0',
      'wait until 200 for 0',
      'retry 0',
      'failed',
    ])
  })

  it('leave a model that was only refused before its repetitions', () => {
    const { log } = played(makePlan([{ maxRetries: 1 }]), [
      ...refusals(100),
      [100, 'tick'],
      [100, 'admitted'],
      [100, { fails: 'overloaded' }],
      [100, 'tick'],
      [100, 'admitted'],
      [100, { fails: 'overloaded' }],
    ])
    expect(log).toEqual([
      'first 0',
      'wait until 100 for 0',
      'first 0',
      'wait until 100 for 0',
      'retry 0',
      'failed',
    ])
  })

  it('are a failover for a model that was not called, when another one was', () => {
    const { log } = played(makePlan([{}, {}]), [
      ...refusals(100),
      [0, 'admitted'],
      [0, { fails: 'model-gone' }],
      [100, 'tick'],
    ])
    expect(log).toEqual([
      'first 0',
      'first 1',
      'announce 0 1 rate-limited',
      'wait until 100 for 0',
      'failover 0',
    ])
  })
})

describe('going on to the next model', () => {
  it('is too late at the total time, though no tick has come yet', () => {
    const after = (atMs: number) =>
      played(makePlan([{}, {}]), [[atMs, { refuses: 'rate-limited' }]]).log.at(-1)
    expect(after(59_999)).toBe('first 1')
    expect(after(60_000)).toBe('failed')
  })

  it('passes over the provider whose key or account or network is the trouble', () => {
    const { log } = played(
      makePlan([{}, { providerId: 'p' }, { providerId: 'q' }, { providerId: 'p' }]),
      [
        [0, { refuses: 'credentials' }],
        [0, { refuses: 'rate-limited' }],
      ],
    )
    expect(log).toEqual(['first 0', 'first 2', 'failed'])
  })

  it('passes over a provider that a call did not reach, not one whose model rests for that', () => {
    const plan = makePlan([{}, { providerId: 'p' }, { providerId: 'q' }])
    const resting = played(plan, [[0, { refuses: 'connect' }]])
    expect(resting.log).toEqual(['first 0', 'first 1'])
    const unreached = played(plan, [
      [0, 'admitted'],
      [0, { fails: 'connect' }],
    ])
    expect(unreached.log).toEqual(['first 0', 'failover 2'])
  })
})

describe('what the reader is told of a change', () => {
  it('is what the model that it knows of failed of last', () => {
    const { log } = played(makePlan([{ maxRetries: 1 }, {}]), [
      [0, 'admitted'],
      [0, { fails: 'overloaded' }],
      [0, 'tick'],
      [0, 'admitted'],
      [0, { fails: 'rate-limited' }],
      [0, 'admitted'],
    ])
    expect(log.at(-1)).toBe('announce 0 1 rate-limited')
  })

  it('names nobody that it never heard of', () => {
    const { log } = played(makePlan([{}, {}, {}]), [
      [0, 'admitted'],
      [0, { fails: 'overloaded' }],
      [0, { refuses: 'rate-limited' }],
      [0, 'admitted'],
    ])
    expect(log).toEqual(['first 0', 'failover 1', 'failover 2', 'announce 0 2 overloaded'])
  })

  it('is no failure when the other one was merely faster, though the slow one had failed before', () => {
    const { log } = played(makePlan([{ hedgeAfterMs: 10, maxRetries: 1 }, {}]), [
      [0, 'admitted'],
      [0, { fails: 'overloaded' }],
      [0, 'tick'],
      [0, 'admitted'],
      [10, 'tick'],
      [10, 'admitted'],
      [20, 'visible'],
    ])
    expect(log.slice(-4)).toEqual([
      'hedge 1',
      'cancel lane 2',
      'announce 0 1 faster',
      'commit lane 3',
    ])
  })
})
