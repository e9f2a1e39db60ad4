import { describe, expect, it } from 'vitest'

import { LAST_TIME_MS, assertEventNumber, assertTime } from './times.ts'

const refusal = { code: 'invalid-request', field: 'fromMs' }

describe('a time', () => {
  it.each([undefined, 0, 1, LAST_TIME_MS])('may be %s', (value) => {
    expect(() => assertTime('fromMs', value)).not.toThrow()
  })

  it.each([-1, 0.5, LAST_TIME_MS + 1, Number.NaN, Number.POSITIVE_INFINITY])(
    'may not be %s',
    (value) => {
      expect(() => assertTime('fromMs', value)).toThrow(expect.objectContaining(refusal))
    },
  )

  it('is at most the last one with a year of four digits', () => {
    expect(new Date(LAST_TIME_MS).toISOString()).toBe('9999-12-31T23:59:59.999Z')
  })
})

describe('the number of an event', () => {
  it.each([undefined, 0, Number.MAX_SAFE_INTEGER])('may be %s', (value) => {
    expect(() => assertEventNumber('fromMs', value)).not.toThrow()
  })

  it.each([-1, 0.5, 1e20, Number.NaN, Number.POSITIVE_INFINITY])('may not be %s', (value) => {
    expect(() => assertEventNumber('fromMs', value)).toThrow(expect.objectContaining(refusal))
  })
})
