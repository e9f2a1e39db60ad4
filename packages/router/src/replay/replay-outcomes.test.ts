import type { CandidateTable, Strategy } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { adaptive } from '../strategies/adaptive/adaptive.ts'
import { drawnOutcomes, outcomesOf } from './__fixtures__/outcomes.ts'
import { REPLAY_POLICIES, replayPolicy } from './named-policies.ts'
import { toOutcomeSet } from './outcome-set.ts'
import type { ReplayOptions } from './replay-options.ts'
import { replayOutcomes } from './replay-outcomes.ts'
import type { ReplayPolicy, ReplayRating } from './replay-policy.ts'
import type { ReplayResult } from './replay-result.ts'

async function replayOne(options: ReplayOptions): Promise<ReplayResult> {
  const [result] = await replayOutcomes(options)
  if (result === undefined) throw new Error('no result')
  return result
}

const weighted = replayPolicy('weighted')
const random = replayPolicy('random')
const everyPolicy = REPLAY_POLICIES.map((name) => replayPolicy(name))

/** Task `x`: `a` is best, `y`: `b`; `c` is middling in both. */
const small = outcomesOf([
  ['x', { a: 1, b: 0, c: 0.5 }],
  ['x', { a: 0.5, b: 0, c: 1 }],
  ['y', { a: 0, b: 1, c: 0.5 }],
  ['y', { a: 0, b: 0.5, c: 0.5 }],
])

/** Plays the model of this name, and keeps what it was shown. */
function watcher(model: string): {
  readonly policy: ReplayPolicy
  readonly shown: { taskType: string; rows: number; experience: number; seen: number }[]
  readonly ratings: ReplayRating[]
  readonly tables: CandidateTable[]
} {
  const shown: { taskType: string; rows: number; experience: number; seen: number }[] = []
  const ratings: ReplayRating[] = []
  const tables: CandidateTable[] = []
  const strategy: Strategy = {
    specVersion: 'v1',
    name: 'watcher',
    version: '1',
    rank: ({ input, table, rows, experience, learned }) => {
      const count = experience?.count.reduce((sum, one) => sum + one, 0) ?? 0
      const { taskType } = input
      shown.push({ taskType, rows: rows.length, experience: count, seen: Number(learned) })
      const wanted = table.modelIds.indexOf(model)
      const row = rows.includes(wanted) ? wanted : (rows[0] ?? 0)
      return { rows: Uint32Array.of(row), scores: Float64Array.of(1), propensity: 1 }
    },
  }
  const policy: ReplayPolicy = {
    name: 'watcher',
    strategy,
    makeLearner: (first) => {
      tables.push(first)
      return {
        observe: (rating) => {
          ratings.push(rating)
          return undefined
        },
        learned: () => ratings.length,
        changeTable: (table) => tables.push(table),
      }
    },
  }
  return { policy, shown, ratings, tables }
}

describe('the lines beside a replay', () => {
  it('are what one gets by hand', async () => {
    const result = await replayOne({ outcomes: small, policies: [random], seeds: 3 })
    expect(result.random).toBeCloseTo((0.5 + 0.5 + 0.5 + 1 / 3) / 4, 12)
    expect(result.bestSingle).toBeCloseTo(2.5 / 4, 12)
    expect(result.taskOracle).toBeCloseTo((1.5 + 1.5) / 4, 12)
    expect(result.queryOracle).toBeCloseTo(3.5 / 4, 12)
  })

  it('stand in for scores that are missing with the mean of the others', async () => {
    const outcomes = outcomesOf([
      ['x', { a: 1, b: 0 }],
      ['x', { b: 1 }],
      ['x', { a: 0, b: 0.5 }],
    ])
    const result = await replayOne({ outcomes, policies: [random], seeds: 1 })
    expect(result.random).toBeCloseTo((0.5 + 1 + 0.25) / 3, 12)
    expect(result.bestSingle).toBeCloseTo((1 + 1 + 0) / 3, 12)
    expect(result.queryOracle).toBeCloseTo((1 + 1 + 0.5) / 3, 12)
  })
})

describe('a replay', () => {
  it('gives what the model that was picked got', async () => {
    const { policy } = watcher('c')
    const result = await replayOne({ outcomes: small, policies: [policy], seeds: 4 })
    expect(result).toMatchObject({ dataset: 'made', policy: 'watcher', seeds: 4, requests: 4 })
    expect(result.mean).toBeCloseTo(2.5 / 4, 12)
    expect(result.meanSd).toBeCloseTo(0, 12)
  })

  it('counts the last quarter apart', async () => {
    // Its own scores fall after three quarters; the order of rows with equal scores does not matter.
    const rows = Array.from({ length: 40 }, () => ['x', { a: 1 }] as const)
    const result = await replayOne({
      outcomes: outcomesOf(rows),
      policies: [weighted],
      seeds: 2,
      degrade: { model: 'a', at: 0.75 },
    })
    expect(result.lastQuarter).toBe(0.5)
    expect(result.mean).toBeCloseTo((30 + 5) / 40, 12)
  })

  it('offers only models that have a score for the request', async () => {
    const outcomes = outcomesOf([
      ['x', { a: 1, b: 0 }],
      ['x', { b: 1 }],
    ])
    const { policy, shown } = watcher('a')
    const result = await replayOne({ outcomes, policies: [policy], seeds: 1 })
    expect(new Set(shown.map(({ rows }) => rows))).toEqual(new Set([1, 2]))
    expect(result.mean).toBe(1)
  })

  it('adds costs and latencies up over the answers of which they are known', async () => {
    const outcomes = toOutcomeSet('made', [
      { id: '1', task: 'x', score: { a: 1 }, cost: { a: 3 }, latencyMs: { a: 10 } },
      { id: '2', task: 'x', score: { a: 1 }, cost: { a: 1 } },
      { id: '3', task: 'x', score: { a: 1 } },
    ])
    const result = await replayOne({ outcomes, policies: [weighted], seeds: 2 })
    expect(result.costMean).toBe(2)
    expect(result.latencyMeanMs).toBe(10)
    expect(await replayOne({ outcomes: small, policies: [weighted] })).not.toHaveProperty(
      'costMean',
    )
  })

  it.each(everyPolicy)('of one model and one request is right: $name', async (policy) => {
    const outcomes = outcomesOf([['x', { a: 0.25 }]])
    const result = await replayOne({ outcomes, policies: [policy], seeds: 2 })
    expect(result).toMatchObject({
      mean: 0.25,
      lastQuarter: 0.25,
      meanSd: 0,
      random: 0.25,
      bestSingle: 0.25,
      taskOracle: 0.25,
      queryOracle: 0.25,
    })
  })

  it('is the same for the same options, and another for another seed', async () => {
    const outcomes = drawnOutcomes({ x: { a: 0.2, b: 0.7 }, y: { a: 0.6, b: 0.3 } }, 200)
    const options = { outcomes, policies: everyPolicy, seeds: 2, feedback: 0.5 }
    const first = await replayOutcomes(options)
    expect(await replayOutcomes(options)).toEqual(first)
    const [, , , chance] = await replayOutcomes({ ...options, seeds: 3 })
    expect(chance?.mean).not.toBe(first[3]?.mean)
  })

  it('shows every policy the same requests, alone or beside others', async () => {
    const outcomes = drawnOutcomes({ x: { a: 0.2, b: 0.7 } }, 100)
    const [alone] = await replayOutcomes({ outcomes, policies: [random], seeds: 2 })
    const together = await replayOutcomes({ outcomes, policies: everyPolicy, seeds: 2 })
    expect(together.find(({ policy }) => policy === 'random')).toEqual(alone)
  })

  it('ends when it is aborted', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const running = replayOutcomes({
      outcomes: small,
      policies: [weighted],
      signal: stop.signal,
      onProgress: () => stop.abort(reason),
    })
    await expect(running).rejects.toBe(reason)
  })
})

describe('what the router is shown', () => {
  const outcomes = drawnOutcomes({ x: { a: 1, b: 0 }, y: { a: 1, b: 0 } }, 2000)

  it('is a rating of the model that answered, and of no other', async () => {
    const { policy, ratings, shown } = watcher('a')
    await replayOne({ outcomes, policies: [policy], seeds: 1 })
    expect(ratings).toHaveLength(1999)
    expect(ratings.every(({ row, ratingMilli }) => row === 0 && ratingMilli === 1000)).toBe(true)
    expect(shown.map(({ seen }) => seen)).toEqual(shown.map((_, place) => place))
  })

  it('is a rating for a share of the answers', async () => {
    const { policy, ratings } = watcher('a')
    await replayOne({ outcomes, policies: [policy], seeds: 1, feedback: 0.2 })
    expect(ratings.length / 2000).toBeCloseTo(0.2, 1)
    const none = watcher('a')
    await replayOne({ outcomes, policies: [none.policy], seeds: 1, feedback: 0 })
    expect(none.ratings).toEqual([])
  })

  it('comes so many requests later', async () => {
    const { policy, shown } = watcher('a')
    await replayOne({ outcomes, policies: [policy], seeds: 1, delay: 25 })
    expect(shown.map(({ seen }) => seen)).toEqual(shown.map((_, place) => Math.max(0, place - 25)))
  })

  it('is the task, sometimes another, or what the text looks like', async () => {
    const seen = async (options: Partial<ReplayOptions>): Promise<readonly string[]> => {
      const { policy, shown } = watcher('a')
      await replayOne({ outcomes, policies: [policy], seeds: 1, ...options })
      return shown.map(({ taskType }) => taskType)
    }
    const right = await seen({})
    const noisy = await seen({ label: 'noisy', noise: 0.3 })
    const wrong = noisy.filter((label, place) => label !== right[place])
    expect(wrong.length / 2000).toBeCloseTo(0.3, 1)
    expect(new Set(noisy)).toEqual(new Set(['x', 'y']))
    const some = await seen({ label: 'some', noise: 0.5 })
    const unnamed = some.filter((label, place) => label !== right[place])
    // Guessed from the half that has labels, once there are some.
    expect(unnamed.length).toBeGreaterThan(0)
    expect(unnamed.length).toBeLessThan(100)
    const bare = await seen({ label: 'none' })
    // Buckets, until 400 texts have shown which groups they fall into.
    expect(new Set(bare.slice(0, 400))).toEqual(new Set(['general/latin-short']))
    expect(bare.slice(400).every((label) => label.startsWith('general/~'))).toBe(true)
    expect(new Set(await seen({ label: 'none', labelOfText: () => 'mine' }))).toEqual(
      new Set(['mine']),
    )
  })

  it('is as many requests as asked for', async () => {
    const { policy, shown } = watcher('a')
    const result = await replayOne({ outcomes, policies: [policy], seeds: 1, limit: 30 })
    expect([shown.length, result.requests]).toEqual([30, 30])
  })

  it('is each model’s priority and average cost', async () => {
    const set = toOutcomeSet('made', [
      { id: '1', task: 'x', score: { a: 1, b: 1 }, cost: { a: 2 } },
      { id: '2', task: 'x', score: { a: 1, b: 1 }, cost: { a: 4 } },
    ])
    const { policy, tables } = watcher('a')
    const priorities = new Map([['b', 80]])
    await replayOne({ outcomes: set, policies: [policy], seeds: 1, priorities })
    expect([...(tables[0]?.priority ?? [])]).toEqual([0.5, 0.8])
    expect([...(tables[0]?.price ?? [])]).toEqual([3, Number.NaN])
  })
})

describe('a model that changes', () => {
  const outcomes = drawnOutcomes(
    { x: { best: 0.9, good: 0.6, bad: 0.2 }, y: { best: 0.8, good: 0.6, bad: 0.1 } },
    1200,
  )

  it('joins: nobody can play it before, and its rows are found again', async () => {
    const { policy, shown, tables, ratings } = watcher('best')
    const result = await replayOne({
      outcomes,
      policies: [policy],
      seeds: 1,
      improve: { at: 0.25 },
    })
    expect(shown.filter(({ rows }) => rows === 2)).toHaveLength(300)
    expect(tables.map(({ modelIds }) => modelIds)).toEqual([
      ['bad', 'good'],
      ['bad', 'best', 'good'],
    ])
    expect(tables[1]?.createdAtMs[1]).toBeGreaterThan(0)
    expect([...(tables[1]?.createdAtMs ?? [])].filter((atMs) => atMs === 0)).toHaveLength(2)
    // The last rating of before comes after the change, under its new row.
    expect(ratings.slice(0, 299).every(({ row }) => row === 0)).toBe(true)
    expect(ratings.slice(300).every(({ row }) => row === 1)).toBe(true)
    expect(result.events).toEqual([{ from: 300, to: 300, text: 'best joins' }])
    expect(result.sections.map(({ from, to }) => [from, to])).toEqual([
      [0, 300],
      [300, 1200],
    ])
    expect(result.reactions).toMatchObject([{ kind: 'found', model: 'best', seenIn: 2 }])
  })

  it('gets worse: its scores halve, and it is left', async () => {
    const results = await replayOutcomes({
      outcomes,
      policies: [replayPolicy('adaptive'), replayPolicy('priority')],
      seeds: 6,
      priorities: new Map([['best', 90]]),
      degrade: { at: 0.5 },
    })
    const [learning, stubborn] = results
    expect(learning?.reactions).toMatchObject([{ kind: 'left', model: 'best', seenIn: 2 }])
    expect(learning?.reactions[0]?.requests).toBeLessThan(300)
    expect(stubborn?.reactions).toMatchObject([{ requests: undefined, tasks: 2, seenIn: 0 }])
    expect(stubborn?.sections[1]?.lines.random).toBeLessThan(
      stubborn?.sections[0]?.lines.random ?? 0,
    )
  })

  it('comes late: half of them join one by one', async () => {
    const { policy, shown, tables } = watcher('best')
    const result = await replayOne({ outcomes, policies: [policy], seeds: 1, isCold: true })
    expect(tables.map(({ size }) => size)).toEqual([2, 3])
    expect(shown.findIndex(({ rows }) => rows === 3)).toBe(240)
    expect(result.events).toEqual([
      { from: 240, to: 840, text: 'half of the models join, one by one' },
    ])
  })
})

describe('options that make no sense', () => {
  const policies = [weighted]
  it.each<[string, Partial<ReplayOptions>]>([
    ['`outcomes`', { outcomes: outcomesOf([]) }],
    ['`policies`', { policies: [] }],
    ['`seeds`', { seeds: 0 }],
    ['`feedback`', { feedback: 1.2 }],
    ['`delay`', { delay: -1 }],
    ['`noise`', { noise: Number.NaN }],
    ['`limit`', { limit: 0 }],
    ['`days`', { days: 0 }],
    ['`priorities`', { priorities: new Map([['a', 101]]) }],
    ['`priorities`', { priorities: new Map([['nobody', 1]]) }],
    ['`degrade.model`', { degrade: { model: 'nobody' } }],
    ['`degrade.at`', { degrade: { at: 2 } }],
    ['`degrade.at`', { degrade: {}, improve: {} }],
    ['`improve`', { outcomes: outcomesOf([['x', { a: 1 }]]), improve: {} }],
  ])('are refused by name: %s', async (name, options) => {
    await expect(replayOutcomes({ outcomes: small, policies, ...options })).rejects.toThrow(name)
  })
})

describe('whatever the scores', () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true })
  const row = fc.tuple(
    fc.constantFrom('x', 'y', 'z'),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), score, { minKeys: 1 }),
  )

  it('no policy earns more than the best of each request, and lines are in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const outcomes = outcomesOf(rows)
        for (const result of await replayOutcomes({ outcomes, policies: everyPolicy, seeds: 2 })) {
          expect(result.mean).toBeLessThanOrEqual(result.queryOracle + 1e-12)
          expect(result.random).toBeLessThanOrEqual(result.bestSingle + 1e-12)
          expect(result.bestSingle).toBeLessThanOrEqual(result.taskOracle + 1e-12)
          expect(result.taskOracle).toBeLessThanOrEqual(result.queryOracle + 1e-12)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('chance earns the mean of the models', async () => {
    const outcomes = drawnOutcomes(
      { x: { a: 0.1, b: 0.9, c: 0.4 }, y: { a: 1, b: 0.3, c: 0 } },
      900,
    )
    const result = await replayOne({ outcomes, policies: [random], seeds: 20 })
    // 18,000 draws with a deviation below a half.
    expect(Math.abs(result.mean - result.random)).toBeLessThan(4 * (0.5 / Math.sqrt(18_000)))
  })
})

it('a learner of one’s own learns what `learn` of the strategy learns', async () => {
  const outcomes = drawnOutcomes({ x: { a: 0.2, b: 0.7 }, y: { a: 0.6, b: 0.3 } }, 150)
  const quiet = { drift: { threshold: 1e6 } }
  const [incremental, whole] = await replayOutcomes({
    outcomes,
    policies: [
      { ...replayPolicy('adaptive', quiet), name: 'adaptive' },
      { name: 'adaptive', strategy: adaptive(quiet) },
    ],
    seeds: 3,
  })
  expect(whole?.curve).toEqual(incremental?.curve)
})
