import type { CandidateTable } from '@imrs/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { topRows } from './top-rows.ts'

const candidate = fc.record({
  score: fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
  price: fc.constantFrom(0, 1, 2, Number.NaN),
})

it('is the beginning of the full sort, whatever the scores, prices and limit', () => {
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 200 }),
      fc.integer({ min: 1, max: 70 }),
      (all, limit) => {
        const table = { price: Float64Array.from(all, ({ price }) => price) } as CandidateTable
        const rows = Uint32Array.from(all.keys())
        const scores = Float64Array.from(all, ({ score }) => score)
        const isKnown = (row: number) => !Number.isNaN(all[row]?.price)
        const key = (row: number) => (isKnown(row) ? (all[row]?.price ?? 0) : 0)
        const sorted = [...rows].sort(
          (a, b) =>
            (scores[b] ?? 0) - (scores[a] ?? 0) ||
            Number(isKnown(b)) - Number(isKnown(a)) ||
            key(a) - key(b) ||
            a - b,
        )
        const top = topRows({ table, rows, scores, limit })
        expect([...top.rows]).toEqual(sorted.slice(0, limit))
        expect([...top.scores]).toEqual(sorted.slice(0, limit).map((row) => scores[row]))
      },
    ),
  )
})
