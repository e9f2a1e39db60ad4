import type { RatedDecision } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import {
  MODELS,
  coin,
  fixedPolicy,
  loggedDecision,
  softLog,
  trueValue,
} from './__fixtures__/soft-log.ts'
import type { SoftLogOptions } from './__fixtures__/soft-log.ts'
import { evaluateStrategies } from './evaluate-strategies.ts'
import type { EvaluateOptions } from './evaluate-strategies.ts'
import type { EvaluationReport } from './evaluation-report.ts'

async function evaluateOne(
  strategy: EvaluateOptions['strategies'][number],
  decisions: EvaluateOptions['decisions'],
): Promise<EvaluationReport> {
  const [report] = await evaluateStrategies({ strategies: [strategy], decisions })
  if (report === undefined) throw new Error('no report')
  return report
}

/** Policies that are not the logging one, which plays 0, 1, 2 by task. */
const POLICIES = [[0], [0, 2, 1], [1, 0, 2], [2, 1, 0]] as const
interface CoverageOptions extends Pick<SoftLogOptions, 'size' | 'mistake'> {
  readonly runs: number
}

/** How many logs give a report that is not refused and whose interval holds the true value. */
async function coverage({ runs, size, mistake }: CoverageOptions) {
  const covered = { ips: 0, snips: 0, doublyRobust: 0 }
  const refused: Partial<Record<string, number>> = {}
  const misses: number[] = []
  for (let seed = 1; seed <= runs; seed += 1) {
    const models = POLICIES[seed % POLICIES.length] ?? [0]
    const strategy = fixedPolicy('fixed', models)
    const report = await evaluateOne(strategy, softLog({ seed, size, mistake }))
    const kind = report.refused?.kind
    if (kind !== undefined) refused[kind] = (refused[kind] ?? 0) + 1
    const truth = trueValue(models)
    for (const name of ['ips', 'snips', 'doublyRobust'] as const) {
      const estimate = report.estimates?.[name]
      if (estimate === undefined) continue
      if (estimate.low <= truth && truth <= estimate.high) covered[name] += 1
      if (name !== 'ips') misses.push(Math.abs(estimate.value - truth))
    }
  }
  return { covered, refused, misses }
}

describe('a log of known propensities', () => {
  it('gives the value of other policies, and intervals that hold it in 90 of 100 logs and more', async () => {
    const { covered, refused, misses } = await coverage({ runs: 100, size: 1_500 })
    expect(refused).toEqual({})
    for (const count of Object.values(covered)) expect(count).toBeGreaterThanOrEqual(90)
    // Not conservative to the point of saying nothing: some miss.
    expect(covered.ips + covered.snips + covered.doublyRobust).toBeLessThan(300)
    expect(misses.reduce((sum, miss) => sum + miss, 0) / misses.length).toBeLessThan(0.05)
  })

  it.each([
    [
      'ε/K where exploration lands on the greedy model',
      ({ propensity, isExploration }) => (isExploration ? 0.3 / MODELS.length : propensity),
    ],
    ['1 throughout', () => 1],
    ['the square root', ({ propensity }) => Math.sqrt(propensity)],
  ] satisfies [string, SoftLogOptions['mistake']][])(
    'is not taken for one when propensities are wrong: %s',
    async (_name, mistake) => {
      const { covered, refused } = await coverage({ runs: 12, size: 6_000, mistake })
      // The test above would fail: of 12, 11 would have to be.
      expect(covered.ips).toBeLessThan(11)
      expect(covered.snips).toBeLessThan(11)
      expect(covered.doublyRobust).toBeLessThan(11)
      const why = (refused['wrong-propensities'] ?? 0) + (refused['no-support'] ?? 0)
      expect(why).toBeGreaterThan(6)
    },
  )

  it('evaluates strategies with chance as well', async () => {
    const report = await evaluateOne(coin(0.25), softLog({ seed: 7, size: 10_000 }))
    const truth = 0.25 * trueValue([0]) + 0.75 * trueValue([1])
    expect(Math.abs((report.value?.value ?? 0) - truth)).toBeLessThan(0.03)
    expect(report.diagnostics.meanWeight).toBeCloseTo(1, 1)
  })

  it('says in one sentence what would have been earned', async () => {
    const { sentence, value, actual } = await evaluateOne(
      fixedPolicy('all-a', [0]),
      softLog({ seed: 3, size: 3_000 }),
    )
    expect(sentence).toMatch(
      /^Strategy all-a would have earned 0\.\d\d \(0\.\d\d–0\.\d\d\) against 0\.\d\d actually\.$/,
    )
    expect(sentence).toContain(`${value?.value.toFixed(2)} (${value?.low.toFixed(2)}`)
    expect(actual?.value).toBeGreaterThan(0.6)
  })
})

describe('what is not judged', () => {
  it('is a strategy of which fewer decisions speak than 100 of its own would', async () => {
    const report = await evaluateOne(fixedPolicy('d', [3]), softLog({ seed: 1, size: 400 }))
    expect(report.diagnostics.effectiveSampleSize).toBeLessThan(100)
    expect(report).toMatchObject({ value: undefined, estimates: undefined })
    expect(report.refused?.kind).toBe('small-sample')
    expect(report.sentence).toMatch(
      /^Strategy d is not judged: 400 decisions say as much of it as \d\d of its own would, and 100 are needed\.$/,
    )
  })

  it('is one that plays what the log had no chance of playing', async () => {
    const log = Array.from({ length: 500 }, (_, index) => ({
      decision: loggedDecision(index, {
        modelId: index % 2 === 0 ? 'p/a' : 'p/b',
        propensity: index % 2 === 0 ? 1 : 0.75,
        propensityLog: { count: 24, draws: 32, epsilon: index % 4 === 1 ? 0 : 0.02, candidates: 4 },
      }),
      ratingMilli: 500,
    }))
    const { refused, diagnostics } = await evaluateOne(fixedPolicy('c', [2]), log)
    // Half were certain, and a quarter was drawn without a uniform share.
    expect(diagnostics.unsupported).toBe(0.75)
    expect(refused).toEqual({
      kind: 'no-support',
      reason:
        'in 75 % of the decisions it would play a model that the log had no chance of playing.',
    })
  })

  it('is anything where no decision was rated', async () => {
    const { refused, actual } = await evaluateOne(fixedPolicy('a', [0]), [])
    expect(refused?.kind).toBe('no-decisions')
    expect(actual).toBeUndefined()
  })
})

describe('what is counted', () => {
  const rated = (decisions: readonly RatedDecision['decision'][]): readonly RatedDecision[] =>
    decisions.map((decision) => ({ decision, ratingMilli: 500 }))

  it('are decisions that are not eligible, by reason, with a warning when many did not rank first', async () => {
    const log = rated([
      ...Array.from({ length: 6 }, (_, index) =>
        loggedDecision(index, { opeEligible: false, opeReason: 'not-rank-one' }),
      ),
      loggedDecision(6, { opeEligible: false, opeReason: 'sticky' }),
      ...Array.from({ length: 93 }, (_, index) => loggedDecision(7 + index)),
    ])
    const report = await evaluateOne(fixedPolicy('a', [0]), log)
    expect(report.counts).toEqual({
      rated: 100,
      eligible: 93,
      notEligible: { 'not-rank-one': 6, sticky: 1 },
      unusable: {},
      used: 93,
    })
    expect(report.warnings).toEqual([
      '6.0 % of the rated answers came from another model than the first-ranked one; what those requests were like is missing here.',
    ])
    const fewer = await evaluateOne(fixedPolicy('a', [0]), log.slice(1))
    expect(fewer.counts.notEligible['not-rank-one']).toBe(5)
    // 5 of 99 are still above 5 %.
    expect(fewer.warnings).toHaveLength(1)
    const five = await evaluateOne(fixedPolicy('a', [0]), [...log.slice(1), ...log.slice(-1)])
    expect(five.warnings).toEqual([])
  })

  it('are decisions that say nothing of a strategy', async () => {
    const log = rated([
      loggedDecision(0, { candidateCount: 65 }),
      loggedDecision(1, { modelId: 'p/gone' }),
      loggedDecision(2, { propensity: 0 }),
      loggedDecision(3, { propensity: Number.NaN }),
      loggedDecision(4),
    ])
    const { counts, warnings } = await evaluateOne(fixedPolicy('a', [0]), log)
    expect(counts.unusable).toEqual({ 'candidates-not-stored': 2, 'no-propensity': 2 })
    expect(counts.used).toBe(1)
    expect(warnings[0]).toBe(
      '80 % of the eligible decisions say nothing of this strategy: 2 candidates-not-stored, 2 no-propensity.',
    )
  })

  it('are the decisions of a strategy itself as they are, whatever was stored of them', async () => {
    const log = rated(
      Array.from({ length: 120 }, (_, index) =>
        loggedDecision(index, { candidateCount: 1_000, propensity: 0.1 }),
      ),
    )
    const { value, diagnostics } = await evaluateOne({ ...coin(0.5), name: 'soft' }, log)
    expect(value?.value).toBe(0.5)
    expect(diagnostics).toMatchObject({ effectiveSampleSize: 120, meanWeight: 1, largestWeight: 1 })
  })
})

describe('what a strategy is shown', () => {
  it('is what the log had at the moment of the decision, and what is known of the models', async () => {
    const seen: unknown[] = []
    const spy = fixedPolicy('spy', [0])
    const candidates = [
      { modelId: 'p/b', score: 0.9, priority: 0.25, experience: 0.5, ratings: 4 },
      { modelId: 'p/a', score: 0.1, priority: 1, ratings: 0 },
    ]
    const decision = loggedDecision(0, { candidates, candidateCount: 2 })
    await evaluateStrategies({
      strategies: [
        {
          ...spy,
          learn: ({ cells }) => cells,
          rank: (request) => {
            const { table, experience, learned, input } = request
            seen.push({ table, experience, learned, input })
            return spy.rank(request)
          },
        },
      ],
      decisions: [{ decision, ratingMilli: 1_000 }],
      factsOf: (modelId) => (modelId === 'p/a' ? { price: 3 } : undefined),
    })
    expect(seen).toMatchObject([
      {
        table: {
          modelIds: ['p/a', 'p/b'],
          priority: Float64Array.of(1, 0.25),
          price: Float64Array.of(3, Number.NaN),
        },
        experience: { count: Float64Array.of(0, 4), sum: Float64Array.of(0, 2) },
        learned: [{ modelId: 'p/b', count: 4, sum: 2_000, taskType: 'code', month: '2026-01' }],
        input: { taskType: 'code', requiredCapabilities: 1, atMs: decision.atMs },
      },
    ])
  })

  it('is said to be less than it would know, when it learns', async () => {
    const learning = { ...fixedPolicy('learning', [0]), learn: () => undefined }
    const { warnings } = await evaluateOne(learning, softLog({ seed: 1, size: 500 }))
    expect(warnings.some((warning) => warning.startsWith('It learns'))).toBe(true)
  })
})

describe('reading', () => {
  it('stops between two decisions, and ends the reading', async () => {
    const stop = new AbortController()
    let [given, isEnded] = [0, false]
    async function* decisions() {
      try {
        for (const each of softLog({ seed: 1, size: 100 })) {
          given += 1
          if (given === 10) stop.abort('enough')
          yield each
        }
      } finally {
        isEnded = true
      }
    }
    const strategies = [fixedPolicy('a', [0])]
    const evaluation = evaluateStrategies({
      strategies,
      decisions: decisions(),
      signal: stop.signal,
    })
    await expect(evaluation).rejects.toBe('enough')
    expect([given, isEnded]).toEqual([10, true])
  })

  it.each([0, 1.5, -1])('refuses %d draws', async (draws) => {
    await expect(evaluateStrategies({ strategies: [], decisions: [], draws })).rejects.toThrow(
      `\`draws\` must be a positive integer, got ${draws}`,
    )
  })
})
