import type { Strategy } from '@imrs/core'

import { priority } from '../../strategies/priority.ts'
import { topRows } from '../../strategies/top-rows.ts'
import { weighted } from '../../strategies/weighted.ts'
import type { KnownOutcomes } from './logged-outcomes.ts'

/** Four policies that are not the one that made the log. */
export function fourTargets(outcomes: KnownOutcomes): readonly Strategy[] {
  return [bestSingle(outcomes), weighted(), priority(), uniform()]
}

/** Always the model that is best over all requests. */
function bestSingle({ models, expected }: KnownOutcomes): Strategy {
  const means = models.map((_, row) => expected.reduce((sum, each) => sum + (each[row] ?? 0), 0))
  const best = models[means.indexOf(Math.max(...means))] ?? ''
  return {
    specVersion: 'v1',
    name: 'best-single',
    version: '1',
    rank: ({ table, rows, limit }) => {
      const scores = Float64Array.from(rows, (row) => (table.modelIds[row] === best ? 1 : 0))
      return { ...topRows({ table, rows, scores, limit }), propensity: 1 }
    },
  }
}

/** Any model, all alike. */
function uniform(): Strategy {
  return {
    specVersion: 'v1',
    name: 'uniform',
    version: '1',
    rank: ({ table, rows, limit, random }) => {
      const scores = Float64Array.from(rows, random)
      return { ...topRows({ table, rows, scores, limit }), propensity: 1 / rows.length }
    },
  }
}
