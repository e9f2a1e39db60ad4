import type { Ranking, RankRequest, Strategy } from '@imrs/core'

import { createAdaptiveLearner } from '../strategies/adaptive/adaptive-learner.ts'
import type { AdaptiveOptions } from '../strategies/adaptive/adaptive-options.ts'
import { adaptive } from '../strategies/adaptive/adaptive.ts'
import { priority } from '../strategies/priority.ts'
import { topRows } from '../strategies/top-rows.ts'
import { weighted } from '../strategies/weighted.ts'
import type { ReplayPolicy } from './replay-policy.ts'

/** Policies that can be replayed by name; `random` and `epsilon-greedy` are there to compare with. */
export const REPLAY_POLICIES = [
  'adaptive',
  'weighted',
  'priority',
  'random',
  'epsilon-greedy',
] as const
export type ReplayPolicyName = (typeof REPLAY_POLICIES)[number]

export function isReplayPolicyName(name: string): name is ReplayPolicyName {
  return (REPLAY_POLICIES as readonly string[]).includes(name)
}

/** A policy by its name. `options` are those of `adaptive`; the others have none. */
export function replayPolicy(name: ReplayPolicyName, options: AdaptiveOptions = {}): ReplayPolicy {
  switch (name) {
    case 'adaptive': {
      const strategy = adaptive(options)
      return { name, strategy, makeLearner: (table) => createAdaptiveLearner(table, options) }
    }
    case 'weighted': {
      return { name, strategy: weighted() }
    }
    case 'priority': {
      return { name, strategy: priority() }
    }
    case 'random': {
      return { name, strategy: epsilonGreedy(name, 1) }
    }
    case 'epsilon-greedy': {
      return { name, strategy: epsilonGreedy(name, GREEDY_EPSILON) }
    }
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
