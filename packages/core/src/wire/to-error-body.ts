import { ERROR_STATUS, isErrorCode } from '../errors/error-codes.ts'
import { ImrsError } from '../errors/imrs-error.ts'
import type { ErrorBody } from './error-body.ts'

export interface ErrorAnswer {
  readonly status: number
  readonly body: ErrorBody
}

/**
 * What a door answers for an error. Anything that is not an {@link ImrsError} with a code of the list
 * (another installed version may have more of them) becomes `internal`, with a sentence that gives
 * nothing away.
 */
export function toErrorAnswer(error: unknown, requestId: string): ErrorAnswer {
  if (!ImrsError.is(error) || !isErrorCode(error.code)) {
    const message = 'Something went wrong on our side. Try again; quote the request id if it stays.'
    return { status: 500, body: { error: { code: 'internal', message, request_id: requestId } } }
  }
  return {
    status: ERROR_STATUS[error.code],
    body: {
      error: {
        code: error.code,
        message: error.message,
        ...(error.field === undefined ? {} : { field: error.field }),
        request_id: requestId,
        ...(error.retryAfterMs === undefined ? {} : { retry_after_ms: error.retryAfterMs }),
      },
    },
  }
}
