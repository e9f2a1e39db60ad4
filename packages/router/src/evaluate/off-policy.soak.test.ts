import { expect, it } from 'vitest'

import { judgeLogs } from './__fixtures__/judge-logs.ts'
import {
  readRealOutcomes,
  routingData,
  shuffledOutcomes,
  simulatedOutcomes,
} from './__fixtures__/outcome-sources.ts'

const RUNS = 100
/** A share of fewer logs than this is no share. */
const LEAST_JUDGED = 20

const folder = routingData()

/** Every set, and which of the four policies its logs can judge often enough. */
const sets = [
  { name: 'simulated' },
  { name: 'routellm', split: 'eval', bench: 'mmlu' },
  { name: 'llmrouter-ulab' },
] as const

async function outcomesOf(set: (typeof sets)[number]) {
  if (set.name === 'simulated') {
    return (run: number) => simulatedOutcomes({ requests: 6_000, models: 6, tasks: 5, seed: run })
  }
  const real = await readRealOutcomes(folder ?? '', set)
  return (run: number) => shuffledOutcomes(real, run)
}

// Real outcomes are skipped where there is no folder shared/routing-data or IMRS_ROUTING_DATA.
it.each(sets.filter(({ name }) => name === 'simulated' || folder !== undefined))(
  'a hundred logs of the learning engine on $name: intervals of four other policies hold the truth in nine of ten',
  async (set) => {
    const judged = await judgeLogs({ runs: RUNS, outcomesOf: await outcomesOf(set) })
    process.stdout.write(
      `${set.name} ${JSON.stringify(Object.fromEntries(judged), undefined, 1)}\n`,
    )
    expect([...judged.values()].some((each) => each.judged >= LEAST_JUDGED)).toBe(true)
    for (const each of judged.values()) {
      if (each.judged < LEAST_JUDGED) continue
      expect(each.covered.snips).toBeGreaterThanOrEqual(0.9)
      expect(each.covered.doublyRobust).toBeGreaterThanOrEqual(0.9)
      expect(each.missed.snips).toBeLessThan(0.05)
      expect(each.missed.doublyRobust).toBeLessThan(0.05)
    }
  },
)
