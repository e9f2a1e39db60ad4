import type { Decision, PropensityLog, RatedDecision } from '@imrs/core'
import { toRatingMilli } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { MODELS, fixedPolicy, loggedDecision } from './__fixtures__/soft-log.ts'
import { evaluateStrategies } from './evaluate-strategies.ts'
import type { EvaluateOptions } from './evaluate-strategies.ts'
import type { EvaluationReport } from './evaluation-report.ts'
import { nameWithoutArm } from './logged-weight.ts'

/** What an answer of each model is rated, always. */
const RATINGS: Readonly<Record<string, number>> = { 'p/a': 0.8, 'p/b': 0.4, 'p/c': 0.2, 'p/d': 0.6 }

interface LoggedArm {
  readonly name: string
  readonly armShare: number
  readonly armWeight?: number | undefined
  /** By model: its chance within the arm. */
  readonly chances: readonly number[]
}

/** As many decisions of each arm and model as their chances say, so that nothing is left to luck. */
function exactLog(arms: readonly LoggedArm[], size = 2400): readonly RatedDecision[] {
  const decisions: RatedDecision[] = []
  for (const { name, armShare, armWeight, chances } of arms) {
    for (const [model, chance] of chances.entries()) {
      const modelId = MODELS[model] ?? ''
      const log: PropensityLog = {
        count: 1,
        draws: 1,
        epsilon: chance < 1 ? 0.1 : 0,
        candidates: MODELS.length,
        share: armShare,
        armShare,
        ...(armWeight === undefined ? {} : { armWeight }),
      }
      for (let copy = 0; copy < Math.round(size * armShare * chance); copy += 1) {
        const changes: Partial<Decision> = {
          modelId,
          propensity: armShare * chance,
          propensityLog: log,
          strategy: { name: `experiment:new/${name}`, version: '1' },
        }
        const ratingMilli = toRatingMilli(RATINGS[modelId] ?? 0)
        decisions.push({ decision: loggedDecision(decisions.length, changes), ratingMilli })
      }
    }
  }
  return decisions
}

/** `a` plays the first model, `b` draws; a quarter of requests are those of `b`. */
const ONE_DRAWS: readonly LoggedArm[] = [
  { name: 'a:fixed', armShare: 0.75, armWeight: 0, chances: [1] },
  { name: 'b:soft', armShare: 0.25, armWeight: 1, chances: [0.4, 0.3, 0.2, 0.1] },
]
const BOTH_DRAW: readonly LoggedArm[] = [
  { name: 'a:other', armShare: 0.75, armWeight: 0.75, chances: [0.1, 0.2, 0.3, 0.4] },
  { name: 'b:soft', armShare: 0.25, armWeight: 0.25, chances: [0.4, 0.3, 0.2, 0.1] },
]
const NONE_DRAWS: readonly LoggedArm[] = [
  { name: 'a:fixed', armShare: 0.75, chances: [1] },
  { name: 'b:fixed', armShare: 0.25, chances: [0, 1] },
]

async function judge(
  decisions: readonly RatedDecision[],
  strategy: EvaluateOptions['strategies'][number],
  loggedBy?: string,
): Promise<EvaluationReport> {
  const [report] = await evaluateStrategies({ strategies: [strategy], decisions, loggedBy })
  if (report === undefined) throw new Error('no report')
  return report
}

function expectExactly(report: EvaluationReport, value: number): void {
  expect(report.refused).toBeUndefined()
  expect(report.diagnostics.meanWeight).toBeCloseTo(1, 10)
  expect(report.estimates?.ips.value).toBeCloseTo(value, 10)
  expect(report.estimates?.snips.value).toBeCloseTo(value, 10)
}

describe('a log of an experiment', () => {
  it.each([
    ['one arm draws', ONE_DRAWS],
    ['both arms draw', BOTH_DRAW],
  ])('gives exactly what any policy earns, from both arms together: %s', async (_, arms) => {
    const log = exactLog(arms, 9600)
    for (const [model, modelId] of MODELS.entries()) {
      const report = await judge(log, fixedPolicy('fixed-else', [model]))
      expectExactly(report, RATINGS[modelId] ?? 0)
      expect(report.counts.used).toBe(9600)
    }
  })

  it.each([
    ['one arm draws', ONE_DRAWS],
    ['both arms draw', BOTH_DRAW],
  ])('and from one arm by its name: %s', async (_, arms) => {
    const log = exactLog(arms, 9600)
    for (const [model, modelId] of MODELS.entries()) {
      const report = await judge(log, fixedPolicy('else', [model]), 'experiment:new/b:soft')
      expectExactly(report, RATINGS[modelId] ?? 0)
      expect(report.counts).toMatchObject({ rated: 2400, used: 2400 })
      // Within the arm, not of arm and model: the least likely model has a chance of 0.1.
      expect(report.diagnostics.largestWeight).toBeCloseTo([2.5, 10 / 3, 5, 10][model] ?? 0, 10)
    }
  })

  it('says nothing of other models by an arm that does not draw', async () => {
    const log = exactLog(ONE_DRAWS)
    const arm = 'experiment:new/a:fixed'
    expectExactly(await judge(log, fixedPolicy('else', [0]), arm), 0.8)
    const report = await judge(log, fixedPolicy('else', [1]), arm)
    expect(report.refused?.kind).toBe('no-support')
    expect(report.diagnostics.unsupported).toBe(1)
  })

  it('goes by the chance of the arm where neither draws', async () => {
    const log = exactLog(NONE_DRAWS)
    expectExactly(await judge(log, fixedPolicy('else', [0])), 0.8)
    expectExactly(await judge(log, fixedPolicy('else', [1])), 0.4)
    const report = await judge(log, fixedPolicy('else', [2]))
    expect(report.refused?.kind).toBe('small-sample')
  })

  it('knows the strategy of an arm again', async () => {
    const log = exactLog(ONE_DRAWS)
    // It would play something else if it were asked.
    const soft = { ...fixedPolicy('soft', [3]), version: '1' }
    const earned = 0.4 * 0.8 + 0.3 * 0.4 + 0.2 * 0.2 + 0.1 * 0.6
    expectExactly(await judge(log, soft), earned)
    expectExactly(await judge(log, soft, 'experiment:new/b:soft'), earned)
  })

  it('was taken for wrong propensities while the chance of an arm was not told from that of a model', async () => {
    const log = exactLog(BOTH_DRAW).map(({ decision, ratingMilli }) => {
      const {
        armShare: _share,
        armWeight: _weight,
        ...rest
      } = decision.propensityLog ?? {
        count: 1,
        draws: 1,
        epsilon: 0,
        candidates: 4,
      }
      return { decision: { ...decision, propensityLog: rest }, ratingMilli }
    })
    const report = await judge(log, fixedPolicy('else', [1]))
    expect(report.diagnostics.meanWeight).toBeCloseTo(2, 10)
    expect(report.refused?.kind).toBe('wrong-propensities')
  })
})

it.each([
  ['weighted', 'weighted'],
  ['experiment:new/b:adaptive', 'adaptive'],
  ['experiment:a.b-c_d/a:sticky:weighted', 'sticky:weighted'],
  ['experiment:x/a:experiment:y/b:spread:weighted', 'spread:weighted'],
  ['experiment:x/c:weighted', 'experiment:x/c:weighted'],
  ['sticky:experiment:x/a:weighted', 'sticky:experiment:x/a:weighted'],
])('takes the arm from %s', (name, without) => {
  expect(nameWithoutArm(name)).toBe(without)
})
