import type { TaskType } from '@imrs/core'

/** Characters up to which a text is short, and middling. */
const SHORT = 200
const MIDDLING = 800

/** The scripts that are told apart; anything else is `latin`. */
const SCRIPTS: readonly (readonly [name: string, letters: RegExp])[] = [
  ['han', /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['devanagari', /\p{Script=Devanagari}/u],
]

const CODE =
  /```|\bdef \w+\(|\bfunction\b.*[({]|=>|;\s*\n|#include|\bassert\b|<\/\w+>|\bSELECT\b.+\bFROM\b/

/** Options to choose from, each on a line. */
const CHOICES = /^\s*(?:\(?[A-D][).:])\s/m

/**
 * What stands for the task of a text that nothing else is known of: its script, whether it looks like
 * code, has answers to choose from or numbers, and how long it is. A text has always the same one.
 *
 * Several buckets and not one: where all requests are one task, the first model that does well in
 * it is played for all.
 */
export function textBucket(text: string): TaskType {
  const script = SCRIPTS.find(([, letters]) => letters.test(text))?.[0] ?? 'latin'
  return `text:${script}:${kindOf(text)}:${lengthOf(text)}`
}

function kindOf(text: string): string {
  if (CODE.test(text)) return 'code'
  if (CHOICES.test(text)) return 'choices'
  const digits = text.match(/\d+/g)?.length ?? 0
  return digits >= 3 ? 'numbers' : 'words'
}

function lengthOf(text: string): string {
  if (text.length <= SHORT) return 'short'
  return text.length <= MIDDLING ? 'middling' : 'long'
}
