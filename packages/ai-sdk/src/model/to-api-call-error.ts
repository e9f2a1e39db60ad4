import { APICallError } from '@ai-sdk/provider'
import { ERROR_STATUS, ImrsError, ProviderError, isErrorCode } from '@imrs/core'
import type { ErrorCode, ErrorPart } from '@imrs/core'

import { asObject } from '../shared/plain-json.ts'

/** What the router says of a failure: `data` of the AI SDK's `APICallError`. */
export interface ImrsErrorData
  extends Pick<ErrorPart, 'code'>, Partial<Omit<ErrorPart, 'type' | 'code' | 'message'>> {
  /** The field of the request that the error is about. */
  readonly field?: string | undefined
}

/** What the router says of an error that an AI SDK function threw; `undefined` when it says nothing. */
export function imrsErrorDataOf(error: unknown): ImrsErrorData | undefined {
  if (!APICallError.isInstance(error)) return undefined
  const code = asObject(error.data)?.['code']
  // Only this file writes one of our codes there.
  return typeof code === 'string' && isErrorCode(code) ? (error.data as ImrsErrorData) : undefined
}

/**
 * An answer that broke, as the AI SDK's error. Never to be retried by the SDK: the router has been
 * through every model and every wait that it may. `data.isRetryable` says whether asking again makes
 * sense.
 */
export function fromErrorPart(part: ErrorPart): APICallError {
  const { type: _, message, ...data } = part
  return toApiCallError({ message, data, isRetryable: false })
}

/** Nothing was tried yet when one of these came, so that the AI SDK may try again itself. */
const BEFORE_ANY_TRY: ReadonlySet<ErrorCode> = new Set([
  'store-unavailable',
  'secret-store-unavailable',
])

/** A request that was refused, as the AI SDK's error. What is no error of ours stays what it is. */
export function fromRefusal(error: unknown): unknown {
  if (!ImrsError.is(error)) return error
  const { code, message, field, retryAfterMs } = error
  const failureKind = ProviderError.is(error) ? error.failure.kind : undefined
  const isRetryable = BEFORE_ANY_TRY.has(code)
  const data = { code, field, retryAfterMs, failureKind, isRetryable }
  return toApiCallError({ message, data, isRetryable, cause: error })
}

interface Failure {
  readonly message: string
  readonly data: ImrsErrorData
  readonly isRetryable: boolean
  readonly cause?: unknown
}

function toApiCallError({ message, data, isRetryable, cause }: Failure): APICallError {
  const { code, retryAfterMs } = data
  return new APICallError({
    message,
    // No request of HTTP, and nothing of the prompt.
    url: 'imrs://router/chat',
    requestBodyValues: {},
    // Another installed version may have more codes.
    statusCode: isErrorCode(code) ? ERROR_STATUS[code] : ERROR_STATUS.internal,
    isRetryable,
    // As the parts of an answer: without what is not known.
    data: JSON.parse(JSON.stringify(data)),
    ...(retryAfterMs === undefined
      ? {}
      : { responseHeaders: { 'retry-after-ms': String(retryAfterMs) } }),
    cause,
  })
}
