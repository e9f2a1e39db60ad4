import type { DialectTraits } from '../dialect-traits.ts'

/** Larger statements are slower to compile than they save in round trips. */
const MAX_ROWS = 200

/** Cuts rows into groups that one statement can carry. */
export function chunksOf<T extends object>(rows: readonly T[], traits: DialectTraits): T[][] {
  const first = rows[0]
  if (first === undefined) return []
  const size = Math.min(MAX_ROWS, Math.floor(traits.maxParameters / Object.keys(first).length))
  const chunks: T[][] = []
  for (let start = 0; start < rows.length; start += size) {
    chunks.push(rows.slice(start, start + size))
  }
  return chunks
}
