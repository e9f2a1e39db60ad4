import { readFences } from './code-fences.ts'
import { CODE_LINES } from './tables/code-marks.ts'

/** How long a text may be to be short, and to be of middling length; characters. */
const SHORT = 80
const MIDDLING = 600

/** From this share of digits on, a text is about numbers. */
const MANY_DIGITS = 0.08

/** So much of a text says what it is, and takes a few microseconds to read. */
const LONGEST_READ = 4000

/** In the order they are looked for: Japanese holds Han characters as well. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = Object.freeze([
  ['japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['korean', /\p{Script=Hangul}/u],
  ['chinese', /\p{Script=Han}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['indic', /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}]/u],
  ['thai', /\p{Script=Thai}/u],
  ['latin', /\p{Script=Latin}/u],
])

/**
 * A rough kind of text, for a request that shows no task: `code`, `digits`, a script, or `other`, and
 * a length: `latin-short`, `code-long`. At most 33 of them. Linear in the text.
 */
export function bucketOf(text: string): string {
  return `${kindOf(text.slice(0, LONGEST_READ))}-${lengthOf(text)}`
}

function lengthOf({ length }: string): 'short' | 'middling' | 'long' {
  if (length <= SHORT) return 'short'
  return length <= MIDDLING ? 'middling' : 'long'
}

function kindOf(text: string): string {
  const hasFence = readFences(text).languages.length > 0
  if (hasFence || CODE_LINES.some((line) => line.test(text))) return 'code'
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0
  if (digits > 2 && digits >= text.length * MANY_DIGITS) return 'digits'
  return SCRIPTS.find(([, script]) => script.test(text))?.[0] ?? 'other'
}
