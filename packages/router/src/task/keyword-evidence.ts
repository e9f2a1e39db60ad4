import type { ChatMessage, DetectedTask, TaskType } from '@imrs/core'
import { textOf } from '@imrs/core'

import { readFences } from './code-fences.ts'
import { findKeywords } from './find-keywords.ts'
import type { KeywordMatch } from './find-keywords.ts'
import type { KeywordIndex } from './keyword-index.ts'
import { CODE_LINES } from './tables/code-marks.ts'
import { OPENING_TASK_TYPES } from './tables/opening-types.ts'
import { normalize } from './text-tokens.ts'

/**
 * How much of a text is looked at, at each end: what is wanted is said first or last, and what lies
 * between is material that would only mislead (and cost time).
 */
export const KEYWORD_WINDOW_CHARACTERS = 2_000

/** A word that a cut goes through is dropped, unless it is as long as no word is. */
const LONGEST_WORD = 64

/**
 * Guesses from the words of the messages of users, each different word one match. What stands inside
 * a code fence is material, not request, and is not read. A fence in a programming language, or a line
 * of code without one, is itself one match for `code`, where the tables know that type.
 *
 * Ties of matches go to the action the text opens with, if {@link OPENING_TASK_TYPES} names it, then
 * to the order of the tables.
 */
export function guessFromKeywords(
  messages: readonly ChatMessage[],
  index: KeywordIndex,
): readonly DetectedTask[] {
  const text = messages.flatMap((message) => (message.role === 'user' ? [textOf(message)] : []))
  const { prose, languages } = readFences(text.join('\n'))
  const windows = windowsOf(prose)
  const matches = windows.flatMap((window) => findKeywords(normalize(window), index))
  const words = countWords(matches)
  const holdsCode = languages.length > 0 || windows.some(hasCodeLine)
  if (holdsCode && index.types.includes('code')) words.set('code', (words.get('code') ?? 0) + 1)
  const opening = matches.at(0)?.type
  return tieOrder(index.types, opening).flatMap((type): readonly DetectedTask[] => {
    const count = words.get(type)
    return count === undefined
      ? []
      : [{ type, source: 'keyword', confidence: 'medium', matches: count }]
  })
}

function hasCodeLine(text: string): boolean {
  return CODE_LINES.some((pattern) => pattern.test(text))
}

function windowsOf(text: string): readonly string[] {
  if (text.length <= 2 * KEYWORD_WINDOW_CHARACTERS) return [text]
  const head = text.slice(0, KEYWORD_WINDOW_CHARACTERS)
  const tail = text.slice(-KEYWORD_WINDOW_CHARACTERS)
  return [
    head.slice(
      0,
      head.length - cutWordLength(/[\p{L}\p{M}\p{N}_]*$/u.exec(head.slice(-LONGEST_WORD))),
    ),
    tail.slice(cutWordLength(/^[\p{L}\p{M}\p{N}_]*/u.exec(tail.slice(0, LONGEST_WORD)))),
  ]
}

function cutWordLength(word: RegExpExecArray | null): number {
  const length = word?.[0].length ?? 0
  return length < LONGEST_WORD ? length : 0
}

function countWords(matches: readonly KeywordMatch[]): Map<TaskType, number> {
  const counts = new Map<TaskType, number>()
  const seen = new Set<string>()
  for (const { type, word } of matches) {
    const key = `${type}\n${word}`
    if (seen.has(key)) continue
    seen.add(key)
    counts.set(type, (counts.get(type) ?? 0) + 1)
  }
  return counts
}

function tieOrder(types: readonly TaskType[], opening: TaskType | undefined): readonly TaskType[] {
  if (opening === undefined || !OPENING_TASK_TYPES.has(opening)) return types
  return [opening, ...types.filter((type) => type !== opening)]
}
