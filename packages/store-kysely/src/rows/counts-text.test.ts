import fc from 'fast-check'
import { expect, it } from 'vitest'

import { fromCountsText, fromHistogramText, toCountsText } from './counts-text.ts'

const BUCKETS = 20
const histograms = fc.dictionary(
  fc.integer({ min: 0, max: BUCKETS - 1 }).map(String),
  fc.integer({ min: 1, max: 2 ** 40 }),
)

it('adds up by being joined, however often', () => {
  fc.assert(
    fc.property(fc.array(histograms), (given) => {
      const sums: Record<string, number> = {}
      for (const counts of given) {
        for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
      }
      const text = given.map(toCountsText).join(' ')
      expect(fromHistogramText(text, BUCKETS)).toEqual(sums)
      expect(fromCountsText(text)).toEqual(sums)
    }),
  )
})

it('keeps names apart that begin alike', () => {
  const counts = { 'timeout-idle': 3, 'timeout-total': 12, timeout: 1 }
  expect(fromCountsText(toCountsText(counts))).toEqual(counts)
  expect(toCountsText({})).toBe('')
  expect(fromCountsText('')).toEqual({})
  expect(fromHistogramText('', BUCKETS)).toEqual({})
})
