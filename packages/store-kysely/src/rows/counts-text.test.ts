import { mergeCounts, seededRandom } from '@imrs/core'
import { expect, it } from 'vitest'

import { fromCountsText, fromHistogramText, toCountsText } from './counts-text.ts'

const BUCKETS = 20

it('adds up by being joined, however often', () => {
  const random = seededRandom(3)
  for (let round = 0; round < 200; round += 1) {
    const given = Array.from({ length: round % 7 }, () => {
      const buckets = Array.from({ length: BUCKETS }, (_, bucket) => bucket)
      const some = buckets.filter(() => random() < 0.3)
      return Object.fromEntries(some.map((bucket) => [bucket, 1 + Math.floor(random() * 2 ** 40)]))
    })
    const sums = mergeCounts(given)
    const text = given.map(toCountsText).join(' ')
    expect(fromHistogramText(text, BUCKETS)).toEqual(sums)
    expect(fromCountsText(text)).toEqual(sums)
  }
})

it('keeps names apart that begin alike', () => {
  const counts = { 'timeout-idle': 3, 'timeout-total': 12, timeout: 1 }
  expect(fromCountsText(toCountsText(counts))).toEqual(counts)
  expect(toCountsText({})).toBe('')
  expect(fromCountsText('')).toEqual({})
  expect(fromHistogramText('', BUCKETS)).toEqual({})
})
