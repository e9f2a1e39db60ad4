import type { RankRequest, Strategy } from '@imrs/core'

import { raiseRow } from './raise-row.ts'
import { wrappedParts } from './wrapped-parts.ts'

/**
 * Lets a conversation stay with the model that answered last, as long as it is a candidate; the
 * others follow as the given strategy ranks them. The first request of a conversation, and one whose
 * conversation this process does not remember, is the given strategy's to decide.
 *
 * A decision that stays is forced: it teaches experience, and is left out of evaluations.
 */
export function sticky(strategy: Strategy): Strategy {
  return {
    specVersion: 'v1',
    name: `sticky:${strategy.name}`,
    version: `1:${strategy.version}`,
    ...wrappedParts(strategy),
    rank: (request) => {
      const ranking = strategy.rank(request)
      const row = request.input.conversation?.row
      if (row === undefined || !request.rows.includes(row)) return ranking
      return {
        ...raiseRow(ranking, row, () => scoreAlone(strategy, request, row)),
        propensity: 1,
        isForced: true,
        strategy: ranking.strategy,
        costQuality: ranking.costQuality,
      }
    },
  }
}

function scoreAlone(strategy: Strategy, request: RankRequest, row: number): number {
  return strategy.rank({ ...request, rows: Uint32Array.of(row), limit: 1 }).scores[0] ?? 0
}
