import type { CandidateTable, Strategy } from '@imrs/core'

import { topRows } from './top-rows.ts'
import { weightedScores } from './weighted.ts'

/**
 * The lowest price first; among equal prices, free ones above all, the one that `weighted` puts first.
 * A model whose price is unknown comes after all others. Nothing is drawn: propensity 1.
 *
 * A score is 1 for a free model, ½ at one US dollar per 1,000,000 tokens, ⅓ at two, and 0 where the
 * price is unknown. Quality plays no other part; `cheapestWithin` is for that.
 */
export function cheapest(): Strategy {
  return {
    specVersion: 'v1',
    name: 'cheapest',
    version: '1',
    rank: (request) => {
      const { table, rows, limit } = request
      const quality = weightedScores(request)
      const scores = new Float64Array(rows.length)
      // Where scores are equal the lower of these goes first: the better model.
      const price = new Float64Array(table.size)
      for (let place = 0; place < rows.length; place += 1) {
        const row = rows[place] ?? 0
        scores[place] = cheapnessOf(table, row)
        price[row] = -(quality[place] ?? 0)
      }
      return { ...topRows({ table: { ...table, price }, rows, scores, limit }), propensity: 1 }
    },
  }
}

function cheapnessOf({ price }: CandidateTable, row: number): number {
  const value = price[row] ?? Number.NaN
  return Number.isNaN(value) ? 0 : 1 / (1 + value)
}
