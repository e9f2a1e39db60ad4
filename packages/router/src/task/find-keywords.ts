import type { TaskType } from '@imrs/core'

import type { KeywordIndex, KeywordTarget, PhraseNode } from './keyword-index.ts'
import { gluedRunsOf, wordsOf } from './text-tokens.ts'
import type { TextPiece } from './text-tokens.ts'

/** A keyword found in a text. */
export interface KeywordMatch {
  readonly type: TaskType
  readonly word: string
  /** Where it begins. */
  readonly at: number
}

/** No stem in the tables is longer. */
const LONGEST_STEM = 32

/** All keywords of a normalized text in the order they stand in; the longest that fits a place wins. */
export function findKeywords(text: string, index: KeywordIndex): readonly KeywordMatch[] {
  const found = [...findWords(wordsOf(text), index), ...findGlued(gluedRunsOf(text), index)]
  return found.toSorted((left, right) => left.at - right.at)
}

function findWords(words: readonly TextPiece[], index: KeywordIndex): readonly KeywordMatch[] {
  const found: KeywordMatch[] = []
  let position = 0
  while (position < words.length) {
    const word = words[position]
    const phrase = longestPhrase(words, position, index.phrases)
    const target = phrase?.target ?? (word && stemTarget(word.text, index.stems))
    if (word !== undefined) addMatch(found, target, word.start)
    position += phrase?.length ?? 1
  }
  return found
}

interface FoundPhrase {
  readonly target: KeywordTarget
  /** In words. */
  readonly length: number
}

function longestPhrase(
  words: readonly TextPiece[],
  start: number,
  phrases: ReadonlyMap<string, PhraseNode>,
): FoundPhrase | undefined {
  let best: FoundPhrase | undefined
  let level = phrases
  for (let position = start; position < words.length; position += 1) {
    const node = level.get(words[position]?.text ?? '')
    if (node === undefined) break
    if (node.target !== undefined) best = { target: node.target, length: position - start + 1 }
    level = node.next
  }
  return best
}

function stemTarget(
  word: string,
  stems: ReadonlyMap<string, KeywordTarget>,
): KeywordTarget | undefined {
  for (let length = Math.min(word.length, LONGEST_STEM); length > 1; length -= 1) {
    const target = stems.get(word.slice(0, length))
    if (target !== undefined) return target
  }
  return undefined
}

function findGlued(runs: readonly TextPiece[], index: KeywordIndex): readonly KeywordMatch[] {
  const found: KeywordMatch[] = []
  for (const { text, start } of runs) {
    let position = 0
    while (position < text.length) {
      const forms = index.characters.get(text.charAt(position))
      const hit = forms?.find(({ form }) => text.startsWith(form, position))
      addMatch(found, hit?.target, start + position)
      position += hit?.form.length ?? 1
    }
  }
  return found
}

function addMatch(found: KeywordMatch[], target: KeywordTarget | undefined, at: number): void {
  if (target?.type !== undefined) found.push({ type: target.type, word: target.word, at })
}
