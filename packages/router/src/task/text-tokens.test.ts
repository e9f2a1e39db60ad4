import fc from 'fast-check'
import { expect, it } from 'vitest'

import { gluedRunsOf, normalize, wordsOf } from './text-tokens.ts'

/** Texts of which nothing needs folding: they are read on a shorter way, with the same result. */
const ascii = fc.string({ unit: 'binary-ascii', maxLength: 80 })

it('normalizes ASCII as it does what stands beside other letters', () => {
  fc.assert(
    fc.property(ascii, (text) => {
      expect(`${normalize(text)} é`).toBe(normalize(`${text} é`))
    }),
  )
})

it('finds the same words in ASCII as beside other letters', () => {
  fc.assert(
    fc.property(ascii, (text) => {
      const words = wordsOf(text.toLowerCase())
      expect(words).toEqual(wordsOf(`${text.toLowerCase()} é`).slice(0, -1))
      for (const { text: word, start } of words) {
        expect(text.toLowerCase().slice(start, start + word.length)).toBe(word)
      }
      expect(gluedRunsOf(text)).toEqual([])
    }),
  )
})

it('takes glued scripts for no words, and finds them where they are', () => {
  expect(wordsOf('see 翻訳 now')).toEqual([
    { text: 'see', start: 0 },
    { text: 'now', start: 7 },
  ])
  expect(gluedRunsOf('see 翻訳 now')).toEqual([{ text: '翻訳', start: 4 }])
})
