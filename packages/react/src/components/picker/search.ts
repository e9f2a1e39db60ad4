/** From this length on, a term may lie anywhere in a name. Shorter ones begin a word. */
const ANYWHERE_FROM = 3

/** The words of a text, without case, hyphens and punctuation; the last one is all of them together. */
export function searchWords(text: string): readonly string[] {
  const words = wordsOf(text)
  return [...words, words.join('')]
}

/**
 * Whether every word of a search is found, in any order. Hyphens and spaces do not count: `gpt4o mini`
 * and `mini gpt-4o` find GPT-4o mini. A search without words fits everything.
 */
export function fitsSearch(words: readonly string[], search: string): boolean {
  const whole = words.at(-1) ?? ''
  return wordsOf(search).every(
    (term) =>
      words.some((word) => word.startsWith(term)) ||
      (term.length >= ANYWHERE_FROM && whole.includes(term)),
  )
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
}
