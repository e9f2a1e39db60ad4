/**
 * Every code an error of this project can carry, with the HTTP status a door answers it with.
 * The list only grows.
 */
export const ERROR_STATUS = {
  'invalid-config': 500,
  'invalid-request': 400,
  'payload-too-large': 413,
  'unknown-model': 400,
  'unknown-provider': 400,
  'unknown-preset': 400,
  'model-provider-mismatch': 400,
  'missing-capability': 400,
  'unsupported-parameter': 400,
  'context-too-long': 400,
  'content-filtered': 400,
  'model-not-allowed': 403,
  'missing-credential': 503,
  'model-unavailable': 503,
  'no-candidate': 503,
  'provider-error': 502,
  'all-attempts-failed': 502,
  'rate-limited': 429,
  'budget-exhausted': 429,
  'sink-error': 502,
  'not-found': 404,
  'method-not-allowed': 405,
  'message-not-finished': 409,
  'read-only': 409,
  conflict: 409,
  unauthenticated: 401,
  'authentication-unavailable': 503,
  forbidden: 403,
  aborted: 499,
  'secret-store-unavailable': 503,
  'store-unavailable': 503,
  'schema-too-new': 500,
  'schema-outdated': 500,
  'store-not-empty': 409,
  'copy-differs': 500,
  closed: 503,
  internal: 500,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

export const ERROR_CODES: readonly ErrorCode[] = Object.freeze(
  Object.keys(ERROR_STATUS) as ErrorCode[],
)

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(ERROR_STATUS, value)
}
