import { evaluateStrategies } from '@imrs/feedback'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from '../__fixtures__/make-router.ts'
import { adaptive } from '../strategies/adaptive/adaptive.ts'
import { experiment } from '../strategies/experiment.ts'
import { priority } from '../strategies/priority.ts'
import { weighted } from '../strategies/weighted.ts'
import { makeLog } from './__fixtures__/logged-outcomes.ts'
import { simulatedOutcomes } from './__fixtures__/outcome-sources.ts'
import { fourTargets } from './__fixtures__/targets.ts'

const RUNS = 5
/** For a machine that does much else. */
const TIMEOUT_MS = 60_000

/** An engine that explores enough to be judged by. */
const drawing = adaptive({ epsilon: 0.3 })
const ARM = `experiment:new/b:${drawing.name}`

function logOf(run: number) {
  const outcomes = simulatedOutcomes({ requests: 6_000, models: 4, tasks: 5, seed: run })
  const targets = fourTargets(outcomes)
  const logging = experiment({ name: 'new', a: weighted(), b: drawing, share: 0.6 })
  const shown = (learned: unknown) => ({ a: undefined, b: learned })
  return { targets, ...makeLog({ outcomes, logging, shown, targets, seed: run + 1_000 }) }
}

describe('from a log of an experiment of which one arm draws, other policies get what they would have earned', () => {
  it.each([
    ['both arms together', undefined],
    ['the arm that draws', ARM],
  ])(
    'by %s',
    async (_, loggedBy) => {
      const counts = { judged: 0, covered: 0, miss: 0 }
      for (let run = 1; run <= RUNS; run += 1) {
        const { decisions, targets, truths } = logOf(run)
        const reports = await evaluateStrategies({ strategies: targets, decisions, loggedBy })
        for (const [index, { estimates, diagnostics }] of reports.entries()) {
          expect(Math.abs(diagnostics.meanWeight - 1)).toBeLessThan(0.15)
          if (estimates === undefined) continue
          const truth = truths[index] ?? Number.NaN
          const { low, high, value } = estimates.snips
          counts.judged += 1
          counts.covered += Number(low <= truth && truth <= high)
          counts.miss += Math.abs(value - truth)
        }
      }
      expect(counts.judged).toBeGreaterThanOrEqual(3 * RUNS)
      expect(counts.covered / counts.judged).toBeGreaterThanOrEqual(0.9)
      expect(counts.miss / counts.judged).toBeLessThan(0.05)
    },
    TIMEOUT_MS,
  )

  it(
    'and the strategy of the arm what the arm earned, to the last digit',
    async () => {
      const { decisions } = logOf(1)
      const inArm = decisions.filter(({ decision }) => decision.strategy.name === ARM)
      const mean =
        inArm.reduce((sum, { ratingMilli }) => sum + ratingMilli, 0) / inArm.length / 1000
      for (const loggedBy of [undefined, ARM]) {
        const [report] = await evaluateStrategies({ strategies: [drawing], decisions, loggedBy })
        expect(report?.estimates?.snips.value).toBeCloseTo(mean, 12)
      }
    },
    TIMEOUT_MS,
  )
})

it('router.evaluate goes by the name that decisions were put down to', async () => {
  const strategy = experiment({ name: 'new', a: priority(), b: drawing, share: 0.5 })
  const { router } = await makeRouter({ strategy })
  const names = new Map<string, number>()
  for (let round = 0; round < 24; round += 1) {
    const answer = await router.chat({ ...hello, userId: `u${round}`, model: 'auto' })
    await read(answer)
    await router.feedback({ messageId: answer.messageId, userId: `u${round}`, rating: 1 })
    const { name } = answer.decision.strategy
    names.set(name, (names.get(name) ?? 0) + 1)
  }
  expect([...names.keys()].toSorted()).toEqual([
    'experiment:new/a:priority',
    'experiment:new/b:adaptive',
  ])
  const ratedBy = async (loggedBy?: string) =>
    (await router.evaluate({ strategies: [priority()], loggedBy }))[0]?.counts.rated
  for (const [name, count] of names) expect(await ratedBy(name)).toBe(count)
  expect(await ratedBy()).toBe(24)
  expect(await ratedBy('adaptive')).toBe(0)
  await expect(ratedBy('')).rejects.toMatchObject({ code: 'invalid-request', field: 'loggedBy' })
})
