import { PLAIN_FENCE_LANGUAGES } from './tables/code-marks.ts'

/** A text with its fenced blocks taken out. */
export interface FencedText {
  readonly prose: string
  /** What the fences say their content is, plain text left out: `python`, `ts`. */
  readonly languages: readonly string[]
}

const FENCE = '```'
const FENCE_LANGUAGE = /^[\w#+.-]{1,30}(?=[ \t]*\r?\n)/

/** Nobody asks with more blocks than this; what follows is read as it is. */
const MAX_FENCES = 50

/** Takes out closed blocks between triple backticks; one that is never closed stays. Linear. */
export function readFences(text: string): FencedText {
  const prose: string[] = []
  const languages: string[] = []
  let from = 0
  for (let count = 0; count < MAX_FENCES; count += 1) {
    const open = text.indexOf(FENCE, from)
    const close = open < 0 ? -1 : text.indexOf(FENCE, open + FENCE.length)
    if (close < 0) break
    prose.push(text.slice(from, open))
    const language = FENCE_LANGUAGE.exec(text.slice(open + FENCE.length, open + 40))?.[0]
    if (language !== undefined && !PLAIN_FENCE_LANGUAGES.has(language.toLowerCase())) {
      languages.push(language)
    }
    from = close + FENCE.length
  }
  prose.push(text.slice(from))
  return { prose: prose.join('\n'), languages }
}
