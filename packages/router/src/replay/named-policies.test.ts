import { describe, expect, it } from 'vitest'

import { outcomesOf } from './__fixtures__/outcomes.ts'
import { REPLAY_POLICIES, isReplayPolicyName, replayPolicy } from './named-policies.ts'
import type { ReplayPolicyName } from './named-policies.ts'
import { toOutcomeSet } from './outcome-set.ts'
import { replayOutcomes } from './replay-outcomes.ts'

/** `good` is dear and slow, `near` a little worse and cheaper, `poor` the cheapest and the fastest. */
const traded = toOutcomeSet(
  'traded',
  Array.from({ length: 400 }, (_, index) => ({
    id: String(index),
    task: 'x',
    score: { good: 0.8, near: 0.77, poor: 0.2 },
    cost: { good: 4, near: 2, poor: 1 },
    latencyMs: { good: 900, near: 500, poor: 100 },
  })),
)

async function shareOf(name: ReplayPolicyName): Promise<{ mean: number; cost: number }> {
  const [result] = await replayOutcomes({
    outcomes: traded,
    policies: [replayPolicy(name)],
    priorities: new Map([
      ['good', 60],
      ['near', 59],
      ['poor', 10],
    ]),
    seeds: 3,
  })
  return { mean: result?.mean ?? Number.NaN, cost: result?.costMean ?? Number.NaN }
}

describe('policies by name', () => {
  it('are what their names say', async () => {
    expect(await shareOf('priority')).toEqual({ mean: expect.closeTo(0.8, 6), cost: 4 })
    expect(await shareOf('cheapest')).toEqual({ mean: expect.closeTo(0.2, 6), cost: 1 })
    expect(await shareOf('cheapest-within')).toEqual({ mean: expect.closeTo(0.77, 6), cost: 2 })
    // One request in twenty goes anywhere.
    const fastest = await shareOf('fastest')
    expect(fastest.cost).toBeGreaterThan(1)
    expect(fastest.cost).toBeLessThan(1.15)
  })

  it('experiment gives each of two strategies half of the requests', async () => {
    const { cost } = await shareOf('experiment:priority+cheapest')
    expect(Math.abs(cost - 2.5)).toBeLessThan(0.15)
  })

  it('an experiment learns in both arms, from the ratings of both', async () => {
    const outcomes = outcomesOf(
      Array.from({ length: 300 }, (_, index) => [
        index % 2 === 0 ? 'x' : 'y',
        index % 2 === 0 ? { a: 1, b: 0 } : { a: 0, b: 1 },
      ]),
    )
    const names = ['experiment:adaptive+adaptive', 'experiment:priority+adaptive'] as const
    const [both, one] = await replayOutcomes({
      outcomes,
      policies: names.map((name) => replayPolicy(name)),
      seeds: 3,
    })
    expect(both?.lastQuarter).toBeGreaterThan(0.9)
    // Half of the requests know nothing of tasks.
    expect(Math.abs((one?.lastQuarter ?? 0) - 0.73)).toBeLessThan(0.08)
  })

  it('are known by these names and no other', () => {
    for (const name of REPLAY_POLICIES) expect(isReplayPolicyName(name)).toBe(true)
    expect(isReplayPolicyName('experiment:weighted+adaptive')).toBe(true)
    const wrong = ['best', 'spread', 'sticky', 'experiment:weighted', 'experiment:weighted+random']
    for (const name of [...wrong, 'experiment:a+b', 'experiment:weighted+adaptive+priority', '']) {
      expect(isReplayPolicyName(name)).toBe(false)
    }
  })
})
