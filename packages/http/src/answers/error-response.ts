import { toErrorAnswer } from '@imrs/core'
import type { ErrorAnswer } from '@imrs/core'

import type { ErrorShape } from '../endpoint/endpoint.ts'
import { toOpenAiError } from './openai-error.ts'

export interface ErrorContext {
  readonly requestId: string
  readonly shape: ErrorShape
}

/** The answer for an error, in the form of its endpoint. Never stored by anybody on the way. */
export function errorResponse(error: unknown, { requestId, shape }: ErrorContext): Response {
  const answer = toErrorAnswer(error, requestId)
  const body = shape === 'openai' ? toOpenAiError(answer) : answer.body
  return Response.json(body, { status: answer.status, headers: errorHeaders(answer) })
}

function errorHeaders({ status, body }: ErrorAnswer): Record<string, string> {
  const waitMs = body.error.retry_after_ms
  return {
    'cache-control': 'no-store',
    ...(waitMs === undefined ? {} : { 'retry-after': String(Math.ceil(waitMs / 1000)) }),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  }
}
