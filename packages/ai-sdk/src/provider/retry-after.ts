/** Longer than this nobody waits; the provider means "not today". */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/** What headers can ask to wait with. */
export type AnswerHeaders = Readonly<Record<string, string>>

/**
 * What the provider asked to wait, milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a
 * date. 0 for a moment that is over, 24 hours at most; what makes no sense says nothing.
 */
export function retryAfterOf(headers: AnswerHeaders, nowMs: number): number | undefined {
  const values = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]),
  )
  const text = values.get('retry-after')
  const seconds = decimal(text)
  const waitMs =
    decimal(values.get('retry-after-ms')) ??
    (seconds === undefined ? untilDate(text, nowMs) : seconds * 1000)
  return waitMs === undefined ? undefined : Math.min(Math.ceil(waitMs), MAX_RETRY_AFTER_MS)
}

function decimal(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
}

function untilDate(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined || !/\d\d:\d\d:\d\d/.test(text)) return undefined
  const dateMs = Date.parse(text)
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}
