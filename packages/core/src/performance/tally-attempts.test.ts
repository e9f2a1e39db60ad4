import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Attempt } from '../domain/ledger.ts'
import { ATTEMPT_CAUSES, ATTEMPT_OUTCOMES } from '../domain/ledger.ts'
import { latencyBucketOf } from './latency-histogram.ts'
import { addFigures, emptyFigures, tallyAttempts } from './tally-attempts.ts'

const AT = Date.UTC(2026, 10, 21, 23, 59, 59, 999)

function attempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    id: 'a',
    messageId: 'm',
    decisionId: 'd',
    tenantId: 't',
    agentId: 'g',
    position: 1,
    cause: 'first',
    providerId: 'p',
    modelId: 'p/a',
    outcome: 'completed',
    startedAtMs: AT,
    totalMs: 100,
    ...changes,
  }
}

function figuresOf(changes: Partial<Attempt>) {
  const [cell] = tallyAttempts([{ attempt: attempt(changes), taskType: 'code' }], 'day')
  return cell
}

describe('the figures of a call', () => {
  it('are those of the UTC day and month it was begun in', () => {
    const calls = [AT, AT + 1].map((startedAtMs) => ({
      attempt: attempt({ startedAtMs }),
      taskType: 'code',
    }))
    expect(tallyAttempts(calls, 'day').map((cell) => cell.period)).toEqual([
      '2026-11-21',
      '2026-11-22',
    ])
    expect(tallyAttempts(calls, 'month')).toMatchObject([{ period: '2026-11', attempts: 2 }])
  })

  it('tell a completed one from one that failed and one that was given up', () => {
    expect(figuresOf({ firstPartMs: 40 })).toMatchObject({
      requests: 1,
      attempts: 1,
      failures: 0,
      aborted: 0,
      totalMsSum: 100,
      firstPart: { [latencyBucketOf(40)]: 1 },
      total: { [latencyBucketOf(100)]: 1 },
    })
    expect(figuresOf({ outcome: 'failed', failureKind: 'overloaded' })).toMatchObject({
      failures: 1,
      failuresByKind: { overloaded: 1 },
      totalMsSum: 0,
      total: {},
    })
    expect(figuresOf({ outcome: 'failed' })).toMatchObject({ failuresByKind: { unknown: 1 } })
    expect(figuresOf({ outcome: 'aborted', firstPartMs: 40 })).toMatchObject({
      failures: 0,
      aborted: 1,
      failuresByKind: {},
      firstPart: { [latencyBucketOf(40)]: 1 },
      total: {},
    })
  })

  it('count a repetition at the same model as no other request', () => {
    expect(figuresOf({ cause: 'retry' })).toMatchObject({ requests: 0, attempts: 1 })
    expect(figuresOf({ cause: 'failover' })).toMatchObject({ requests: 1, attempts: 1 })
  })

  it.each<[string, Partial<Attempt>, object]>([
    [
      'known',
      { usage: { inputTokens: 5, outputTokens: 6 }, costNanoUsd: 7, reportedCostNanoUsd: 8 },
      { inputTokens: 5, outputTokens: 6, costNanoUsd: 7, unpriced: 0, unmeasured: 0 },
    ],
    [
      'only told by the provider',
      { usage: { inputTokens: 5, outputTokens: 6 }, reportedCostNanoUsd: 8 },
      { costNanoUsd: 8, unpriced: 0 },
    ],
    ['unknown', {}, { costNanoUsd: 0, unpriced: 1, unmeasured: 1 }],
    ['none, as zero', { costNanoUsd: 0 }, { costNanoUsd: 0, unpriced: 0 }],
    [
      'none, since the provider never took the call',
      { outcome: 'failed', failureKind: 'connect' },
      { costNanoUsd: 0, unpriced: 0, unmeasured: 0 },
    ],
    [
      'unknown, of a call that the provider took and broke off',
      { outcome: 'failed', failureKind: 'truncated', headersMs: 3 },
      { costNanoUsd: 0, unpriced: 1, unmeasured: 1 },
    ],
  ])('keep a cost that is %s apart', (_what, changes, expected) => {
    expect(figuresOf(changes)).toMatchObject(expected)
  })
})

const anyAttempt = fc.record({
  agentId: fc.constantFrom('g', 'h'),
  modelId: fc.constantFrom('p/a', 'p/b'),
  outcome: fc.constantFrom(...ATTEMPT_OUTCOMES),
  cause: fc.constantFrom(...ATTEMPT_CAUSES),
  startedAtMs: fc.integer({ min: AT - 40 * 86_400_000, max: AT }),
  totalMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
  costNanoUsd: fc.option(fc.nat(), { nil: undefined }),
})

it('adds up to the same, day by day as month by month, and part by part as all at once', () => {
  fc.assert(
    fc.property(fc.array(anyAttempt), fc.nat(), (drawn, cut) => {
      const calls = drawn.map((changes) => ({ attempt: attempt(changes), taskType: 'code' }))
      const at = cut % (calls.length + 1)
      const sumOf = (cells: ReturnType<typeof tallyAttempts>) => {
        const sums = emptyFigures()
        for (const cell of cells) addFigures(sums, cell)
        return sums
      }
      const months = sumOf(tallyAttempts(calls, 'month'))
      expect(sumOf(tallyAttempts(calls, 'day'))).toEqual(months)
      expect(
        sumOf([
          ...tallyAttempts(calls.slice(at), 'day'),
          ...tallyAttempts(calls.slice(0, at), 'month'),
        ]),
      ).toEqual(months)
      expect(months.attempts).toBe(calls.length)
    }),
  )
})
