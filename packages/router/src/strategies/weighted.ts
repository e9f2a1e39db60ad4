import type { RankRequest, Strategy } from '@imrs/core'
import { ConfigError } from '@imrs/core'

import { topRows } from './top-rows.ts'

export interface WeightedOptions {
  /** Default: `0.3`. */
  readonly priorityWeight?: number | undefined
  /** Default: `0.7`. */
  readonly experienceWeight?: number | undefined
}

/**
 * The specification's formula: `0.3 · priority + 0.7 · experience`, where experience is the plain
 * average of this agent's ratings for the task type, and priority alone where there are none.
 */
export function weighted(options: WeightedOptions = {}): Strategy {
  const weights = {
    priority: weight('priorityWeight', options.priorityWeight ?? DEFAULT_WEIGHTS.priority),
    experience: weight('experienceWeight', options.experienceWeight ?? DEFAULT_WEIGHTS.experience),
  }
  return {
    specVersion: 'v1',
    name: 'weighted',
    version: `1:${weights.priority}:${weights.experience}`,
    rank: (request) => {
      const { table, rows, limit } = request
      const scores = weightedScores(request, weights)
      return { ...topRows({ table, rows, scores, limit }), propensity: 1 }
    },
  }
}

interface Weights {
  readonly priority: number
  readonly experience: number
}

const DEFAULT_WEIGHTS: Weights = { priority: 0.3, experience: 0.7 }

/** The scores of the formula, by place of the request's rows; a fresh array. */
export function weightedScores(
  { table, rows, experience }: RankRequest,
  weights: Weights = DEFAULT_WEIGHTS,
): Float64Array {
  const scores = new Float64Array(rows.length)
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    const base = table.priority[row] ?? 0
    const count = experience?.count[row] ?? 0
    const average = count === 0 ? 0 : (experience?.sum[row] ?? 0) / count
    scores[place] = count === 0 ? base : weights.priority * base + weights.experience * average
  }
  return scores
}

function weight(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value
  throw new ConfigError(`\`${name}\` must be a number of 0 or more, got ${String(value)}`)
}
