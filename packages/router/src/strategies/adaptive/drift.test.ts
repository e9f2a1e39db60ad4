import { NO_DRIFT, seededRandom } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { JUNE, cellOf, tableOf } from './__fixtures__/tables.ts'
import { resolveAdaptiveOptions } from './adaptive-options.ts'
import { beliefOf } from './cell-posterior.ts'
import { advanceDrift, driftObservation } from './drift.ts'
import { learn } from './learned.ts'

const limits = { threshold: 4, slack: 0.35 }
const { drift } = resolveAdaptiveOptions()

describe('the sum of what ratings fall behind', () => {
  it('grows by what is beyond the slack, and never falls below 0', () => {
    const first = advanceDrift(NO_DRIFT, { residual: -0.4, deviation: 0.4 }, limits)
    expect(first.state.sum).toBeCloseTo(0.65, 12)
    const second = advanceDrift(first.state, { residual: -0.2, deviation: 0.4 }, limits)
    expect(second.state).toEqual({
      sum: expect.closeTo(0.8, 12),
      residual: -0.6000000000000001,
      ratings: 2,
    })
    expect(advanceDrift(second.state, { residual: 0.9, deviation: 0.4 }, limits).state).toBe(
      NO_DRIFT,
    )
  })

  it('takes no rating for more than three standard deviations', () => {
    const { state } = advanceDrift(NO_DRIFT, { residual: -0.9, deviation: 0.1 }, limits)
    expect(state.sum).toBeCloseTo(2.65, 12)
  })

  it('raises an alarm beyond the threshold, says by how much ratings fell, and begins anew', () => {
    let state = NO_DRIFT
    const shifts: (number | undefined)[] = []
    for (const residual of [-0.4, -0.4, -0.6, -0.4, -0.4, -0.4, -0.4]) {
      const step = advanceDrift(state, { residual, deviation: 0.4 }, limits)
      state = step.state
      shifts.push(step.shift)
    }
    // 0.65, 1.3, 2.45, 3.1, 3.75, 4.4.
    expect(shifts.slice(0, 5)).toEqual(Array(5).fill(undefined))
    expect(shifts[5]).toBeCloseTo(-2.6 / 6, 12)
    expect(state.ratings).toBe(1)
  })

  it('is quiet for ratings that stay what they were: under one alarm in 100,000', () => {
    const random = seededRandom(3)
    let alarms = 0
    let state = NO_DRIFT
    for (let rating = 0; rating < 200_000; rating += 1) {
      const residual = (random() < 0.7 ? 1 : 0) - 0.7
      const step = advanceDrift(state, { residual, deviation: Math.sqrt(0.21) }, drift)
      state = step.state
      if (step.shift !== undefined) alarms += 1
    }
    expect(alarms).toBeLessThanOrEqual(2)
  })

  it('hears of a model that does half as well within a hundred ratings', () => {
    const random = seededRandom(4)
    let state = NO_DRIFT
    for (let rating = 1; rating <= 100; rating += 1) {
      const residual = (random() < 0.4 ? 1 : 0) - 0.8
      const step = advanceDrift(state, { residual, deviation: 0.4 }, drift)
      if (step.shift !== undefined) {
        expect(step.shift).toBeCloseTo(-0.4, 0)
        return
      }
      state = step.state
    }
    expect.unreachable('no alarm')
  })
})

describe('what a rating is measured against', () => {
  const table = tableOf(2)
  const of = (code: number, math: number) =>
    learn(
      {
        table,
        atMs: JUNE,
        cells: [
          cellOf('code', 'p/000', { ratings: Array<number>(code).fill(0.8) }),
          cellOf('math', 'p/000', { ratings: Array<number>(math).fill(0.5) }),
        ],
      },
      undefined,
      resolveAdaptiveOptions(),
    )
  const rated = { taskType: 'code', row: 0, rating: 0.2 }

  it('is nothing while the model has few ratings, or few for this task', () => {
    expect(driftObservation(of(60, 0), rated, drift)).toBeUndefined()
    expect(driftObservation(of(14, 100), rated, drift)).toBeUndefined()
    expect(driftObservation(of(61, 0), { ...rated, taskType: 'math' }, drift)).toBeUndefined()
    expect(driftObservation(of(15, 46), rated, drift)?.residual).toBeLessThan(0)
  })

  it('is the belief, with all that is uncertain about it', () => {
    const learned = of(61, 0)
    const seen = driftObservation(learned, rated, drift)
    const { mean, variance } = beliefOf(learned, rated)
    const noise = learned.fit.tasks.get('code')?.noise ?? 0
    expect(seen?.residual).toBeCloseTo(0.2 - mean, 12)
    expect(seen?.deviation).toBeCloseTo(Math.sqrt(noise + variance), 12)
  })
})
