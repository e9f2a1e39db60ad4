import { expect, it } from 'vitest'

import type { DialectTraits } from '../dialect-traits.ts'
import { chunksOf } from './chunks.ts'

const traits = (maxParameters: number): DialectTraits => ({ maxParameters }) as DialectTraits
const rows = (count: number): readonly { a: number; b: number }[] =>
  Array.from({ length: count }, (_, index) => ({ a: index, b: index }))

it('keeps every row, in order, within what a statement carries', () => {
  const chunks = chunksOf(rows(11), traits(9))
  expect(chunks.map((chunk) => chunk.length)).toEqual([4, 4, 3])
  expect(chunks.flat()).toEqual(rows(11))
})

it('makes statements no longer than is useful', () => {
  expect(chunksOf(rows(401), traits(65_535)).map((chunk) => chunk.length)).toEqual([200, 200, 1])
})

it('makes none of no rows', () => {
  expect(chunksOf([], traits(10))).toEqual([])
})
