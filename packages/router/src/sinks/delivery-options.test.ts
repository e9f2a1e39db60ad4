import type { LearningSink } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { resolveSinkDelivery, resolveSinks } from './delivery-options.ts'
import { retryDelayMs } from './retry-delay.ts'

const sink = (name: string): LearningSink => ({
  specVersion: 'v1',
  name,
  deliver: async () => {},
  close: async () => {},
})

describe('options', () => {
  it('have defaults', () => {
    expect(resolveSinkDelivery()).toEqual({
      pollMs: 5_000,
      leaseMs: 60_000,
      concurrency: 4,
      firstRetryMs: 1_000,
      maxRetryMs: 300_000,
      closeMs: 5_000,
    })
    expect(resolveSinks()).toEqual([])
  })

  it.each([
    [{ pollMs: 0 }, '`sinkDelivery.pollMs` must be a whole number from 1 to 86400000, got 0'],
    [{ leaseMs: 1.5 }, '`sinkDelivery.leaseMs` must be a whole number from 1 to 86400000, got 1.5'],
    [{ concurrency: 65 }, '`sinkDelivery.concurrency` must be a whole number from 1 to 64, got 65'],
    [{ closeMs: -1 }, '`sinkDelivery.closeMs` must be a whole number from 0 to 86400000, got -1'],
    [
      { firstRetryMs: 10, maxRetryMs: 9 },
      '`sinkDelivery.maxRetryMs` must be a whole number from 10 to 86400000, got 9',
    ],
  ])('%j are refused', (options, message) => {
    expect(() => resolveSinkDelivery(options)).toThrow(message)
  })

  it('refuse names that are none, and two of one name', () => {
    expect(() => resolveSinks([sink('My sink')])).toThrow('`sinks`: a name must be lower-case')
    expect(() => resolveSinks([sink('a'), sink('a')])).toThrow('`sinks`: two are called a')
  })
})

describe('the wait before the next try', () => {
  const limits = { firstRetryMs: 1_000, maxRetryMs: 300_000 }

  it('is a part of a time that doubles up to a bound', () => {
    const longest = [1, 2, 3, 4, 5, 9, 10, 50, 5_000].map((failures) =>
      retryDelayMs({ failures }, limits, () => 1),
    )
    expect(longest).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 256_000, 300_000, 300_000, 300_000,
    ])
    expect(retryDelayMs({ failures: 3 }, limits, () => 0.25)).toBe(1_000)
    expect(retryDelayMs({ failures: 3 }, limits, () => 0)).toBe(1)
  })

  it('is never shorter than what was asked for, nor longer than both', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.nat(86_400_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, retryAfterMs, random) => {
          const waitMs = retryDelayMs({ failures, retryAfterMs }, limits, () => random)
          expect(Number.isInteger(waitMs)).toBe(true)
          expect(waitMs).toBeGreaterThanOrEqual(Math.max(1, retryAfterMs))
          expect(waitMs).toBeLessThanOrEqual(Math.max(limits.maxRetryMs, retryAfterMs))
        },
      ),
    )
  })
})
