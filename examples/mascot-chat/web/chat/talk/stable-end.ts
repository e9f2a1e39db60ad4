/** What begins an item of a list. */
const ITEM = /^(?:[-*+]|\d{1,9}[.)])(?:\s|$)/
/** As long as a line must be before it is sure that it begins no item. */
const KNOWN_FROM = 12

/**
 * Up to where the Markdown of a text that is being written is settled: whatever comes, it reads the
 * same before that place. It is behind a blank line, outside of code, and before what does not go on
 * with a list.
 */
export function stableEnd(text: string): number {
  let end = 0
  let fence: string | undefined
  let wasBlank = false
  let start = 0
  for (const line of text.split('\n')) {
    const isLast = start + line.length === text.length
    if (fence === undefined && wasBlank && beginsAnew(line, isLast)) end = start
    fence = fenceAfter(line, fence)
    wasBlank = line.trim() === ''
    start += line.length + 1
  }
  return end
}

function beginsAnew(line: string, isLast: boolean): boolean {
  if (isLast && line.length < KNOWN_FROM) return false
  return /^\S/.test(line) && !ITEM.test(line)
}

/** What closes the block of code that is open behind a line: as many of the same marks, or more. */
function fenceAfter(line: string, fence: string | undefined): string | undefined {
  const [marks] = /^(?:`{3,}|~{3,})/.exec(line.trim()) ?? []
  if (marks === undefined) return fence
  if (fence === undefined) return marks
  const isClosed = marks.startsWith(fence) && line.trim() === marks
  return isClosed ? undefined : fence
}
