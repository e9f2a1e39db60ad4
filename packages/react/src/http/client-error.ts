import type { ErrorBody, ErrorCode } from '@imrs/core'

/** The server's codes, and what can go wrong on the way to it. */
export type ClientErrorCode = ErrorCode | 'unreachable' | 'broken-off' | 'unreadable'

export interface ClientErrorFields {
  /** HTTP status; absent when no answer came. */
  readonly status?: number | undefined
  readonly field?: string | undefined
  readonly requestId?: string | undefined
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

/** A request that did not work. `message` is for people: what happened and what to do. */
export class ImrsClientError extends Error implements ClientErrorFields {
  override readonly name = 'ImrsClientError'
  readonly code: ClientErrorCode
  readonly status: number | undefined
  readonly field: string | undefined
  readonly requestId: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: ClientErrorCode, message: string, fields: ClientErrorFields = {}) {
    super(message, { cause: fields.cause })
    this.code = code
    this.status = fields.status
    this.field = fields.field
    this.requestId = fields.requestId
    this.retryAfterMs = fields.retryAfterMs
  }

  /** Whether the same request may work later. */
  get isRetryable(): boolean {
    return RETRYABLE.includes(this.code)
  }
}

const RETRYABLE: readonly ClientErrorCode[] = [
  'unreachable',
  'broken-off',
  'internal',
  'rate-limited',
  'store-unavailable',
  'provider-error',
  'all-attempts-failed',
  'model-unavailable',
  'authentication-unavailable',
  'secret-store-unavailable',
  'closed',
]

/** No answer came. An abort stays what it is. */
export function toUnreachable(cause: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted === true || cause instanceof ImrsClientError) return cause
  const message = 'The server cannot be reached. Check your connection and try again.'
  return new ImrsClientError('unreachable', message, { cause })
}

/** The error an answer that is none stands for, whatever stood in between. */
export async function errorOf(response: Response): Promise<ImrsClientError> {
  const { status } = response
  const body = (await response.json().catch(() => undefined)) as Partial<ErrorBody> | undefined
  const error = body?.error
  if (error === undefined) {
    const code = CODE_OF_STATUS[status] ?? (status >= 500 ? 'internal' : 'invalid-request')
    return new ImrsClientError(code, `The server answered ${status}. Try again later.`, { status })
  }
  return new ImrsClientError(error.code, error.message, {
    status,
    field: error.field,
    requestId: error.request_id,
    retryAfterMs: error.retry_after_ms,
  })
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  413: 'payload-too-large',
  429: 'rate-limited',
}
