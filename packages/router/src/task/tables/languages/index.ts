import type { KeywordLanguage } from '../keywords.ts'

/** Every language with a built-in table. */
export const KEYWORD_LANGUAGES: readonly KeywordLanguage[] = Object.freeze([])
