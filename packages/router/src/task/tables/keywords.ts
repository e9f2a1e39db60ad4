import type { TaskType } from '@imrs/core'

/**
 * A whole word or a phrase, or the forms of one word (`['image', 'images']`), which count once. A form that
 * ends with `*` stands for every word that begins so (32 characters at most). Case does not matter.
 *
 * In scripts that put no spaces between words (Chinese, Japanese, Thai), and in Korean, which glues
 * endings to them, a keyword is found anywhere.
 */
export type Keyword = string | readonly [string, ...string[]]

/** Keywords by task type. Where several types apply equally, the earlier row wins. */
export type KeywordTable = Readonly<Record<TaskType, readonly Keyword[]>>

/** How one language writes the keywords. */
export interface KeywordLanguage {
  /** BCP 47: `de`, `pt`, `zh`. */
  readonly code: string
  readonly keywords: KeywordTable
  /** What is written together with the word after it (Arabic `ال`, `و`). Default: none. */
  readonly prefixes?: readonly string[] | undefined
  /** Words and phrases that hold a keyword and mean something else: `zip code`. Default: none. */
  readonly ignored?: readonly string[] | undefined
}

/** The specification's table (§3.5.4), word for word. */
export const KEYWORD_TO_TASK_TYPE: KeywordTable = Object.freeze({
  slides: ['powerpoint', 'ppt', 'presentation', 'slides'],
  code: ['code', 'program', 'script', 'function', 'python', 'javascript'],
  analysis: ['analyze', 'examine', 'investigate', 'review'],
  summarization: ['summarize', 'summary', 'condense', 'tldr'],
  translation: ['translate', 'translation'],
  image: ['image', 'picture', 'photo', 'diagram'],
  document: ['document', 'report', 'paper', 'pdf'],
})
