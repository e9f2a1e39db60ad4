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
  declare readonly status: number | undefined
  declare readonly field: string | undefined
  declare readonly requestId: string | undefined
  declare readonly retryAfterMs: number | undefined

  constructor(code: ClientErrorCode, message: string, fields: ClientErrorFields = {}) {
    const { cause, ...others } = fields
    super(message, { cause })
    this.code = code
    Object.assign(this, others)
  }

  /** Whether the same request may work later: no answer came, or one that is the server's fault. */
  get isRetryable(): boolean {
    const { code, status = 500 } = this
    return (status >= 500 || status === 429) && !LASTING.includes(code)
  }
}

/** Until somebody changes something. */
const LASTING: readonly ClientErrorCode[] = [
  'unreadable',
  'missing-credential',
  'no-candidate',
  'budget-exhausted',
]

/** No answer came. An abort stays what it is. */
export function toUnreachable(cause: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted === true || cause instanceof ImrsClientError) return cause
  const message = 'The server cannot be reached. Check your connection.'
  return new ImrsClientError('unreachable', message, { cause })
}

/** An answer came that is none of ours. What is an error of the client already stays what it is. */
export function toUnreadable(cause: unknown, status?: number): ImrsClientError {
  if (cause instanceof ImrsClientError) return cause
  const message = 'The answer could not be read. Is `baseUrl` the address of the router?'
  return new ImrsClientError('unreadable', message, { cause, status })
}

/** The error an answer that is none stands for, whatever stood in between. */
export async function errorOf(response: Response): Promise<ImrsClientError> {
  const { status } = response
  const body = (await response.json().catch(() => undefined)) as Partial<ErrorBody> | undefined
  const code = CODE_OF_STATUS[status] ?? (status >= 500 ? 'internal' : 'invalid-request')
  const message = `The server answered ${status}. Try again.`
  const error: Partial<ErrorBody['error']> = body?.error ?? {}
  return new ImrsClientError(error.code ?? code, error.message ?? message, {
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
