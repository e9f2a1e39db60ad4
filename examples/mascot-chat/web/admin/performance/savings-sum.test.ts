import { describe, expect, it } from 'vitest'

import type { PerformanceWire } from '../api/wire.ts'
import { canBeBaseline, savingsSum } from './savings-sum.ts'

const row = (change: Partial<PerformanceWire>): PerformanceWire => ({
  model: 'openai/gpt-4o-mini',
  task_type: null,
  agent_id: null,
  period: null,
  avg_rating: null,
  rating_low: null,
  rating_high: null,
  rating_count: 0,
  rating_is_known: false,
  usage_count: 10,
  call_count: 10,
  failure_count: 0,
  failures_by_kind: {},
  aborted_count: 0,
  avg_latency_ms: null,
  p50_latency_ms: null,
  p95_latency_ms: null,
  p50_first_part_ms: null,
  p95_first_part_ms: null,
  input_tokens: 1_000_000,
  output_tokens: 500_000,
  cost_usd: 0.45,
  cost_per_request_usd: 0.045,
  unpriced_call_count: 0,
  ...change,
})
const baseline = { pricing_input: '2.5', pricing_output: '10' }

describe('what was saved', () => {
  it('is the same tokens at the prices of the baseline, less what was spent', () => {
    const sum = savingsSum([row({})], baseline)
    expect(sum).toMatchObject({ actualUsd: 0.45, baselineUsd: 7.5, answers: 10, answersLeftOut: 0 })
    expect(sum.savedUsd).toBeCloseTo(7.05)
  })

  it('leaves models with calls of unknown price out on both sides, and counts them', () => {
    const unpriced = row({
      model: 'custom/own',
      cost_usd: 0,
      usage_count: 4,
      unpriced_call_count: 1,
    })
    const sum = savingsSum([row({}), unpriced], baseline)
    expect(sum).toMatchObject({ baselineUsd: 7.5, answers: 10, answersLeftOut: 4 })
    expect(sum.rows.map(({ model }) => model)).toEqual(['openai/gpt-4o-mini'])
  })

  it('is negative where the baseline would have been cheaper', () => {
    const cheap = { pricing_input: '0', pricing_output: '0' }
    expect(savingsSum([row({})], cheap).savedUsd).toBe(-0.45)
  })

  it('is compared only with models of which both prices are known; free is known', () => {
    expect(canBeBaseline({ pricing_input: '0', pricing_output: '0' })).toBe(true)
    expect(canBeBaseline({ pricing_input: '1', pricing_output: null })).toBe(false)
  })
})
