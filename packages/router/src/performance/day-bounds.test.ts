import { expect, it } from 'vitest'

import { dayBounds } from './day-bounds.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2024, 0, 1)

it('has an open end while the last day is not over', () => {
  const nowMs = START + DAY_MS / 2
  expect(dayBounds({ fromMs: START - 1, toMs: nowMs }, nowMs)).toEqual({
    fromDay: '2023-12-31',
    toDay: undefined,
  })
  expect(dayBounds({ toMs: START }, nowMs)).toEqual({ fromDay: undefined, toDay: '2023-12-31' })
})
