import { describe, expect, it } from 'vitest'

import type { ReasonCountWire } from '../api/wire.ts'
import { MOST_MODELS, leftOutText, reasonsByModel } from './reasons.ts'

const reason = (
  model: string,
  name: ReasonCountWire['reason'],
  counts: { good?: number; bad?: number },
): ReasonCountWire => ({
  model,
  reason: name,
  good: counts.good ?? 0,
  bad: counts.bad ?? 0,
})

describe('reasons of ratings', () => {
  it('are together by model, what was said most often first', () => {
    const models = reasonsByModel([
      reason('p/a', 'slow', { bad: 2 }),
      reason('p/b', 'clear', { good: 4, bad: 3 }),
      reason('p/a', 'incorrect', { bad: 3 }),
    ])
    expect(models.map(({ model, total }) => [model, total])).toEqual([
      ['p/b', 7],
      ['p/a', 5],
    ])
    expect(models[1]?.reasons.map((each) => each.reason)).toEqual(['incorrect', 'slow'])
    expect(leftOutText(models)).toBe('')
  })

  it('say when the chart has not room for all', () => {
    const items = Array.from({ length: MOST_MODELS + 1 }, (_, index) =>
      reason(`p/${index}`, 'slow', { bad: 1 }),
    )
    expect(leftOutText(reasonsByModel(items))).toContain('the table has all')
  })
})
