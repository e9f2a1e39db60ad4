import type { Model } from './model.ts'

/** Where a word is cut off, in characters. Words of models are shorter; only texts run together are not. */
const WORD_LENGTH = 40
/** The words of a search that count. */
const SEARCH_WORDS = 16

const BEGINS_WITH_DIGIT = /^\p{N}/u
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/u

/**
 * What a search finds a model by: the words of its id and of its display name, each run together with
 * those after it that begin with a digit. `openai/gpt-4o-mini` is found by `openai`, `gpt`, `4o`, `mini`
 * and by `gpt4o`.
 */
export function searchWordsOf({ id, displayName }: Pick<Model, 'id' | 'displayName'>): string[] {
  const words = [id, displayName].flatMap((text) => {
    const parts = partsOf(text)
    return parts.map((_, start) => cut(runFrom(parts, start)))
  })
  return [...new Set(words)]
}

function runFrom(parts: readonly string[], start: number): string {
  let run = parts[start] ?? ''
  for (let next = start + 1; next < parts.length && run.length < WORD_LENGTH; next += 1) {
    const part = parts[next] ?? ''
    if (!BEGINS_WITH_DIGIT.test(part)) break
    run += part
  }
  return run
}

/** The words of a search, in lower case, without hyphens, punctuation and repetition. */
export function searchTerms(search: string): string[] {
  return [...new Set(partsOf(search).map(cut))].slice(0, SEARCH_WORDS)
}

/**
 * Whether every word of the search begins a word of the model's id or display name, in any order;
 * case, hyphens and punctuation do not count, and a number may be written to the word before it. A search without words fits every model.
 */
export function fitsSearch(model: Pick<Model, 'id' | 'displayName'>, search: string): boolean {
  const words = searchWordsOf(model)
  return searchTerms(search).every((term) => words.some((word) => word.startsWith(term)))
}

function partsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(BETWEEN_WORDS)
    .filter((part) => part !== '')
}

/** Never through the middle of a surrogate pair. */
function cut(word: string): string {
  const short = word.slice(0, WORD_LENGTH)
  return short.isWellFormed() ? short : short.slice(0, -1)
}
