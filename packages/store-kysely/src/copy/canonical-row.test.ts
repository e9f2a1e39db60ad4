import { describe, expect, it } from 'vitest'

import { canonicalDecimal, canonicalRows } from './canonical-row.ts'
import { RowChecksum } from './row-checksum.ts'

describe('decimals', () => {
  it.each([
    ['1.50', '1.5', '15e-1', '+1.5', '001.5'],
    ['0', '0.000', '-0', '0e7', '.0'],
    ['1e-7', '0.0000001', '0.00000010'],
    ['1200', '12e2', '1200.0'],
    ['-2.5', '-2.50'],
  ])('%s is what its other forms are', (...forms) => {
    expect(new Set(forms.map(canonicalDecimal)).size).toBe(1)
  })

  it.each([
    ['1', '10'],
    ['1', '-1'],
    ['0.1', '0.01'],
    ['12345678901234567890.1', '12345678901234567890.2'],
    ['', '0'],
  ])('%s is not %s', (left, right) => {
    expect(canonicalDecimal(left)).not.toBe(canonicalDecimal(right))
  })
})

describe('rows', () => {
  const textOf = canonicalRows({
    columns: { id: 'text', at: 'time?', is: 'boolean', json: 'json', sum: 'bigint', x: 'double' },
    primaryKey: ['id'],
  })
  const row = { id: 'a', at: null, is: 1, json: '{"b":1.0,"a":[1,{"10":2,"9":3}]}', sum: 7, x: -0 }

  it('are the same in whatever order JSON keeps its members', () => {
    const other = { ...row, json: '{"a": [1, {"9": 3, "10": 2}], "b": 1}', x: 0 }
    expect(textOf(other)).toBe(textOf(row))
  })

  it.each([
    { json: '{"b":1,"a":[{"10":2,"9":3},1]}' },
    { at: '1970-01-01T00:00:00.000Z' },
    { is: 0 },
    { id: 'A' },
    { sum: 8 },
  ])('differ by %j', (changed) => {
    expect(textOf({ ...row, ...changed })).not.toBe(textOf(row))
  })
})

describe('a checksum', () => {
  const sumOf = (texts: readonly string[], begun?: string): string => {
    const checksum = new RowChecksum(begun)
    for (const text of texts) checksum.add(text)
    return checksum.text
  }

  it('does not mind the order, and can be put down and taken up', () => {
    const whole = sumOf(['a', 'b', 'c'])
    expect(whole).toMatch(/^[0-9a-f]{32}$/)
    expect(sumOf(['c', 'a', 'b'])).toBe(whole)
    expect(sumOf(['c'], sumOf(['a', 'b']))).toBe(whole)
  })

  it('minds a row that is there twice, missing or another one', () => {
    const sums = [['a', 'b'], ['a', 'b', 'b'], ['a'], ['a', 'c'], []].map((texts) => sumOf(texts))
    expect(new Set(sums).size).toBe(sums.length)
  })
})
