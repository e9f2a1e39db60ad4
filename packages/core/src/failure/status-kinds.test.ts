import { expect, it } from 'vitest'

import { kindOfStatus } from './status-kinds.ts'

it.each([
  [400, 'invalid-request'],
  [401, 'credentials'],
  [402, 'payment'],
  [404, 'model-gone'],
  [413, 'context-too-long'],
  [418, 'invalid-request'],
  [429, 'rate-limited'],
  [500, 'unavailable'],
  [503, 'overloaded'],
  [599, 'unavailable'],
] as const)('%d is %s', (status, kind) => {
  expect(kindOfStatus(status)).toBe(kind)
})

it('is what the provider means by it', () => {
  expect(kindOfStatus(498, { 498: 'overloaded' })).toBe('overloaded')
  expect(kindOfStatus(429, { 498: 'overloaded' })).toBe('rate-limited')
})
