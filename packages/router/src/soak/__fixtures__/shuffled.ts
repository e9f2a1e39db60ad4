import type { Strategy } from '@imrs/core'

/** Ranks by chance alone, so that every model is asked and every order comes up. */
export function shuffled(): Strategy {
  return {
    specVersion: 'v1',
    name: 'shuffled',
    version: '1',
    rank: ({ rows, limit, random }) => {
      const drawn = Array.from(rows, (row) => ({ row, score: random() }))
        .toSorted((left, right) => right.score - left.score)
        .slice(0, limit)
      return {
        rows: Uint32Array.from(drawn, ({ row }) => row),
        scores: Float64Array.from(drawn, ({ score }) => score),
        propensity: rows.length === 0 ? 1 : 1 / rows.length,
      }
    },
  }
}
