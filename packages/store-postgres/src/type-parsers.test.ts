import { expect, it } from 'vitest'

import { typeParsers } from './type-parsers.ts'

const TIMESTAMPTZ = 1184

it.each([
  ['2026-11-21 03:32:00+00', '2026-11-21T03:32:00.000Z'],
  ['2026-11-21 03:32:00.5+00', '2026-11-21T03:32:00.500Z'],
  ['2026-11-21 03:32:00.123456+05:30', '2026-11-20T22:02:00.123Z'],
  ['1969-12-31 20:59:59.999-03', '1969-12-31T23:59:59.999Z'],
])('reads the time %s whatever the time zone of the session', (text, expected) => {
  expect(typeParsers.getTypeParser(TIMESTAMPTZ)(text)).toBe(expected)
})

it('refuses a time in a form it does not know rather than guess', () => {
  const parse = typeParsers.getTypeParser(TIMESTAMPTZ)
  expect(() => parse('21/11/2026 03:32:00 UTC')).toThrow('DateStyle')
})

it('refuses an integer that a number cannot hold', () => {
  const parse = typeParsers.getTypeParser(20)
  expect(parse('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  expect(() => parse('9007199254740993')).toThrow('exactly')
})
