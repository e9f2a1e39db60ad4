import fc from 'fast-check'
import { expect, it } from 'vitest'

import {
  LATENCY_BUCKETS,
  LATENCY_ERROR,
  latencyBucketOf,
  latencySummary,
  mergeCounts,
  toLatencyHistogram,
} from './latency-histogram.ts'

const durations = fc.array(fc.double({ min: 0, max: 86_400_000, noNaN: true }), { maxLength: 60 })

/** The value of nearest rank, from all values themselves. */
function exactPercentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN
}

it('merges to the histogram of all durations, in any order and grouping', () => {
  fc.assert(
    fc.property(durations, durations, durations, (first, second, third) => {
      const [a, b, c] = [first, second, third].map((values) => toLatencyHistogram(values))
      if (a === undefined || b === undefined || c === undefined) throw new Error('three were made')
      const all = toLatencyHistogram([...first, ...second, ...third])
      expect(mergeCounts([a, b, c])).toEqual(all)
      expect(mergeCounts([c, b, a])).toEqual(all)
      expect(mergeCounts([mergeCounts([a, b]), c])).toEqual(all)
      expect(mergeCounts([a, mergeCounts([b, c])])).toEqual(all)
      expect(latencySummary(all, [])?.count ?? 0).toBe(first.length + second.length + third.length)
    }),
  )
})

it('misses a percentile by five parts in a hundred at most', () => {
  const some = fc.array(fc.double({ min: 1, max: 86_400_000, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(some, fc.double({ min: 0, max: 1, noNaN: true }), (values, fraction) => {
      const found = latencySummary(toLatencyHistogram(values), [fraction, 1])?.percentiles ?? []
      for (const [place, part] of [fraction, 1].entries()) {
        const exact = exactPercentile(values, part)
        const missed = Math.abs((found[place] ?? Infinity) - exact)
        expect(missed).toBeLessThanOrEqual(exact * LATENCY_ERROR * (1 + 1e-9))
      }
    }),
  )
})

it.each([
  [-5, 0],
  [Number.NaN, 0],
  [0, 0],
  [1, 0],
  [1.01, 1],
  [86_400_001, LATENCY_BUCKETS - 1],
  [Infinity, LATENCY_BUCKETS - 1],
])('puts %d ms into bucket %d', (durationMs, bucket) => {
  expect(latencyBucketOf(durationMs)).toBe(bucket)
})

it('knows nothing of nothing', () => {
  expect(latencySummary({}, [0.5])).toBeUndefined()
})

it('misses an average by five parts in a hundred at most', () => {
  fc.assert(
    fc.property(durations, (values) => {
      fc.pre(values.length > 0)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const found = latencySummary(toLatencyHistogram(values), [])?.mean ?? 0
      expect(Math.abs(found - mean)).toBeLessThanOrEqual(mean * LATENCY_ERROR + 1)
    }),
  )
})
