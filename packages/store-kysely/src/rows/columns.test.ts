import { describe, expect, it } from 'vitest'

import { fromJsonArray, fromJsonObject, present, storableText, toJson, toTime } from './columns.ts'

describe('toJson', () => {
  it.each([
    ['NUL', { 'a\0': ['b\0'] }, '{"a\uFFFD":["b\uFFFD"]}'],
    ['a lone surrogate', ['\uD83D'], '["\uFFFD"]'],
    ['an escaped backslash before u0000', ['\\u0000'], '["\\\\u0000"]'],
    ['a surrogate pair', ['😀'], '["😀"]'],
  ])('makes text both databases take of %s', (_name, value, expected) => {
    expect(toJson(value)).toBe(expected)
  })
})

describe('stored JSON', () => {
  it('is refused when it is of another kind than its column', () => {
    expect(() => fromJsonArray('{}')).toThrow('array')
    expect(() => fromJsonObject('[]')).toThrow('object')
    expect(() => fromJsonObject('null')).toThrow('object')
  })
})

it('keeps times to the millisecond, before 1970 too', () => {
  expect(toTime(-1)).toBe('1969-12-31T23:59:59.999Z')
})

it('drops what is undefined and keeps what is null', () => {
  expect(Object.keys(present({ a: undefined, b: null, c: 0 }))).toEqual(['b', 'c'])
})

it('leaves storable text as it is', () => {
  expect(storableText('é😀\n')).toBe('é😀\n')
})
