import fc from 'fast-check'
import { expect, it } from 'vitest'

import { bucketOf } from './bucket-of.ts'

it.each([
  ['Who painted the Mona Lisa?', 'latin-short'],
  ['Кто написал «Войну и мир»?', 'cyrillic-short'],
  ['東京の首都はどこですか', 'japanese-short'],
  ['中国的首都在哪里', 'chinese-short'],
  ['من كتب ألف ليلة وليلة؟', 'arabic-short'],
  ['12 * 7 + 30 = ?', 'digits-short'],
  ['Fix it:\n```ts\nlet a = 1\n```\n', 'code-short'],
  ['def main(argument):\n  return argument', 'code-short'],
  [`${'a fairly long story '.repeat(10)}`, 'latin-middling'],
  [`${'a very long story '.repeat(100)}`, 'latin-long'],
  ['', 'other-short'],
  ['?!…', 'other-short'],
  ['It was in 1984.', 'digits-short'],
  ['It happened in 1984, if I remember what my grandmother told us about the war.', 'latin-short'],
])('puts %j into %s', (text, bucket) => {
  expect(bucketOf(text)).toBe(bucket)
})

it('knows few buckets, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (text) => {
      expect(bucketOf(text)).toMatch(
        /^(code|digits|japanese|korean|chinese|cyrillic|arabic|indic|thai|latin|other)-(short|middling|long)$/,
      )
    }),
  )
})
