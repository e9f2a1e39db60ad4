import fc from 'fast-check'
import { expect, it } from 'vitest'

import { LearningPace } from './learning-pace.ts'

/** A clock that stands where it is put. */
function clock(): { nowMs: number } {
  return { nowMs: 0 }
}

it('lets learn at once of ratings that come together, and of few at any time', () => {
  const time = clock()
  const pace = new LearningPace(() => time.nowMs)
  for (let count = 0; count < 1000; count += 1) {
    expect(pace.isDue).toBe(true)
    pace.spend(() => (time.nowMs += 1))
  }
  for (let count = 0; count < 10_000; count += 1) {
    time.nowMs += 20
    expect(pace.isDue).toBe(true)
    pace.spend(() => (time.nowMs += 4))
  }
})

it('saves up two seconds and no more, however long nothing is learned', () => {
  const time = clock()
  const pace = new LearningPace(() => time.nowMs)
  time.nowMs += 3_600_000
  let spentMs = 0
  while (pace.isDue) {
    pace.spend(() => (time.nowMs += 10))
    spentMs += 10
  }
  expect(spentMs).toBe(2_000)
})

it('takes no more than a fifth of the time in the long run, and rests for no longer than it must', () => {
  const step = fc.record({
    takesMs: fc.integer({ min: 1, max: 200 }),
    pauseMs: fc.integer({ min: 0, max: 50 }),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 200 }), (steps) => {
      const time = clock()
      const pace = new LearningPace(() => time.nowMs)
      let spentMs = 0
      for (const { takesMs, pauseMs } of steps) {
        time.nowMs += pauseMs
        if (!pace.isDue) continue
        pace.spend(() => (time.nowMs += takesMs))
        spentMs += takesMs
      }
      expect(spentMs).toBeLessThanOrEqual(time.nowMs * 0.2 + 2_000 + 200)
      time.nowMs += 1_001
      expect(pace.isDue).toBe(true)
    }),
  )
})
