import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CLOSED, isAwaitedProbe, isIdle, mayCall, nextBreakerState } from './breaker.ts'
import type { BreakerEvent, BreakerLimits, BreakerState } from './breaker.ts'

/** A slice of the window is a second. */
const limits: BreakerLimits = {
  windowMs: 10_000,
  minimumCalls: 4,
  failureShare: 0.5,
  openMs: 1_000,
  longestOpenMs: 8_000,
  probeMs: 2_000,
}

type Open = Extract<BreakerState, { kind: 'open' }>

const closed: BreakerState = { kind: 'closed', slices: [{ slice: 50, calls: 2, failures: 1 }] }
/** One more failure is too many. */
const tense: BreakerState = { kind: 'closed', slices: [{ slice: 50, calls: 3, failures: 1 }] }
const open: BreakerState = {
  kind: 'open',
  untilMs: 52_000,
  openings: 2,
  failureKind: 'overloaded',
}
const halfOpen: BreakerState = {
  kind: 'half-open',
  probeSinceMs: 49_000,
  openings: 2,
  failureKind: 'overloaded',
}

const NOW = 50_500
const asked = (atMs = NOW): BreakerEvent => ({ type: 'asked', atMs })
const success = (isProbe = false, atMs = NOW): BreakerEvent => ({ type: 'success', isProbe, atMs })
const failure = (isProbe = false, chance = 0): BreakerEvent => ({
  type: 'failure',
  isProbe,
  failureKind: 'connect',
  chance,
  atMs: NOW,
})
const coolDown = (forMs: number, isProbe = false): BreakerEvent => ({
  type: 'cool-down',
  isProbe,
  failureKind: 'rate-limited',
  forMs,
  chance: 0.5,
  atMs: NOW,
})
const released = (isProbe = false, atMs = NOW): BreakerEvent => ({
  type: 'released',
  isProbe,
  atMs,
})

const told = (untilMs: number): BreakerEvent => ({
  type: 'told',
  atMs: NOW,
  untilMs,
  openings: 4,
  failureKind: 'rate-limited',
})

const cooled = (untilMs: number, openings: number): BreakerState => ({
  kind: 'open',
  untilMs,
  openings,
  failureKind: 'rate-limited',
})

type Row = readonly [name: string, event: BreakerEvent, after: BreakerState | 'stays']
const TABLE: Readonly<
  Record<
    string,
    { readonly state: BreakerState; readonly events: Record<BreakerEvent['type'], readonly Row[]> }
  >
> = {
  closed: {
    state: closed,
    events: {
      asked: [['passes', asked(), 'stays']],
      success: [
        [
          'is counted',
          success(),
          { kind: 'closed', slices: [{ slice: 50, calls: 3, failures: 1 }] },
        ],
      ],
      failure: [
        [
          'is counted',
          failure(),
          { kind: 'closed', slices: [{ slice: 50, calls: 3, failures: 2 }] },
        ],
      ],
      'cool-down': [['opens it', coolDown(4_000), cooled(54_700, 1)]],
      told: [
        ['opens it until the same time', told(54_000), cooled(54_000, 4)],
        ['of a time that is over changes nothing', told(NOW), 'stays'],
      ],
      released: [
        ['says nothing', released(), 'stays'],
        ['says nothing, of a probe', released(true), 'stays'],
      ],
    },
  },
  'closed, with enough calls': {
    state: tense,
    events: {
      asked: [['passes', asked(), 'stays']],
      success: [
        [
          'is counted',
          success(),
          { kind: 'closed', slices: [{ slice: 50, calls: 4, failures: 1 }] },
        ],
      ],
      failure: [
        [
          'opens it',
          failure(),
          { kind: 'open', untilMs: 51_500, openings: 1, failureKind: 'connect' },
        ],
        [
          'opens it for up to a fifth longer',
          failure(false, 0.5),
          { kind: 'open', untilMs: 51_600, openings: 1, failureKind: 'connect' },
        ],
      ],
      'cool-down': [['opens it, however short', coolDown(0), cooled(50_500, 1)]],
      told: [['opens it', told(50_501), cooled(50_501, 4)]],
      released: [['says nothing', released(), 'stays']],
    },
  },
  open: {
    state: open,
    events: {
      asked: [
        ['is refused', asked(), 'stays'],
        ['is refused to the last', asked(51_999), 'stays'],
        [
          'becomes the probe once the time is over',
          asked(52_000),
          { kind: 'half-open', probeSinceMs: 52_000, openings: 2, failureKind: 'overloaded' },
        ],
      ],
      success: [
        ['changes nothing', success(), 'stays'],
        ['changes nothing, of a probe that was given up', success(true), 'stays'],
        ['changes nothing, though the time is over', success(true, 60_000), 'stays'],
      ],
      failure: [
        ['changes nothing', failure(), 'stays'],
        ['changes nothing, of a probe that was given up', failure(true), 'stays'],
      ],
      'cool-down': [
        ['that ends sooner changes nothing', coolDown(1_000), 'stays'],
        ['that ends later counts', coolDown(2_000), cooled(52_600, 2)],
      ],
      told: [
        ['of a sooner end changes nothing', told(52_000), 'stays'],
        ['of a later end counts', told(53_000), cooled(53_000, 2)],
      ],
      released: [
        ['changes nothing', released(), 'stays'],
        ['changes nothing, of a probe that was given up', released(true), 'stays'],
      ],
    },
  },
  'half-open': {
    state: halfOpen,
    events: {
      asked: [
        ['is refused', asked(), 'stays'],
        ['is refused to the last', asked(50_999), 'stays'],
        [
          'becomes the new probe once the old one is given up',
          asked(51_000),
          { kind: 'half-open', probeSinceMs: 51_000, openings: 2, failureKind: 'overloaded' },
        ],
      ],
      success: [
        ['changes nothing', success(), 'stays'],
        ['closes it, of the probe', success(true), { kind: 'closed', slices: [] }],
      ],
      failure: [
        ['changes nothing', failure(), 'stays'],
        [
          'opens it for twice as long, of the probe',
          failure(true),
          { kind: 'open', untilMs: 54_500, openings: 3, failureKind: 'connect' },
        ],
      ],
      'cool-down': [
        ['opens it', coolDown(2_000), cooled(52_600, 2)],
        ['opens it, of the probe', coolDown(2_000, true), cooled(52_600, 2)],
      ],
      told: [['changes nothing: its own probe decides', told(99_000), 'stays']],
      released: [
        ['changes nothing', released(), 'stays'],
        [
          'leaves it to the next one, of the probe',
          released(true),
          { kind: 'open', untilMs: 50_500, openings: 2, failureKind: 'overloaded' },
        ],
      ],
    },
  },
}

describe('the table of the breaker', () => {
  const rows = Object.entries(TABLE).flatMap(([name, { state, events }]) =>
    Object.entries(events).flatMap(([type, cases]) =>
      cases.map(([words, event, after]) => ({ name, type, words, state, event, after })),
    ),
  )

  it('has every event in every kind of state', () => {
    const pairs = new Set(rows.map(({ state, event }) => `${state.kind} ${event.type}`))
    expect(pairs.size).toBe(3 * 6)
    for (const { type, event } of rows) expect(event.type).toBe(type)
  })

  it.each(rows)('$name: $type $words', ({ state, event, after }) => {
    const next = nextBreakerState(state, event, limits)
    if (after === 'stays') expect(next).toBe(state)
    else expect(next).toEqual(after)
  })

  it.each([
    ['closed', closed, 0, 'yes'],
    ['open, to the last', open, 51_999, 'no'],
    ['open, once the time is over', open, 52_000, 'probe'],
    ['half-open, while the probe is alive', halfOpen, 50_999, 'no'],
    ['half-open, once the probe is given up', halfOpen, 51_000, 'probe'],
  ] as const)('who may call when it is %s', (...[, state, atMs, verdict]) => {
    expect(mayCall(state, atMs, limits)).toBe(verdict)
  })
})

describe('the window', () => {
  const after = (state: BreakerState, events: readonly BreakerEvent[]): BreakerState =>
    events.reduce((before, event) => nextBreakerState(before, event, limits), state)
  const fails = (atMs: number): BreakerEvent => ({ ...failure(), atMs })

  it('counts what came in the last ten slices, each by itself', () => {
    const state = after(CLOSED, [
      fails(0),
      success(false, 999),
      fails(1_000),
      success(false, 9_999),
    ])
    expect(state).toEqual({
      kind: 'closed',
      slices: [
        { slice: 0, calls: 2, failures: 1 },
        { slice: 1, calls: 1, failures: 1 },
        { slice: 9, calls: 1, failures: 0 },
      ],
    })
    expect(after(state, [success(false, 10_000)])).toMatchObject({
      slices: [{ slice: 1 }, { slice: 9 }, { slice: 10 }],
    })
  })

  it('opens by failures that are spread over it, and not by those that left it', () => {
    const failures = [0, 3_000, 6_000].map(fails)
    expect(after(CLOSED, [...failures, fails(9_999)]).kind).toBe('open')
    expect(after(CLOSED, [...failures, fails(10_000)]).kind).toBe('closed')
  })

  it('takes a clock that was set back for the slice it knows last', () => {
    expect(after(CLOSED, [fails(5_500), fails(3_500)])).toEqual({
      kind: 'closed',
      slices: [{ slice: 5, calls: 2, failures: 2 }],
    })
  })

  it('opens at exactly its share, whatever the rounding', () => {
    const seven = { ...limits, failureShare: 0.07, minimumCalls: 100 }
    const state: BreakerState = { kind: 'closed', slices: [{ slice: 50, calls: 99, failures: 6 }] }
    expect(nextBreakerState(state, failure(), seven).kind).toBe('open')
    const fewer: BreakerState = { kind: 'closed', slices: [{ slice: 50, calls: 99, failures: 5 }] }
    expect(nextBreakerState(fewer, failure(), seven).kind).toBe('closed')
  })

  it('does not open by a success, whatever the share', () => {
    const state: BreakerState = { kind: 'closed', slices: [{ slice: 50, calls: 3, failures: 3 }] }
    expect(nextBreakerState(state, success(), limits).kind).toBe('closed')
  })

  it('is idle once nothing is left in it', () => {
    const state = after(CLOSED, [success(false, 5_999)])
    expect(isIdle(state, 14_999, limits)).toBe(false)
    expect(isIdle(state, 15_000, limits)).toBe(true)
    expect(isIdle(CLOSED, 0, limits)).toBe(true)
    expect(isIdle(open, 99_999, limits)).toBe(false)
    expect(isIdle(halfOpen, 99_999, limits)).toBe(false)
  })
})

it('opens twice as long each time a probe fails, up to the longest', () => {
  const lengths = [1, 2, 3, 4, 5, 2_000].map((openings) => {
    const state: BreakerState = { ...halfOpen, openings }
    const next = nextBreakerState(state, failure(true), limits)
    return next.kind === 'open' ? next.untilMs - NOW : undefined
  })
  expect(lengths).toEqual([2_000, 4_000, 8_000, 8_000, 8_000, 8_000])
})

/** A call that was let through. */
interface Pass {
  readonly askedAtMs: number
  readonly isProbe: boolean
}

interface Command {
  readonly afterMs: number
  readonly what: 'ask' | 'success' | 'failure' | 'cool-down' | 'released' | 'told'
  /** Which of the calls under way it is about; they come round again. */
  readonly which: number
  readonly forMs: number
  readonly chance: number
}

interface Seen {
  readonly before: BreakerState
  readonly event: BreakerEvent
  readonly after: BreakerState
  readonly verdict: 'yes' | 'probe' | 'no' | undefined
  /** The call that the event is the end of. */
  readonly pass: Pass | undefined
}

interface Play {
  readonly limits: BreakerLimits
  readonly commands: readonly Command[]
}

const play: fc.Arbitrary<Play> = fc.record({
  limits: fc.record({
    windowMs: fc.constantFrom(100, 1_000, 30_000),
    minimumCalls: fc.integer({ min: 1, max: 6 }),
    failureShare: fc.constantFrom(0.01, 0.3, 0.5, 0.7, 1),
    openMs: fc.constantFrom(1, 50, 400),
    longestOpenMs: fc.constantFrom(400, 3_000),
    probeMs: fc.constantFrom(1, 60, 500),
  }),
  commands: fc.array(
    fc.record({
      afterMs: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(0, 0, 1, 7, 30) },
        { weight: 1, arbitrary: fc.constantFrom(60, 400, 500, 5_000, 100_000) },
      ),
      what: fc.constantFrom<Command['what']>(
        'ask',
        'ask',
        'ask',
        'ask',
        'success',
        'failure',
        'failure',
        'failure',
        'cool-down',
        'released',
        'told',
      ),
      which: fc.nat(7),
      forMs: fc.constantFrom(0, 1, 80, 700),
      chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    }),
    { maxLength: 80, size: 'max' },
  ),
})

/** Calls that run beside each other; those that no command ends are lost. */
function played(
  { limits: given, commands }: Play,
  keep: (state: BreakerState) => BreakerState = (state) => state,
): readonly Seen[] {
  const seen: Seen[] = []
  const passes: Pass[] = []
  let state: BreakerState = CLOSED
  let atMs = 0
  for (const command of commands) {
    atMs += command.afterMs
    const verdict = command.what === 'ask' ? mayCall(state, atMs, given) : undefined
    const isOfNoCall = command.what === 'ask' || command.what === 'told'
    const [pass] = isOfNoCall ? [] : passes.splice(command.which % Math.max(1, passes.length), 1)
    if (!isOfNoCall && pass === undefined) continue
    const event = toEvent(
      command,
      atMs,
      pass?.isProbe === true && isAwaitedProbe(state, pass.askedAtMs),
    )
    const after = keep(nextBreakerState(state, event, given))
    seen.push({ before: state, event, after, verdict, pass })
    if (verdict === 'yes' || verdict === 'probe') {
      passes.push({ askedAtMs: atMs, isProbe: verdict === 'probe' })
    }
    state = after
  }
  return seen
}

function toEvent({ what, chance, forMs }: Command, atMs: number, isProbe: boolean): BreakerEvent {
  const failureKind = 'unavailable'
  switch (what) {
    case 'ask':
      return { type: 'asked', atMs }
    case 'told':
      return { type: 'told', atMs, untilMs: atMs + forMs, openings: 1, failureKind }
    case 'failure':
      return { type: 'failure', atMs, isProbe, failureKind, chance }
    case 'cool-down':
      return { type: 'cool-down', atMs, isProbe, failureKind, forMs, chance }
    case 'success':
    case 'released':
      return { type: what, atMs, isProbe }
  }
}

function always(check: (seen: readonly Seen[], given: BreakerLimits) => void): void {
  fc.assert(
    fc.property(play, (given) => check(played(given), given.limits)),
    { numRuns: 2_000 },
  )
}

function everyEvent(check: (seen: Seen, given: BreakerLimits) => void): void {
  always((seen, given) => {
    for (const one of seen) check(one, given)
  })
}

describe('the breaker', () => {
  it('1: opens by the calls of the window when enough failed, and never when fewer did', () => {
    always((seen, given) => {
      let samples: { readonly slice: number; readonly isFailure: boolean }[] = []
      for (const { before, event, after } of seen) {
        if (before.kind !== 'closed') samples = []
        if (before.kind !== 'closed' || (event.type !== 'success' && event.type !== 'failure'))
          continue
        const slice = Math.floor((event.atMs * 10) / given.windowMs)
        samples.push({ slice, isFailure: event.type === 'failure' })
        const recent = samples.filter((sample) => sample.slice > slice - 10)
        const failures = recent.filter(({ isFailure }) => isFailure).length
        const isEnough = recent.length >= given.minimumCalls
        const isMuch = failures / recent.length >= given.failureShare
        expect(after.kind).toBe(event.type === 'failure' && isEnough && isMuch ? 'open' : 'closed')
      }
    })
  })

  it('2: lets nobody through while it is open, and one at a time while it is half-open', () => {
    always((seen, given) => {
      let probes: number[] = []
      for (const { before, event, after, verdict, pass } of seen) {
        const { atMs } = event
        if (pass?.isProbe === true) probes = probes.filter((one) => one !== pass.askedAtMs)
        if (event.type === 'cool-down') probes = []
        if (event.type !== 'asked' || before.kind === 'closed') continue
        if (verdict === 'no') {
          expect(after).toBe(before)
          continue
        }
        expect(verdict).toBe('probe')
        expect(after.kind).toBe('half-open')
        if (before.kind === 'open') expect(atMs).toBeGreaterThanOrEqual(before.untilMs)
        // Whoever was let through before has been given up.
        for (const askedAtMs of probes) {
          expect(atMs - askedAtMs).toBeGreaterThanOrEqual(given.probeMs)
        }
        probes.push(atMs)
      }
    })
  })

  it('2b: lets somebody through again, however many probes are lost', () => {
    everyEvent(({ after, event }, given) => {
      const laterMs = event.atMs + 1e9
      if (after.kind === 'closed') expect(mayCall(after, laterMs, given)).toBe('yes')
      else expect(mayCall(after, laterMs, given)).toBe('probe')
    })
  })

  it('3: closes by the success of the probe that it waits for, and by nothing else', () => {
    everyEvent(({ before, event, after, pass }) => {
      if (before.kind === 'closed') return
      const isClosing = event.type === 'success' && event.isProbe
      expect(after.kind === 'closed').toBe(isClosing)
      if (isClosing) expect(before).toMatchObject({ probeSinceMs: pass?.askedAtMs })
    })
  })

  it('4: opens for its time, and never for less than the provider asked for', () => {
    always((seen, given) => {
      let notBeforeMs = 0
      let openings = 0
      for (const { before, event, after, verdict } of seen) {
        if (event.type === 'asked' && verdict !== 'no') {
          expect(event.atMs).toBeGreaterThanOrEqual(notBeforeMs)
        }
        if (event.type === 'told' && before.kind !== 'half-open') {
          notBeforeMs = Math.max(notBeforeMs, event.untilMs)
        }
        if (event.type === 'cool-down') {
          notBeforeMs = Math.max(notBeforeMs, event.atMs + event.forMs)
          assertCooled(before, event, after)
        }
        if (event.type === 'failure' && after.kind === 'open' && before.kind !== 'open') {
          openings = before.kind === 'closed' ? 1 : openings + 1
          expect(after.openings).toBe(openings)
          const leastMs = Math.min(given.longestOpenMs, given.openMs * 2 ** (openings - 1))
          assertWithin(after.untilMs - event.atMs, leastMs, leastMs * 1.2)
          expect(leastMs).toBeGreaterThanOrEqual(given.openMs)
        }
        if (after.kind !== 'closed') openings = after.openings
      }
    })
  })

  it('5: is not changed by calls that are not its probe, once it is open, but by cool-downs', () => {
    everyEvent(({ before, event, after }) => {
      if (before.kind === 'closed' || event.type === 'asked' || event.type === 'told') return
      if (event.type !== 'cool-down' && !event.isProbe) expect(after).toBe(before)
      if (before.kind === 'open' && event.type !== 'cool-down') expect(after).toBe(before)
    })
  })

  it('8: is opened by what others tell until that time at most, and never a probe’s to be told', () => {
    everyEvent(({ before, event, after }) => {
      if (event.type !== 'told') return
      if (before.kind === 'half-open' || event.untilMs <= event.atMs) {
        expect(after).toBe(before)
        return
      }
      const ownUntilMs = before.kind === 'open' ? before.untilMs : 0
      expect(after).toMatchObject({ kind: 'open', untilMs: Math.max(ownUntilMs, event.untilMs) })
    })
  })

  it('6: goes on from JSON as if nothing had happened', () => {
    fc.assert(
      fc.property(play, (given) => {
        const restored = played(given, (state) => JSON.parse(JSON.stringify(state)) as BreakerState)
        expect(restored).toEqual(played(given))
      }),
      { numRuns: 1_000 },
    )
  })

  it('7: can be forgotten when it is idle', () => {
    always((seen, given) => {
      for (const [index, { after }] of seen.entries()) {
        const next = seen[index + 1]
        if (next === undefined || !isIdle(after, next.event.atMs, given)) continue
        expect(nextBreakerState(CLOSED, next.event, given)).toEqual(withoutOld(next, given))
      }
    })
  })

  /** An idle state keeps its old slices until it counts again. */
  function withoutOld({ event, after }: Seen, given: BreakerLimits): BreakerState {
    if (after.kind !== 'closed') return after
    return isIdle(after, event.atMs, given) ? CLOSED : after
  }

  function assertCooled(
    before: BreakerState,
    event: Extract<BreakerEvent, { type: 'cool-down' }>,
    after: BreakerState,
  ): void {
    expect(after.kind).toBe('open')
    const { untilMs } = after as Open
    const known = before.kind === 'open' ? before.untilMs : 0
    assertWithin(
      untilMs,
      Math.max(known, event.atMs + event.forMs),
      Math.max(known, event.atMs + event.forMs * 1.1),
    )
    expect((after as Open).openings).toBe(before.kind === 'closed' ? 1 : before.openings)
  }

  function assertWithin(value: number, least: number, most: number): void {
    expect(value).toBeGreaterThanOrEqual(least - 1e-6)
    expect(value).toBeLessThanOrEqual(most + 1e-6)
  }
})

it('the plays it is tested in show everything often enough', () => {
  const counts = new Map<string, number>()
  for (const given of fc.sample(play, { seed: 1, numRuns: 1_000 })) {
    const sights = played(given).flatMap(({ before, event, after, pass, verdict }) => [
      `${before.kind} ${event.type} ${after.kind}`,
      ...(verdict === 'probe' && before.kind === 'half-open' ? ['a probe was given up'] : []),
      ...(pass?.isProbe === true && 'isProbe' in event && !event.isProbe
        ? ['a probe came late']
        : []),
      ...(after.kind === 'open' && after.openings > 3 ? ['opened often'] : []),
    ])
    for (const sight of new Set(sights)) counts.set(sight, (counts.get(sight) ?? 0) + 1)
  }
  const expected = [
    'closed asked closed',
    'closed success closed',
    'closed failure closed',
    'closed failure open',
    'closed cool-down open',
    'closed released closed',
    'open asked open',
    'open asked half-open',
    'open success open',
    'open failure open',
    'open cool-down open',
    'open released open',
    'half-open asked half-open',
    'half-open success closed',
    'half-open success half-open',
    'half-open failure open',
    'half-open failure half-open',
    'half-open cool-down open',
    'half-open released open',
    'half-open released half-open',
    'a probe was given up',
    'a probe came late',
    'opened often',
  ]
  expect(expected.filter((sight) => (counts.get(sight) ?? 0) < 10)).toEqual([])
})
