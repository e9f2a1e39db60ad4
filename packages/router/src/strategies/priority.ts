import type { Strategy } from '@imrs/core'

import { topRows } from './top-rows.ts'

/** Orders by priority alone. Learns nothing; says what an administrator wants. */
export function priority(): Strategy {
  return {
    specVersion: 'v1',
    name: 'priority',
    version: '1',
    rank: ({ table, rows, limit }) => {
      const scores = Float64Array.from(rows, (row) => table.priority[row] ?? 0)
      return { ...topRows({ table, rows, scores, limit }), propensity: 1 }
    },
  }
}
