import type { CountsText } from '../schema/database.ts'

const [SPACE, COLON, ZERO] = [32, 58, 48]

/** Texts that are shorter together are joined, which is quicker than adding them up. */
export const JOINED_COUNTS = 512

/**
 * Counts by name as text, `57:3 58:12`: what one takes, put behind what the other takes, is the text of
 * both added up. Databases add them so, and many rows come out as one. Names hold neither spaces nor
 * colons.
 */
export function toCountsText(counts: Readonly<Record<string, number>>): CountsText {
  return Object.entries(counts)
    .map(([name, count]) => `${name}:${count}`)
    .join(' ')
}

/** The counts of a text, each name once. */
export function fromCountsText(text: CountsText): Record<string, number> {
  const counts: Record<string, number> = {}
  if (text === '') return counts
  for (const part of text.split(' ')) {
    const colon = part.indexOf(':')
    if (colon < 1) continue
    const name = part.slice(0, colon)
    counts[name] = (counts[name] ?? 0) + Number(part.slice(colon + 1))
  }
  return counts
}

/**
 * The same of a histogram, whose names are small numbers: texts of a report are megabytes long, so no
 * part of them is made a text of its own.
 */
export function fromHistogramText(text: CountsText, buckets: number): Record<string, number> {
  const sums = new Float64Array(buckets)
  let bucket = -1
  let number = 0
  for (let index = 0; index <= text.length; index += 1) {
    const code = index === text.length ? SPACE : text.charCodeAt(index)
    if (code === COLON) {
      bucket = number
      number = 0
    } else if (code === SPACE) {
      if (bucket >= 0) sums[bucket] = (sums[bucket] ?? 0) + number
      bucket = -1
      number = 0
    } else {
      number = number * 10 + (code - ZERO)
    }
  }
  const counts: Record<string, number> = {}
  for (let name = 0; name < buckets; name += 1) {
    const count = sums[name] ?? 0
    if (count > 0) counts[name] = count
  }
  return counts
}
