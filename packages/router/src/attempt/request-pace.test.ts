import type { Provider } from '@imrs/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { aProvider } from '../__fixtures__/sample-model.ts'
import { RequestPace } from './request-pace.ts'

const provider = (rateLimitRpm: number | undefined, rateLimitBurst?: number): Provider =>
  aProvider({ rateLimitRpm, settings: rateLimitBurst === undefined ? {} : { rateLimitBurst } })

it('lets a burst through, then one each time there is room, and says how long there is none', () => {
  const pace = new RequestPace()
  const slow = provider(60, 3)
  expect([0, 0, 0, 0].map((now) => pace.take(slow, now))).toEqual([0, 0, 0, 1000])
  expect(pace.take(slow, 999)).toBe(1)
  expect(pace.take(slow, 1000)).toBe(0)
  expect(pace.take(slow, 1000)).toBe(1000)
})

it('keeps providers apart, and one without a limit is never held back', () => {
  const pace = new RequestPace()
  expect(pace.take(provider(1, 1), 0)).toBe(0)
  expect(pace.take({ ...provider(1, 1), id: 'q' }, 0)).toBe(0)
  for (let count = 0; count < 100; count += 1) expect(pace.take(provider(undefined), 0)).toBe(0)
})

it('never lets more than the burst and the rate through, whenever they come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(3000), { maxLength: 200 }),
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 20 }),
      (gaps, rpm, burst) => {
        const pace = new RequestPace()
        const passed: number[] = []
        let now = 0
        for (const gap of gaps) {
          now += gap
          if (pace.take(provider(rpm, burst), now) === 0) passed.push(now)
        }
        for (const [index, from] of passed.entries()) {
          const within = passed.slice(index).filter((at) => at < from + 60_000).length
          expect(within).toBeLessThanOrEqual(burst + rpm)
        }
      },
    ),
  )
})
