import type { CandidateTable, Ranking, RankRequest, Strategy } from '@imrs/core'

import { createAdaptiveLearner } from '../strategies/adaptive/adaptive-learner.ts'
import type { AdaptiveOptions } from '../strategies/adaptive/adaptive-options.ts'
import { experimentArms, isStrategyName, namedStrategy } from '../strategies/named-strategies.ts'
import type { StrategyName } from '../strategies/named-strategies.ts'
import { topRows } from '../strategies/top-rows.ts'
import type { ReplayLearner, ReplayPolicy } from './replay-policy.ts'

/**
 * Policies that can be replayed by name, and `experiment:<a>+<b>` of any two strategies among them;
 * `random` and `epsilon-greedy` are there to compare with.
 */
export const REPLAY_POLICIES = [
  'adaptive',
  'weighted',
  'priority',
  'cheapest',
  'cheapest-within',
  'fastest',
  'random',
  'epsilon-greedy',
] as const
export type ReplayPolicyName = StrategyName | 'random' | 'epsilon-greedy'

export function isReplayPolicyName(name: string): name is ReplayPolicyName {
  return isStrategyName(name) || name === 'random' || name === 'epsilon-greedy'
}

/** A policy by its name. `options` are those of `adaptive`, also in an experiment; the others have none. */
export function replayPolicy(name: ReplayPolicyName, options: AdaptiveOptions = {}): ReplayPolicy {
  if (name === 'random') return { name, strategy: epsilonGreedy(name, 1) }
  if (name === 'epsilon-greedy') return { name, strategy: epsilonGreedy(name, GREEDY_EPSILON) }
  const strategy = namedStrategy(name, { adaptive: options })
  const makeLearner = learnerOf(name, options)
  return { name, strategy, ...(makeLearner === undefined ? {} : { makeLearner }) }
}

/** What `adaptive` learns with rating by rating; `undefined` where nothing is learned. */
function learnerOf(name: StrategyName, options: AdaptiveOptions): ReplayPolicy['makeLearner'] {
  const arms = experimentArms(name)
  if (arms === undefined) {
    return name === 'adaptive' ? (table) => createAdaptiveLearner(table, options) : undefined
  }
  const [a, b] = arms.map((arm) => learnerOf(arm, options))
  if (a === undefined && b === undefined) return undefined
  return (table) => learnBoth(a?.(table), b?.(table))
}

/** As `experiment` does it: both arms take every rating, and of two alarms that of `b` counts. */
function learnBoth(a: ReplayLearner | undefined, b: ReplayLearner | undefined): ReplayLearner {
  return {
    observe: (rating) => {
      const [shiftOfA, shiftOfB] = [a?.observe(rating), b?.observe(rating)]
      return b === undefined ? shiftOfA : shiftOfB
    },
    learned: () => ({ a: a?.learned(), b: b?.learned() }),
    changeTable: (table: CandidateTable) => {
      a?.changeTable(table)
      b?.changeTable(table)
    },
  }
}

/** The share of requests that `epsilon-greedy` gives to any model. */
const GREEDY_EPSILON = 0.1

/** Plays the best average of a task, an untried model counting as half good; sometimes any model. */
function epsilonGreedy(name: string, epsilon: number): Strategy {
  return {
    specVersion: 'v1',
    name,
    version: `1:${epsilon}`,
    rank: (request) => rankGreedily(request, epsilon),
  }
}

function rankGreedily(request: RankRequest, epsilon: number): Ranking {
  const { table, rows, experience, limit, random } = request
  const scores = Float64Array.from(rows, (row) => {
    const [count, sum] = [experience?.count[row] ?? 0, experience?.sum[row] ?? 0]
    return (sum + 0.5) / (count + 1)
  })
  const greedy = topRows({ table, rows, scores, limit: 1 }).rows[0]
  const isGreedy = random() >= epsilon
  const place = isGreedy && greedy !== undefined ? rows.indexOf(greedy) : anyOf(rows, random)
  const isBest = rows[place] === greedy
  if (rows.length > 0) scores[place] = Math.max(1, ...scores) + 1
  const propensity = epsilon / Math.max(1, rows.length) + (isBest ? 1 - epsilon : 0)
  return { ...topRows({ table, rows, scores, limit }), propensity }
}

function anyOf(rows: Readonly<Uint32Array>, random: () => number): number {
  return Math.floor(random() * rows.length)
}
