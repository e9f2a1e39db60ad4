import type { FailureKind } from '@imrs/core'

/** What a status means at every provider. */
const STATUSES: Readonly<Record<number, FailureKind>> = Object.freeze({
  401: 'credentials',
  402: 'payment',
  403: 'credentials',
  404: 'model-gone',
  408: 'unavailable',
  409: 'unavailable',
  413: 'context-too-long',
  429: 'rate-limited',
  499: 'unavailable',
  503: 'overloaded',
  529: 'overloaded',
})

/** The kind of failure that a status alone tells; `own` is what it means at this provider instead. */
export function kindOfStatus(
  status: number,
  own: Readonly<Record<number, FailureKind>> = {},
): FailureKind {
  return own[status] ?? STATUSES[status] ?? (status >= 500 ? 'unavailable' : 'invalid-request')
}
