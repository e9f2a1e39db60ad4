import type { JsonObject } from '@imrs/core'

import { asList, asNumber, asObject, asText } from './foreign-json.ts'

/** Longer than this nobody waits; the provider means "not today". */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

export interface RetryAfterSource {
  readonly headers: Headers | undefined
  /** The `error` of the body. */
  readonly error: JsonObject | undefined
  readonly nowMs: number
}

/** What the provider asked to wait, in whichever form: headers, Gemini's RetryInfo, OpenRouter's body. */
export function retryAfterOf(source: RetryAfterSource): number | undefined {
  const wait = fromHeaders(source) ?? fromRetryInfo(source.error) ?? fromBodyHeaders(source)
  return wait === undefined ? undefined : Math.min(Math.max(0, Math.ceil(wait)), MAX_RETRY_AFTER_MS)
}

function fromHeaders({ headers, nowMs }: RetryAfterSource): number | undefined {
  const milliseconds = asNumber(headers?.get('retry-after-ms') ?? undefined)
  if (milliseconds !== undefined) return milliseconds
  const text = headers?.get('retry-after')
  if (text === null || text === undefined) return undefined
  const seconds = asNumber(text)
  if (seconds !== undefined) return seconds * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : date - nowMs
}

function fromRetryInfo(error: JsonObject | undefined): number | undefined {
  for (const detail of asList(error?.['details']) ?? []) {
    const delay = asText(asObject(detail)?.['retryDelay'])
    const seconds = delay?.endsWith('s') === true ? asNumber(delay.slice(0, -1)) : undefined
    if (seconds !== undefined) return seconds * 1000
  }
  return undefined
}

function fromBodyHeaders({ error, nowMs }: RetryAfterSource): number | undefined {
  const headers = asObject(asObject(error?.['metadata'])?.['headers'])
  const resetMs = asNumber(headers?.['X-RateLimit-Reset'])
  return resetMs === undefined || resetMs <= nowMs ? undefined : resetMs - nowMs
}
