import { describe, expect, it } from 'vitest'

import { resolveAttemptOptions } from './attempt-options.ts'
import type { AttemptOptions } from './attempt-options.ts'

describe('the options of carrying out', () => {
  it('have defaults', () => {
    expect(resolveAttemptOptions({})).toEqual({
      timeouts: {
        headersMs: 30_000,
        firstPartMs: 60_000,
        wholeMs: 300_000,
        idleMs: 30_000,
        totalMs: 600_000,
      },
      retries: { lastModel: 2, budgetShare: 0.2, budgetPerSecond: 1 },
      breaker: {
        windowMs: 60_000,
        minimumCalls: 5,
        failureShare: 0.5,
        openMs: 5_000,
        longestOpenMs: 300_000,
        probeMs: 60_000,
      },
      maxWaitMs: 5_000,
      hedging: undefined,
    })
  })

  it('take 0 where 0 means none', () => {
    const { retries, maxWaitMs } = resolveAttemptOptions({
      maxWaitMs: 0,
      retries: { lastModel: 0, budgetShare: 0, budgetPerSecond: 0 },
    })
    expect(maxWaitMs).toBe(0)
    expect(retries).toEqual({ lastModel: 0, budgetShare: 0, budgetPerSecond: 0 })
  })

  it.each<[AttemptOptions, string]>([
    [{ timeouts: { headersMs: 0 } }, 'timeouts.headersMs'],
    [{ timeouts: { idleMs: Number.NaN } }, 'timeouts.idleMs'],
    [{ retries: { lastModel: 1.5 } }, 'retries.lastModel'],
    [{ retries: { budgetShare: -1 } }, 'retries.budgetShare'],
    [{ breaker: { failureShare: 0 } }, 'breaker.failureShare'],
    [{ breaker: { failureShare: 1.1 } }, 'breaker.failureShare'],
    [{ breaker: { windowMs: -1 } }, 'breaker.windowMs'],
    [{ breaker: { openMs: 10, longestOpenMs: 9 } }, 'breaker.longestOpenMs'],
    [{ maxWaitMs: -1 }, 'maxWaitMs'],
    [{ hedging: { afterMs: 0 } }, 'hedging.afterMs'],
  ])('refuse %j by name', (options, name) => {
    expect(() => resolveAttemptOptions(options)).toThrow(`\`${name}\``)
  })
})
