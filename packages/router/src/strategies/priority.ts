import type { Strategy } from '@imrs/core'

import { topRows } from './top-rows.ts'

/** Orders by priority alone. Learns nothing; says what an administrator wants. */
export function priority(): Strategy {
  return {
    specVersion: 'v1',
    name: 'priority',
    version: '1',
    rank: ({ table, rows, limit }) => {
      const scores = new Float64Array(rows.length)
      for (let place = 0; place < rows.length; place += 1) {
        scores[place] = table.priority[rows[place] ?? 0] ?? 0
      }
      return { ...topRows({ table, rows, scores, limit }), propensity: 1 }
    },
  }
}
