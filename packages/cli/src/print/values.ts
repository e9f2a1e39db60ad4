/** A time for people, UTC: `2026-11-21 10:30`. */
export function timeText(atMs: number | undefined): string | undefined {
  return atMs === undefined
    ? undefined
    : new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
}

/** Dollars of nano-dollars, with four digits that say something. */
export function dollars(nanoUsd: number | undefined): string | undefined {
  if (nanoUsd === undefined) return undefined
  if (nanoUsd === 0) return '$0'
  return `$${Number((nanoUsd / 1e9).toPrecision(4))}`
}

/** A share of 0 to 1, or a score. */
export function decimal(value: number | undefined): string | undefined {
  return value?.toFixed(3)
}
