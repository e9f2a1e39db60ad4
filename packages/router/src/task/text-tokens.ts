/**
 * Scripts whose words are not set apart by spaces, and Korean, whose endings are glued to the word.
 * `scx` and not `sc`: the long-vowel mark of Katakana belongs to no single script.
 */
const GLUED_RUN =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu

const WORD = /[\p{L}\p{M}\p{N}_]+/gu

/** What most texts are: nothing in them is to be folded, and no script is glued. */
const ASCII = /^[\0-\x7f]*$/
const ASCII_WORD = /\w+/g

/** Arabic vowel signs and the stretching stroke: written or left out at will. */
const ARABIC_OPTIONAL = /\u0640|\u0670|[\u064b-\u0652]/gu

/**
 * One spelling for all ways to write the same: composed, full-width folded to ASCII, lower case.
 *
 * Both Turkish i's become `i`, since capitals do not tell them apart here; Arabic loses its vowel
 * signs and its carriers of hamza.
 */
export function normalize(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replaceAll('ı', 'i')
    .replace(ARABIC_OPTIONAL, '')
    .replace(/[أإآ]/gu, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('’', "'")
}

/** A stretch of a text. */
export interface TextPiece {
  readonly text: string
  /** Where it begins in the text it is from. */
  readonly start: number
}

/** The words of a normalized text, glued scripts left out. */
export function wordsOf(text: string): readonly TextPiece[] {
  if (ASCII.test(text)) return piecesOf(text, ASCII_WORD)
  return piecesOf(
    text.replace(GLUED_RUN, (run) => ' '.repeat(run.length)),
    WORD,
  )
}

/** The stretches of glued scripts in a normalized text. */
export function gluedRunsOf(text: string): readonly TextPiece[] {
  return ASCII.test(text) ? [] : piecesOf(text, GLUED_RUN)
}

function piecesOf(text: string, pattern: RegExp): readonly TextPiece[] {
  return Array.from(text.matchAll(pattern), (match) => ({ text: match[0], start: match.index }))
}
