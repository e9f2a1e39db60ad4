import { ImrsError } from '@imrs/core'

/** Deeper than any schema of ours; shallow enough for every recursive reader. */
const MAX_DEPTH = 64

/**
 * Refuses JSON text that `JSON.parse` would take and nobody should send: names that occur twice in an
 * object (readers disagree which counts), NUL inside text (databases refuse it), and nesting deeper
 * than 64. Whether the text is JSON at all is not its business.
 *
 * @throws ImrsError `invalid-request`.
 */
export function assertJsonShape(text: string): void {
  /** The names seen in each open object; `undefined` for an open array. */
  const open: (Set<string> | undefined)[] = []
  let at = 0
  while (at < text.length) {
    const character = text[at]
    if (character === '"') at = readText(text, at, open.at(-1))
    else {
      if (character === '{') openOne(open, new Set())
      else if (character === '[') openOne(open, undefined)
      else if (character === '}' || character === ']') open.pop()
      at += 1
    }
  }
}

function openOne(open: (Set<string> | undefined)[], names: Set<string> | undefined): void {
  if (open.length === MAX_DEPTH) throw refused(`is nested deeper than ${MAX_DEPTH}`)
  open.push(names)
}

/** Gives where the text after the literal begins. */
function readText(text: string, start: number, names: Set<string> | undefined): number {
  const end = endOfText(text, start)
  const raw = text.slice(start, end)
  if (raw.includes('\\u0000') && String(parsed(raw)).includes('\0')) {
    throw refused('must not hold NUL')
  }
  if (names !== undefined && isName(text, end)) addName(names, raw)
  return end
}

function endOfText(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1)
  while (quote !== -1) {
    let escapes = 0
    while (text[quote - 1 - escapes] === '\\') escapes += 1
    if (escapes % 2 === 0) return quote + 1
    quote = text.indexOf('"', quote + 1)
  }
  return text.length
}

function isName(text: string, end: number): boolean {
  let at = end
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
  return text[at] === ':'
}

function addName(names: Set<string>, raw: string): void {
  const name = raw.includes('\\') ? String(parsed(raw)) : raw.slice(1, -1)
  if (names.has(name)) throw refused('has a name twice in one object')
  names.add(name)
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return raw
  }
}

function refused(problem: string): ImrsError {
  return new ImrsError('invalid-request', `\`body\`: ${problem}`, { field: 'body' })
}
