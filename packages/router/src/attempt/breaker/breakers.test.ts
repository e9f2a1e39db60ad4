import type { HealthHint, RouterEventOf } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { resolveAttemptOptions } from '../attempt-options.ts'
import { Breakers } from './breakers.ts'
import type { BreakerPass, BreakerReport } from './breakers.ts'
import type { CallEnd } from './call-end.ts'

const limits = resolveAttemptOptions({}).breaker
const key = { providerId: 'p', credentialId: 'k', modelId: 'p/a' }
const outage: CallEnd = { kind: 'failure', failureKind: 'unavailable' }

function hintsOf(reports: readonly BreakerReport[]): readonly HealthHint[] {
  return reports.flatMap(({ state, ...of }) => {
    if (state.kind !== 'open') return []
    const { untilMs: openUntilMs, openings, failureKind } = state
    return [{ ...of, openUntilMs, openings, failureKind }]
  })
}

function make() {
  const runtime = createTestRuntime()
  const opened: BreakerReport[] = []
  const events: RouterEventOf<'breaker-changed'>[] = []
  const breakers = new Breakers({
    runtime,
    limits,
    onOpened: (report) => opened.push(report),
    emit: (event) => {
      if (event.type === 'breaker-changed') events.push(event)
    },
  })
  const pass = (given = key): BreakerPass => {
    const verdict = breakers.ask(given)
    if (verdict.kind === 'refused') throw new Error(`refused until ${verdict.retryAtMs}`)
    return verdict
  }
  const trip = (end: CallEnd = outage): void => {
    for (let call = 0; call < limits.minimumCalls; call += 1) pass().ended(end)
  }
  return { runtime, breakers, events, opened, pass, trip }
}

describe('the breakers', () => {
  it('hold back one model of one key, and nothing else', () => {
    const { breakers, pass, trip } = make()
    trip()
    expect(breakers.ask(key)).toMatchObject({ kind: 'refused', failureKind: 'unavailable' })
    expect(pass({ ...key, modelId: 'p/b' }).isProbe).toBe(false)
    expect(pass({ ...key, credentialId: 'other' }).isProbe).toBe(false)
  })

  it('hold back every model of a key that was refused', () => {
    const { breakers, pass } = make()
    pass().ended({ kind: 'failure', failureKind: 'credentials' })
    expect(breakers.ask({ ...key, modelId: 'p/b' }).kind).toBe('refused')
    expect(pass({ ...key, credentialId: 'new' }).kind).toBe('pass')
    expect(breakers.openUntil(() => 'k').providers.has('p')).toBe(true)
    expect(breakers.openUntil(() => 'new').providers.has('p')).toBe(false)
  })

  it('let exactly one call through when the time is over, and close when it succeeds', async () => {
    const { runtime, breakers, pass, trip } = make()
    trip()
    await runtime.advance(6_000)
    const probe = pass()
    expect(probe.isProbe).toBe(true)
    expect(breakers.ask(key).kind).toBe('refused')
    probe.ended({ kind: 'success' })
    expect(pass().isProbe).toBe(false)
  })

  it('take a probe that says nothing for none', async () => {
    const { runtime, pass, trip } = make()
    trip()
    await runtime.advance(6_000)
    pass().ended({ kind: 'nothing' })
    expect(pass().isProbe).toBe(true)
  })

  it.each<[string, CallEnd]>([
    ['success', { kind: 'success' }],
    ['failure', outage],
    ['nothing', { kind: 'nothing' }],
  ])('take a probe that was given up for none, though it ends later with %s', async (_, end) => {
    const { runtime, breakers, pass, trip, events } = make()
    trip()
    await runtime.advance(6_000)
    const givenUp = pass()
    await runtime.advance(limits.probeMs - 1)
    expect(breakers.ask(key).kind).toBe('refused')
    await runtime.advance(1)
    const probe = pass()
    expect([givenUp.isProbe, probe.isProbe]).toEqual([true, true])
    const [before, told] = [breakers.list(), events.length]
    expect(before).toMatchObject([{ state: { kind: 'half-open' } }])
    givenUp.ended(end)
    expect(breakers.list()).toEqual(before)
    expect(events).toHaveLength(told)
    expect(breakers.ask(key).kind).toBe('refused')
    // The one that took its place decides.
    probe.ended({ kind: 'success' })
    expect(breakers.list()).toEqual([])
  })

  it('close when a probe is refused for what is the request’s own fault', async () => {
    const { runtime, breakers, pass, trip } = make()
    trip()
    await runtime.advance(6_000)
    pass().ended({ kind: 'failure', failureKind: 'invalid-request' })
    expect(breakers.list()).toEqual([])
  })

  it('rest a rate-limited model for as long as the provider asks, and no longer', async () => {
    const { runtime, breakers, pass } = make()
    pass().ended({ kind: 'failure', failureKind: 'rate-limited', retryAfterMs: 2_000 })
    await runtime.advance(1_999)
    expect(breakers.ask(key)).toMatchObject({ kind: 'refused', failureKind: 'rate-limited' })
    await runtime.advance(201)
    expect(pass().isProbe).toBe(true)
  })

  it('believe no provider that asks for more than an hour', async () => {
    const { runtime, pass } = make()
    pass().ended({ kind: 'failure', failureKind: 'rate-limited', retryAfterMs: 9e9 })
    await runtime.advance(3_600_000 * 1.1)
    expect(pass().isProbe).toBe(true)
  })

  it('let a model rest for a moment, though its provider says it need not', async () => {
    const { runtime, breakers, pass } = make()
    pass().ended({ kind: 'failure', failureKind: 'rate-limited', retryAfterMs: 0 })
    expect(breakers.ask(key).kind).toBe('refused')
    await runtime.advance(49)
    expect(breakers.ask(key).kind).toBe('refused')
  })

  it('are forgotten when there are many, but for those that know something or have calls running', async () => {
    const { runtime, breakers, pass, trip } = make()
    const others = (first: number, count: number): void => {
      for (let other = first; other < first + count; other += 1) {
        pass({ ...key, modelId: `p/${other}` }).ended({ kind: 'success' })
      }
    }
    const busy = { ...key, modelId: 'p/busy' }
    const running = Array.from({ length: limits.minimumCalls }, () => pass(busy))
    trip()
    others(0, 9_000)
    expect(breakers.size).toBeGreaterThan(9_000)
    await runtime.advance(limits.windowMs * 2)
    others(9_000, 2_000)
    // The two, and the one of their key.
    expect(breakers.size).toBe(2_000 + 3)
    for (const { ended } of running) ended(outage)
    expect(breakers.list().map(({ modelId }) => modelId)).toEqual(['p/a', 'p/busy'])
  })

  it('are told of how a call ended once', () => {
    const { breakers, pass } = make()
    const calls = Array.from({ length: limits.minimumCalls - 1 }, () => pass())
    for (const call of calls) for (let time = 0; time < 3; time += 1) call.ended(outage)
    expect(breakers.ask(key).kind).toBe('pass')
  })

  it('tell of every change, without the key', async () => {
    const { runtime, events, pass, trip } = make()
    trip()
    await runtime.advance(6_000)
    pass().ended({ kind: 'success' })
    expect(events.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'closed → open',
      'open → half-open',
      'half-open → closed',
    ])
    expect(events[0]).toMatchObject({ providerId: 'p', modelId: 'p/a', failureKind: 'unavailable' })
    expect(events[0]).not.toHaveProperty('credentialId')
  })

  it('are taken up by another process as they were, through JSON', async () => {
    const first = make()
    first.trip()
    first.pass({ ...key, modelId: 'p/b' }).ended({ kind: 'failure', failureKind: 'payment' })
    await first.runtime.advance(1_000)

    const second = make()
    // Its clock began elsewhere: only the wall clock is shared.
    await second.runtime.advance(1_000)
    second.breakers.restore(JSON.parse(JSON.stringify(first.breakers.list())))
    expect(second.breakers.list()).toEqual(first.breakers.list())
    expect(second.breakers.ask(key).kind).toBe('refused')
    await second.runtime.advance(400_000)
    expect(second.pass().isProbe).toBe(true)
  })

  it('tell of what they saw open, and of nothing that they were told', async () => {
    const first = make()
    first.trip()
    first.pass({ ...key, modelId: 'p/b' }).ended({ kind: 'failure', failureKind: 'payment' })
    expect(first.opened).toMatchObject([
      { ...key, state: { kind: 'open', failureKind: 'unavailable', openings: 1 } },
      { ...key, modelId: '*', state: { kind: 'open', failureKind: 'payment' } },
    ])
    expect(first.opened).toEqual(first.breakers.list())

    const second = make()
    second.breakers.learn(hintsOf(first.opened))
    expect(second.breakers.list()).toEqual(first.breakers.list())
    expect(second.opened).toEqual([])
    expect(second.events.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'closed → open',
      'closed → open',
    ])
  })

  it('tell again when a provider asks for longer', () => {
    const { pass, opened } = make()
    const [early, late] = [pass(), pass()]
    early.ended({ kind: 'failure', failureKind: 'rate-limited', retryAfterMs: 1_000 })
    late.ended({ kind: 'failure', failureKind: 'rate-limited', retryAfterMs: 60_000 })
    expect(opened).toHaveLength(2)
  })

  it('find out by a probe of their own when what they were told is over', async () => {
    const { breakers, runtime, pass } = make()
    const openUntilMs = runtime.now() + 5_000
    breakers.learn([{ ...key, failureKind: 'overloaded', openings: 1, openUntilMs }])
    await runtime.advance(4_999)
    expect(breakers.ask(key).kind).toBe('refused')
    await runtime.advance(1)
    const probe = pass()
    expect(probe.isProbe).toBe(true)
    // Somebody who knows nothing new does not take the probe away.
    breakers.learn([
      { ...key, failureKind: 'overloaded', openings: 9, openUntilMs: openUntilMs + 9 },
    ])
    probe.ended({ kind: 'success' })
    expect(breakers.list()).toEqual([])
  })

  it('believe nobody who tells of more than an hour, and nothing that is over', () => {
    const { breakers, runtime } = make()
    const now = runtime.now()
    const hint = { ...key, failureKind: 'overloaded', openings: 1 } as const
    breakers.learn([{ ...hint, openUntilMs: now }])
    expect(breakers.list()).toEqual([])
    breakers.learn([{ ...hint, openUntilMs: now + 86_400_000 }])
    expect(breakers.list()).toMatchObject([{ state: { untilMs: now + 3_600_000 } }])
  })

  it('keep what they know when somebody else knows otherwise', () => {
    const first = make()
    first.pass().ended({ kind: 'failure', failureKind: 'rate-limited', retryAfterMs: 9_000 })
    const second = make()
    second.pass().ended({ kind: 'failure', failureKind: 'rate-limited', retryAfterMs: 1_000 })
    const before = second.breakers.list()
    second.breakers.restore(first.breakers.list())
    expect(second.breakers.list()).toEqual(before)
  })
})
