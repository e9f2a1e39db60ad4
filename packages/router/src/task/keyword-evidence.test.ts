import { ConfigError } from '@imrs/core'
import type { DetectedTask, TaskType } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { SENTENCES } from './__fixtures__/sentences.ts'
import { guessFromKeywords, KEYWORD_WINDOW_CHARACTERS } from './keyword-evidence.ts'
import { compileKeywords } from './keyword-index.ts'
import { KEYWORD_TO_TASK_TYPE } from './tables/keywords.ts'
import { KEYWORD_LANGUAGES } from './tables/languages/index.ts'
import { normalize } from './text-tokens.ts'

const all = compileKeywords(KEYWORD_TO_TASK_TYPE, KEYWORD_LANGUAGES)

function guesses(text: string, index = all): readonly DetectedTask[] {
  return guessFromKeywords([{ role: 'user', content: text }], index)
}

function best(text: string, index = all): TaskType {
  const sorted = guesses(text, index).toSorted((left, right) => right.matches - left.matches)
  return sorted[0]?.type ?? 'general'
}

describe('the specification’s table', () => {
  it('is built in word for word', () => {
    expect(KEYWORD_TO_TASK_TYPE).toEqual({
      slides: ['powerpoint', 'ppt', 'presentation', 'slides'],
      code: ['code', 'program', 'script', 'function', 'python', 'javascript'],
      analysis: ['analyze', 'examine', 'investigate', 'review'],
      summarization: ['summarize', 'summary', 'condense', 'tldr'],
      translation: ['translate', 'translation'],
      image: ['image', 'picture', 'photo', 'diagram'],
      document: ['document', 'report', 'paper', 'pdf'],
    })
  })

  const entries = Object.entries(KEYWORD_TO_TASK_TYPE).flatMap(([type, words]) =>
    words.map((word) => [String(word), type] as const),
  )

  it.each(entries)('takes "%s" for %s', (word, type) => {
    const expected = [{ type, source: 'keyword', confidence: 'medium', matches: 1 }]
    expect(guesses(`Here: ${word}, now.`)).toEqual(expected)
    expect(guesses(word.toUpperCase())).toEqual(expected)
    expect(guesses(word, compileKeywords(KEYWORD_TO_TASK_TYPE, []))).toEqual(expected)
  })
})

describe('languages', () => {
  it('has sentences for every language', () => {
    expect(Object.keys(SENTENCES).toSorted()).toEqual(
      KEYWORD_LANGUAGES.map(({ code }) => code).toSorted(),
    )
  })

  it.each(KEYWORD_LANGUAGES.map((language) => [language.code, language] as const))(
    '%s covers every task type of the specification',
    (_, language) => {
      expect(Object.keys(language.keywords)).toEqual(Object.keys(KEYWORD_TO_TASK_TYPE))
    },
  )

  const cases = Object.entries(SENTENCES).flatMap(([code, sentences]) =>
    Object.entries(sentences).map(([type, sentence]) => [code, type, sentence] as const),
  )

  it.each(cases)('%s, %s: %s', (_, type, sentence) => {
    expect(best(sentence)).toBe(type)
  })

  it.each(cases)('%s, %s, in capitals: %s', (_, type, sentence) => {
    expect(best(sentence.toUpperCase())).toBe(type)
  })

  it('gives no form two task types', () => {
    const typeOf = new Map<string, string>()
    const conflicts: string[] = []
    const tables = [KEYWORD_TO_TASK_TYPE, ...KEYWORD_LANGUAGES.map(({ keywords }) => keywords)]
    for (const [type, words] of tables.flatMap((table) => Object.entries(table))) {
      for (const form of words.flat().map(normalize)) {
        if ((typeOf.get(form) ?? type) !== type) conflicts.push(form)
        typeOf.set(form, type)
      }
    }
    expect(conflicts).toEqual([])
  })

  it('repeats no form within a language', () => {
    for (const { code, keywords } of KEYWORD_LANGUAGES) {
      const forms = Object.values(keywords).flat(2)
      expect([code, forms.filter((form, at) => forms.indexOf(form) !== at)]).toEqual([code, []])
    }
  })

  it('ignores nothing that is a keyword', () => {
    const forms = new Set(
      KEYWORD_LANGUAGES.flatMap(({ keywords }) => Object.values(keywords).flat(2)).map(normalize),
    )
    const ignored = KEYWORD_LANGUAGES.flatMap((language) => language.ignored ?? [])
    expect(ignored.filter((phrase) => forms.has(normalize(phrase)))).toEqual([])
  })
})

describe('words', () => {
  it.each([
    ['review the code', 'code'],
    ["translate this function's docstring", 'translation'],
    ['Please summarize the report', 'summarization'],
    ['write a function that translates dates', 'code'],
    ['translate this document', 'translation'],
    ['analyze this picture', 'analysis'],
    ['I present to you my present', 'general'],
    ['a photogenic programmatic reviewer', 'general'],
    ['What is the zip code of Vienna?', 'general'],
    ['What is the function of the heart?', 'general'],
    ['How do I build rapport with clients?', 'general'],
    ['tl;dr', 'summarization'],
    ['TL-DR!', 'summarization'],
    ['my_function_name', 'general'],
    ['power point', 'slides'],
    ['La folie de la bière belge', 'general'],
    ['par rapport à hier', 'general'],
    ['Bom dia, tudo bem?', 'general'],
    ['プレゼントを買いたい', 'general'],
    ['言い訳してはいけない', 'general'],
    ['レコードを聴く', 'general'],
    ['바코드가 뭐야?', 'general'],
    ['แปลกมาก', 'general'],
    ['Pythonで書いて', 'code'],
    ['ＰＤＦ', 'document'],
    ['Ｐｏｗｅｒｐｏｉｎｔ', 'slides'],
    ['résumé de ce texte', 'summarization'],
    ['Improve my résumé', 'general'],
    ['Improve my resume', 'general'],
    ['wal\u0327\u0327 Pra\u0308sentation', 'slides'],
  ])('%s → %s', (text, type) => {
    expect(best(text)).toBe(type)
  })

  it('counts different words, not repetitions or forms of one word', () => {
    expect(guesses('code, Code, codes, coding')).toMatchObject([{ type: 'code', matches: 1 }])
    expect(guesses('a Python script')).toMatchObject([{ type: 'code', matches: 2 }])
  })

  it('keeps the order of the table on a tie', () => {
    expect(guesses('paper, picture, review, slides').map(({ type }) => type)).toEqual([
      'slides',
      'analysis',
      'image',
      'document',
    ])
  })

  it('puts the action a text opens with first on a tie, if its object does not change it', () => {
    expect(guesses('translate the code')[0]?.type).toBe('translation')
    expect(guesses('the code, translate it')[0]?.type).toBe('code')
    expect(guesses('review the code')[0]?.type).toBe('code')
  })
})

describe('material inside the text', () => {
  it('does not read what stands between fences', () => {
    expect(best('Shorten ```\nthis report and picture\n```')).toBe('general')
    expect(best('Explain ```the python script```')).toBe('general')
  })

  it('takes a fence in a programming language for one match of code', () => {
    expect(guesses('What is wrong?\n```ts\nlet x = 1\n```')).toEqual([
      { type: 'code', source: 'keyword', confidence: 'medium', matches: 1 },
    ])
    expect(best('What is wrong?\n```\nlet x = 1\n```')).toBe('general')
    expect(best('Improve\n```markdown\n# Hello\n```')).toBe('general')
  })

  it.each([
    ['def area(width):\n    return width', 'code'],
    ['Why?\n#include <stdio.h>', 'code'],
    ['import numpy as np\nprint(1)', 'code'],
    ['import duties rose', 'general'],
    ['const answer = 42', 'code'],
    ['public schools are free', 'general'],
    ['def, the abbreviation', 'general'],
  ])('knows a line of code without a fence: %s', (text, type) => {
    expect(best(text)).toBe(type)
  })

  it('reads on after a fence that is never closed', () => {
    expect(best('``` translate')).toBe('translation')
  })

  it('knows no code where the tables do not', () => {
    const legal = compileKeywords({ legal: ['contract'] }, [])
    expect(guesses('```ts\nlet x\n```', legal)).toEqual([])
  })

  it('looks at both ends of a long text and at no more', () => {
    const filler = 'word '.repeat(KEYWORD_WINDOW_CHARACTERS)
    expect(best(`translate ${filler}`)).toBe('translation')
    expect(best(`${filler} translate`)).toBe('translation')
    expect(best(`${filler} translate ${filler}`)).toBe('general')
  })

  it('does not find a word in the half of another that a cut leaves', () => {
    const head = 'x '.repeat(KEYWORD_WINDOW_CHARACTERS / 2 - 2)
    const text = `${head}codex${' y'.repeat(2 * KEYWORD_WINDOW_CHARACTERS)}`
    expect(text.slice(0, KEYWORD_WINDOW_CHARACTERS)).toMatch(/ code$/)
    expect(best(text)).toBe('general')
  })
})

describe('tables of the host’s', () => {
  const legal = { legal: ['contract', ['lawsuit', 'lawsuits'], 'litigat*', '合同'] } as const

  it('replace the built-in ones', () => {
    const index = compileKeywords(legal, [])
    expect(best('a contract in python', index)).toBe('legal')
    expect(best('python', index)).toBe('general')
    expect(best('they are litigating', index)).toBe('legal')
    expect(best('请看合同吧', index)).toBe('legal')
  })

  it('keep the meaning they give to a word that a language has too', () => {
    const index = compileKeywords(
      { ...KEYWORD_TO_TASK_TYPE, legal: ['informe'] },
      KEYWORD_LANGUAGES,
    )
    expect(best('un informe', index)).toBe('legal')
  })

  it.each(['', '  ', '++', '合同 法', 'pdf合同'])('refuse the keyword %j', (keyword) => {
    expect(() => compileKeywords({ legal: [keyword] }, [])).toThrow(ConfigError)
  })
})
