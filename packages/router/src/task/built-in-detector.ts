import type { DetectedTask, TaskDetector } from '@imrs/core'

import { guessFromAttachments } from './attachment-evidence.ts'
import { guessFromKeywords } from './keyword-evidence.ts'
import { compileKeywords } from './keyword-index.ts'
import { lastUserIndex } from './last-user-message.ts'
import { mergeGuesses } from './merge-guesses.ts'
import { KEYWORD_TO_TASK_TYPE } from './tables/keywords.ts'
import type { KeywordLanguage, KeywordTable } from './tables/keywords.ts'
import { KEYWORD_LANGUAGES } from './tables/languages/index.ts'
import { MEDIA_TYPE_TO_TASK_TYPE } from './tables/media-types.ts'
import type { MediaTypeTable } from './tables/media-types.ts'
import { TOOL_TO_TASK_TYPE } from './tables/tools.ts'
import type { ToolTable } from './tables/tools.ts'
import { guessFromCalledTools, guessFromOfferedTools } from './tool-evidence.ts'

/**
 * What {@link createBuiltInDetector} takes. Each table replaces the built-in one; spread the built-in
 * one to extend it: `{ tools: { ...TOOL_TO_TASK_TYPE, sql_query: 'code' } }`.
 */
export interface BuiltInDetectorOptions {
  /** Default: {@link TOOL_TO_TASK_TYPE}. */
  readonly tools?: ToolTable | undefined
  /** Default: {@link MEDIA_TYPE_TO_TASK_TYPE}. */
  readonly mediaTypes?: MediaTypeTable | undefined
  /** A word that stands here and in `languages` means what it means here. Default: {@link KEYWORD_TO_TASK_TYPE}. */
  readonly keywords?: KeywordTable | undefined
  /** Inflections and other languages. `[]` leaves `keywords` alone. Default: {@link KEYWORD_LANGUAGES}. */
  readonly languages?: readonly KeywordLanguage[] | undefined
}

/**
 * The detector that looks things up in tables: tool calls (high), attachments (high), keywords of the
 * newest user message (medium). Pure and synchronous.
 *
 * What was called or attached before the newest user message counts only when that message, and what
 * followed it, holds no evidence itself: "and what is in the corner?" is still about the image, "now
 * write a script" is not.
 */
export function createBuiltInDetector(options: BuiltInDetectorOptions = {}): TaskDetector {
  const tools = new Map(Object.entries(options.tools ?? TOOL_TO_TASK_TYPE))
  const mediaTypes = new Map(Object.entries(options.mediaTypes ?? MEDIA_TYPE_TO_TASK_TYPE))
  const keywords = compileKeywords(
    options.keywords ?? KEYWORD_TO_TASK_TYPE,
    options.languages ?? KEYWORD_LANGUAGES,
  )
  return {
    specVersion: 'v1',
    name: 'built-in',
    detect: ({ messages, tools: offered }): readonly DetectedTask[] => {
      const start = lastUserIndex(messages)
      const current = messages.slice(start)
      const called = guessFromCalledTools(current, tools)
      const found = mergeGuesses([
        ...(called.length > 0 ? called : guessFromOfferedTools(offered, tools)),
        ...guessFromAttachments(current, mediaTypes),
        ...guessFromKeywords(current, keywords),
      ])
      if (found.length > 0) return found
      const earlier = messages.slice(0, start)
      return mergeGuesses([
        ...guessFromCalledTools(earlier, tools),
        ...guessFromAttachments(earlier, mediaTypes),
      ])
    },
  }
}
