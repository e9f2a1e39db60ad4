import type { CandidateTable, Decision, RatedDecision, Strategy, TaskExperience } from '@imrs/core'
import { drawSeed, seededRandom, toRatingMilli } from '@imrs/core'

import { createAdaptiveLearner } from '../../strategies/adaptive/adaptive-learner.ts'

/** Requests of known outcome: what each model would be rated for each. */
export interface KnownOutcomes {
  readonly models: readonly string[]
  /** One per request: its task and the rating, 0 to 1, that each model would get. */
  readonly requests: readonly { readonly task: string; readonly scores: readonly number[] }[]
  /** What each model gets on average, by request; the scores themselves where outcomes are real. */
  readonly expected: readonly (readonly number[])[]
}

export interface LogOptions {
  readonly outcomes: KnownOutcomes
  /** Makes the log, learning as it goes. */
  readonly logging: Strategy
  /** What `logging` wants to be shown of what `adaptive` learned. Default: just that. */
  readonly shown?: ((learned: unknown) => unknown) | undefined
  /** Evaluated: what each would really have earned is found beside. */
  readonly targets: readonly Strategy[]
  readonly seed: number
}

export interface MadeLog {
  readonly decisions: readonly RatedDecision[]
  /** By target: what it earns on the log's requests, with what the log knew at each. */
  readonly truths: readonly number[]
}

const START_MS = Date.UTC(2026, 0, 1)

/** Plays requests with a strategy and writes down what the router would have: exact propensities and all. */
export function makeLog({ outcomes, logging, targets, seed, ...options }: LogOptions): MadeLog {
  const { shown = (learned) => learned } = options
  const random = seededRandom(seed)
  const table = tableOf(outcomes.models)
  const rows = Uint32Array.from(outcomes.models, (_, row) => row)
  const learner = createAdaptiveLearner(table)
  const ratings = new Map<string, { count: Float64Array; sum: Float64Array }>()
  const earned = targets.map(() => 0)
  const decisions = outcomes.requests.map(({ task, scores }, index) => {
    const experience = ratings.get(task)
    const request = {
      input: { taskType: task, requiredCapabilities: 0, atMs: START_MS + index },
      table,
      rows,
      experience,
      learned: learner.learned(),
      limit: rows.length,
    }
    const playedSeed = drawSeed(random)
    const ranking = logging.rank({
      ...request,
      learned: shown(request.learned),
      random: seededRandom(playedSeed),
    })
    const decision = toDecision({ index, seed: playedSeed, task, table, experience, logging })(
      ranking,
    )
    for (const [target, strategy] of targets.entries()) {
      const expected = outcomes.expected[index] ?? []
      earned[target] = (earned[target] ?? 0) + expectedOf(strategy, request, expected)
    }
    const row = ranking.rows[0] ?? 0
    const ratingMilli = toRatingMilli(scores[row] ?? 0)
    learner.observe({ task, row, ratingMilli, atMs: START_MS + index })
    count(ratings, { task, size: table.size, row, rating: ratingMilli / 1000 })
    return { decision, ratingMilli }
  })
  return { decisions, truths: earned.map((sum) => sum / decisions.length) }
}

/** Deterministic strategies, and the one that plays all alike. */
function expectedOf(
  strategy: Strategy,
  request: Omit<Parameters<Strategy['rank']>[0], 'random'>,
  expected: readonly number[],
): number {
  if (strategy.name === 'uniform') {
    return expected.reduce((sum, value) => sum + value, 0) / expected.length
  }
  const [row = 0] = strategy.rank({ ...request, random: () => 0 }).rows
  return expected[row] ?? 0
}

function tableOf(models: readonly string[]): CandidateTable {
  const size = models.length
  return {
    size,
    modelIds: models,
    capabilities: new Uint32Array(size),
    // Different ones, so that `priority` is a policy of its own.
    priority: Float64Array.from(models, (_, row) => 0.5 + ((row * 7) % 5) / 100),
    price: new Float64Array(size).fill(Number.NaN),
    contextLength: new Float64Array(size),
    cacheSaving: new Float64Array(size),
    createdAtMs: new Float64Array(size),
  }
}

interface DecisionSource {
  readonly index: number
  readonly seed: number
  readonly task: string
  readonly table: CandidateTable
  readonly experience: TaskExperience | undefined
  readonly logging: Strategy
}

function toDecision({ index, seed, task, table, experience, logging }: DecisionSource) {
  const id = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`
  return (ranking: ReturnType<Strategy['rank']>): Decision => ({
    id,
    messageId: id,
    tenantId: 'default',
    agentId: 'default',
    atMs: START_MS + index,
    source: 'auto',
    modelId: table.modelIds[ranking.rows[0] ?? 0] ?? '',
    task: { type: task, source: 'detector', confidence: 'high', matches: 1 },
    requiredCapabilities: [],
    candidates: Array.from(ranking.rows, (row, place) => {
      const ratings = experience?.count[row] ?? 0
      return {
        modelId: table.modelIds[row] ?? '',
        score: ranking.scores[place] ?? 0,
        priority: table.priority[row] ?? 0,
        experience: ratings === 0 ? undefined : (experience?.sum[row] ?? 0) / ratings,
        ratings,
      }
    }),
    candidateCount: table.size,
    exclusions: { counts: {}, examples: [] },
    propensity: ranking.propensity,
    propensityLog: ranking.propensityLog,
    opeEligible: true,
    strategy: ranking.strategy ?? { name: logging.name, version: logging.version },
    snapshotVersion: '1',
    seed,
    replayable: true,
  })
}

function count(
  ratings: Map<string, { count: Float64Array; sum: Float64Array }>,
  rated: { readonly task: string; readonly size: number; readonly row: number; readonly rating: number },
): void {
  const { task, size, row, rating } = rated
  const found = ratings.get(task) ?? { count: new Float64Array(size), sum: new Float64Array(size) }
  ratings.set(task, found)
  found.count[row] = (found.count[row] ?? 0) + 1
  found.sum[row] = (found.sum[row] ?? 0) + rating
}
