import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { BUDGET_PERIODS, budgetRuleSchema, budgetWindow } from './budget.ts'

describe('the window of a budget', () => {
  it.each([
    ['minute', '2026-03-14T09:26:53.589Z', '2026-03-14T09:26:00Z', '2026-03-14T09:27:00Z'],
    ['day', '2026-03-14T00:00:00.000Z', '2026-03-14T00:00:00Z', '2026-03-15T00:00:00Z'],
    ['day', '2026-03-13T23:59:59.999Z', '2026-03-13T00:00:00Z', '2026-03-14T00:00:00Z'],
    ['month', '2028-02-29T12:00:00.000Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['month', '2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ] as const)('of a %s at %s', (...given) => {
    const [period, at, start, end] = given
    const expected = { startMs: Date.parse(start), endMs: Date.parse(end) }
    expect(budgetWindow(period, Date.parse(at))).toEqual(expected)
  })

  it('holds its moment, and the next begins where it ends', () => {
    const moment = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) })
    fc.assert(
      fc.property(fc.constantFrom(...BUDGET_PERIODS), moment, (period, atMs) => {
        const { startMs, endMs } = budgetWindow(period, atMs)
        expect(startMs).toBeLessThanOrEqual(atMs)
        expect(endMs).toBeGreaterThan(atMs)
        expect(budgetWindow(period, endMs).startMs).toBe(endMs)
        expect(budgetWindow(period, startMs)).toEqual({ startMs, endMs })
      }),
    )
  })
})

describe('a rule', () => {
  const rule = {
    tenantId: 't',
    id: 'daily',
    scope: 'user',
    subject: '*',
    unit: 'nano-usd',
    period: 'day',
    limit: 5_000_000_000,
    createdAtMs: 0,
    updatedAtMs: 0,
  }

  it('is read as it is', () => {
    expect(budgetRuleSchema.parse(rule)).toEqual(rule)
  })

  it.each([
    { limit: -1 },
    { limit: 0.5 },
    { unit: 'usd' },
    { period: 'year' },
    { subject: '' },
    { id: '' },
  ])('is refused with %j', (wrong) => {
    expect(budgetRuleSchema.safeParse({ ...rule, ...wrong }).success).toBe(false)
  })
})
