import type { Model } from './model.ts'

/** Where a word is cut off, in characters. Words of models are shorter; only texts run together are not. */
const WORD_LENGTH = 40
/** The words of a search that count. */
const SEARCH_WORDS = 16

const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/u

/**
 * What a search finds a model by: for each word of its id and of its display name, the text that
 * begins there with everything between words left out. `openai/gpt-4o` is found by `openai`, `gpt`,
 * `4o`, and by what runs together, `gpt4o`.
 */
export function searchWordsOf({ id, displayName }: Pick<Model, 'id' | 'displayName'>): string[] {
  const words = [id, displayName].flatMap((text) => {
    const parts = partsOf(text)
    return parts.map((_, start) => cut(parts.slice(start, start + WORD_LENGTH).join('')))
  })
  return [...new Set(words)]
}

/** The words of a search, in lower case, without hyphens, punctuation and repetition. */
export function searchTerms(search: string): string[] {
  return [...new Set(partsOf(search).map(cut))].slice(0, SEARCH_WORDS)
}

/**
 * Whether every word of the search begins a word of the model's id or display name, in any order;
 * case, hyphens and punctuation do not count. A search without words fits every model.
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
