import { SinkError } from '@imrs/core'
import type { SinkFailureKind } from '@imrs/core'

/** Longer than this nobody waits. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * What a status says of a delivery. Only what speaks of the record alone refuses it; where it may be
 * the address or the credential, the record is kept and tried again.
 */
export function sinkFailureKind(status: number): SinkFailureKind {
  if (status === 401 || status === 402 || status === 403 || status === 407) return 'credentials'
  if (status === 408 || status === 504) return 'timeout'
  if (status === 425 || status === 429) return 'rate-limited'
  if (status === 404 || status === 405 || status === 410 || status < 400) return 'misdirected'
  return status < 500 ? 'refused' : 'unavailable'
}

/** The error of an answer that is no success. The body is not quoted: it may echo what was sent. */
export function failureOf(
  sink: string,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  nowMs: number,
): SinkError {
  const retryAfterMs = retryAfterOf(headers.get('retry-after'), nowMs)
  return new SinkError(sinkFailureKind(status), `The sink ${sink} answered ${status}`, {
    retryAfterMs,
  })
}

/** Seconds, or a date of HTTP; 24 hours at most. What makes no sense says nothing. */
export function retryAfterOf(value: string | null, nowMs: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+(?:\.\d+)?$/.test(text)) return bounded(Number(text) * 1000)
  if (!/\d\d:\d\d:\d\d/.test(text)) return undefined
  const dateMs = Date.parse(text)
  return Number.isNaN(dateMs) ? undefined : bounded(dateMs - nowMs)
}

function bounded(waitMs: number): number {
  return Math.min(Math.max(0, Math.ceil(waitMs)), MAX_RETRY_AFTER_MS)
}
