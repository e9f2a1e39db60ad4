import { describe, expect, it } from 'vitest'

import { judgeLogs } from './__fixtures__/judge-logs.ts'
import type { Judged } from './__fixtures__/judge-logs.ts'
import {
  readRealOutcomes,
  routingData,
  shuffledOutcomes,
  simulatedOutcomes,
} from './__fixtures__/outcome-sources.ts'

/** Fewer runs than `off-policy.soak.test.ts` has, where each policy gets a hundred. */
const RUNS = 5
/** For a machine that does much else. */
const TIMEOUT_MS = 60_000

const simulated = (run: number) =>
  simulatedOutcomes({ requests: 6_000, models: 4, tasks: 5, seed: run })

/** Over all policies: the share of judged logs whose interval holds the truth. */
function coverageOf(judged: ReadonlyMap<string, Judged>, name: 'snips' | 'doublyRobust'): number {
  let [covered, all] = [0, 0]
  for (const each of judged.values()) {
    if (each.judged === 0) continue
    covered += each.covered[name] * each.judged
    all += each.judged
  }
  return covered / all
}

function expectRight(judged: ReadonlyMap<string, Judged>): void {
  expect(judged.size).toBe(4)
  for (const name of ['snips', 'doublyRobust'] as const) {
    expect(coverageOf(judged, name)).toBeGreaterThanOrEqual(0.9)
    for (const each of judged.values()) {
      if (each.judged > 0) expect(each.missed[name]).toBeLessThan(0.05)
    }
  }
}

describe('from a log of the learning engine, in a few runs, other policies get what they would have earned', () => {
  it(
    'on simulated outcomes',
    async () => {
      const judged = await judgeLogs({ runs: RUNS, outcomesOf: simulated })
      expectRight(judged)
      expect(judged.get('weighted')?.judged).toBe(RUNS)
      expect(judged.get('uniform')?.judged).toBe(RUNS)
    },
    TIMEOUT_MS,
  )

  it(
    'and do not when the log holds wrong propensities',
    async () => {
      const judged = await judgeLogs({
        runs: 2,
        outcomesOf: simulated,
        change: (decisions) =>
          decisions.map(({ decision, ratingMilli }) => ({
            // What was logged is no probability of this choice, but of any.
            decision: { ...decision, propensity: 1 / decision.candidateCount },
            ratingMilli,
          })),
      })
      expect(() => expectRight(judged)).toThrow()
      expect(judged.get('weighted')).toMatchObject({
        judged: 0,
        refused: { 'wrong-propensities': 2 },
      })
    },
    TIMEOUT_MS,
  )

  const folder = routingData()
  it.skipIf(folder === undefined)(
    'on real outcomes (skipped where there is no folder shared/routing-data or IMRS_ROUTING_DATA)',
    async () => {
      const named = { name: 'routellm', split: 'eval', bench: 'mmlu' }
      const set = await readRealOutcomes(folder ?? '', named)
      const outcomesOf = (run: number) => shuffledOutcomes(set, run)
      const judged = await judgeLogs({ runs: 1, outcomesOf })
      expectRight(judged)
      expect([...judged.values()].map((each) => each.judged)).toEqual([1, 1, 1, 1])
    },
    TIMEOUT_MS,
  )
})
