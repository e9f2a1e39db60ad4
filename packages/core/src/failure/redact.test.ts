import { expect, it } from 'vitest'

import { redact } from './redact.ts'

it.each([
  'sk-proj-abcdef0123456789',
  'gsk_abcdef0123456789',
  'AIzaSyA-abcdef',
  'Bearer abcdef.0123',
])('takes out what looks like a key: %s', (key) => {
  expect(redact(`Incorrect: ${key}. Sorry`)).toMatch(/^Incorrect: \[redacted\]\.? Sorry$/)
})

it('takes out the key that was used, whatever it looks like', () => {
  expect(redact('No: QX12345678, again QX12345678', 'QX12345678')).toBe(
    'No: [redacted], again [redacted]',
  )
})

it('leaves words that a local server takes for a key', () => {
  expect(redact('There is none', 'none')).toBe('There is none')
})

it('is one line of a length that a person reads', () => {
  expect(redact(' a\n\tb ')).toBe('a b')
  expect(redact('word '.repeat(100))).toHaveLength(301)
})
