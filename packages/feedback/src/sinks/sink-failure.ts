import { SinkError, retryAfterOf } from '@imrs/core'
import type { SinkFailureKind } from '@imrs/core'

/** Statuses that may be about the address or the credential, or are over soon: the record is kept. */
const KINDS: ReadonlyMap<number, SinkFailureKind> = new Map([
  [401, 'credentials'],
  [402, 'credentials'],
  [403, 'credentials'],
  [407, 'credentials'],
  [404, 'misdirected'],
  [405, 'misdirected'],
  [410, 'misdirected'],
  [408, 'timeout'],
  [504, 'timeout'],
  [425, 'rate-limited'],
  [429, 'rate-limited'],
])

/** What a status that is no success says of a delivery. Only what speaks of the record alone refuses it. */
export function sinkFailureKind(status: number): SinkFailureKind {
  const known = KINDS.get(status)
  if (known !== undefined) return known
  if (status < 400) return 'misdirected'
  return status < 500 ? 'refused' : 'unavailable'
}

/** The error of an answer that is no success. The body is not quoted: it may echo what was sent. */
export function failureOf(
  sink: string,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  nowMs: number,
): SinkError {
  const retryAfterMs = retryAfterOf({ headers, error: undefined, isRateLimited: false, nowMs })
  return new SinkError(sinkFailureKind(status), `The sink ${sink} answered ${status}`, {
    retryAfterMs,
  })
}
