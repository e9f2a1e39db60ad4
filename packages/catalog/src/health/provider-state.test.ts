import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DEFAULT_HEALTH_LIMITS, initialProviderState, nextProviderState } from './provider-state.ts'
import type { HealthObservation, ProviderState } from './provider-state.ts'

const limits = DEFAULT_HEALTH_LIMITS
const rank = { healthy: 0, degraded: 1, down: 2 }

const observation: fc.Arbitrary<HealthObservation> = fc.oneof(
  fc.record({ type: fc.constant('success' as const), atMs: fc.nat(1000) }),
  fc.record({ type: fc.constant('failure' as const), atMs: fc.nat(1000), error: fc.string() }),
  fc.record({
    type: fc.constant('rate-limited' as const),
    atMs: fc.nat(1000),
    untilMs: fc.nat(2000),
  }),
)

function run(observations: readonly HealthObservation[]): ProviderState {
  return observations.reduce(
    (state, next) => nextProviderState(state, next, limits),
    initialProviderState(0),
  )
}

const success: HealthObservation = { type: 'success', atMs: 1 }
const failure: HealthObservation = { type: 'failure', atMs: 1, error: 'x' }
const times = (count: number, one: HealthObservation) => Array.from({ length: count }, () => one)

function steps(
  check: (before: ProviderState, seen: HealthObservation, after: ProviderState) => void,
) {
  fc.assert(
    fc.property(fc.array(observation, { maxLength: 40 }), (observations) => {
      let state = initialProviderState(0)
      for (const seen of observations) {
        const after = nextProviderState(state, seen, limits)
        check(state, seen, after)
        state = after
      }
    }),
  )
}

describe('provider health', () => {
  it('goes down by failures in a row and comes back step by step', () => {
    expect(run(times(1, failure)).status).toBe('healthy')
    expect(run(times(2, failure)).status).toBe('degraded')
    expect(run(times(4, failure)).status).toBe('down')
    expect(run([...times(4, failure), ...times(2, success)]).status).toBe('degraded')
    expect(run([...times(4, failure), ...times(4, success)])).toMatchObject({
      status: 'healthy',
      error: undefined,
    })
  })

  it('1: a success never makes it worse, a failure never better', () => {
    steps((before, seen, after) => {
      if (seen.type === 'success')
        expect(rank[after.status]).toBeLessThanOrEqual(rank[before.status])
      if (seen.type === 'failure') {
        expect(rank[after.status]).toBeGreaterThanOrEqual(rank[before.status])
      }
    })
  })

  it('2: it skips a step only on the way down, after enough failures', () => {
    steps((before, _seen, after) => {
      if (Math.abs(rank[after.status] - rank[before.status]) < 2) return
      expect(after.status).toBe('down')
      expect(after.failures).toBeGreaterThanOrEqual(limits.downAfter)
    })
  })

  it('3: failing and succeeding in turn does not recover', () => {
    const flapping = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? success : failure))
    expect(run([...times(4, failure), ...flapping]).status).toBe('down')
  })

  it('4: a rate limit changes no status', () => {
    steps((before, seen, after) => {
      if (seen.type === 'rate-limited') expect(after.status).toBe(before.status)
    })
  })

  it('5: it is shunned only after a failure that left it down, and not after a success', () => {
    steps((before, seen, after) => {
      if (after.shunUntilMs > before.shunUntilMs) {
        expect([seen.type, after.status]).toEqual(['failure', 'down'])
        expect(after.shunUntilMs).toBe(seen.atMs + limits.shunMs)
      }
      if (seen.type === 'success' && before.status !== 'healthy') expect(after.shunUntilMs).toBe(0)
    })
  })
})
