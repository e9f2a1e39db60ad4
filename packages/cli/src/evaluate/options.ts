import type { Strategy } from '@imrs/core'
import { NAMED_STRATEGIES, isStrategyName, namedStrategy, topRows } from '@imrs/router'

import { UsageError } from '../command/usage-error.ts'

/** A decision knows no times: by those that go by them nothing can be judged. */
export const EVALUATED_STRATEGIES: readonly string[] = [
  ...NAMED_STRATEGIES.filter((name) => name !== 'fastest'),
  'random',
]

/** @throws UsageError that names the strategies there are. */
export function strategyOf(name: string): Strategy {
  if (name === 'random') return random()
  if (isStrategyName(name) && !/\bfastest\b/.test(name)) return namedStrategy(name)
  throw new UsageError(
    `--strategy takes ${EVALUATED_STRATEGIES.join(', ')}, experiment:<a>+<b>, got ${name}`,
  )
}

/** Any model, all alike. */
function random(): Strategy {
  return {
    specVersion: 'v1',
    name: 'random',
    version: '1',
    rank: ({ table, rows, limit, random: draw }) => {
      const scores = Float64Array.from(rows, draw)
      // The evaluation finds probabilities by asking again and again; it does not read this one.
      return { ...topRows({ table, rows, scores, limit }), propensity: 1 / rows.length }
    },
  }
}
