import type { FailureKind } from './failure-kinds.ts'

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

/**
 * The kind of failure that an HTTP status alone tells: `unavailable` for those from 500 up that have no
 * meaning of their own, `invalid-request` for the rest. Pure.
 *
 * @param own what a status means at this provider instead.
 */
export function kindOfStatus(
  status: number,
  own: Readonly<Record<number, FailureKind>> = {},
): FailureKind {
  return own[status] ?? STATUSES[status] ?? (status >= 500 ? 'unavailable' : 'invalid-request')
}
