import type { Failure, SimulatedFailureKind } from '../failure.ts'
import type { Reply } from '../reply.ts'
import { jsonReply } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'

interface ErrorShape {
  readonly status: number
  readonly type: string
  readonly message: (failure: Failure) => string
}

const REQUEST_ID = 'req_simulated'

const shapes: Readonly<Record<SimulatedFailureKind, ErrorShape>> = {
  'unknown-route': shape(404, 'not_found_error', () => 'Not Found'),
  'unknown-model': shape(404, 'not_found_error', ({ model }) => `model: ${model ?? ''}`),
  'not-a-chat-model': shape(404, 'not_found_error', ({ model }) => `model: ${model ?? ''}`),
  'malformed-json': invalid('The request body is not valid JSON: unexpected end of data'),
  'invalid-request': invalid('messages: Input should be a valid list'),
  'payload-too-large': shape(413, 'request_too_large', () => 'Request exceeds the maximum size'),
  'missing-key': shape(401, 'authentication_error', () => 'x-api-key header is required'),
  'invalid-key': shape(401, 'authentication_error', () => 'invalid x-api-key'),
  'permission-denied': shape(
    403,
    'permission_error',
    () => 'Your API key does not have permission to use the specified resource',
  ),
  'rate-limited': shape(
    429,
    'rate_limit_error',
    () => 'This request would exceed the rate limit for your organization',
  ),
  'upstream-rate-limited': shape(
    429,
    'rate_limit_error',
    () => 'Number of request tokens has exceeded your rate limit',
  ),
  'quota-exhausted': invalid('You have reached your specified API usage limits.'),
  'insufficient-credits': shape(402, 'billing_error', () => 'Your credit balance is too low'),
  'upstream-credits': invalid(
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  'context-too-long': invalid('prompt is too long: 201000 tokens > 200000 maximum'),
  'content-filtered': invalid('Output blocked by content filtering policy'),
  'tools-unsupported': invalid('tools: this model does not support tools'),
  'images-unsupported': invalid('messages: this model does not support image input'),
  overloaded: shape(529, 'overloaded_error', () => 'Overloaded'),
  unavailable: shape(503, 'api_error', () => 'Service unavailable'),
  server: shape(500, 'api_error', () => 'Internal server error'),
  timeout: shape(504, 'timeout_error', () => 'Request timed out'),
}

const typesByStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

/** Anthropic's body for a failure, with its status. */
export function anthropicFailure(failure: Failure): Reply {
  const { status } = shapes[failure.kind]
  return jsonReply(
    { ...anthropicError(failure), request_id: REQUEST_ID },
    { status, headers: { 'request-id': REQUEST_ID } },
  )
}

/** What an `event: error` carries. */
export function anthropicError(failure: Failure): JsonRecord {
  const { type, message } = shapes[failure.kind]
  return { type: 'error', error: { type, message: failure.message ?? message(failure) } }
}

/** Any status in Anthropic's body. */
export function anthropicStatus(status: number, message: string): Reply {
  const type = typesByStatus[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error')
  const body = { type: 'error', error: { type, message }, request_id: REQUEST_ID }
  return jsonReply(body, { status })
}

function invalid(text: string): ErrorShape {
  return shape(400, 'invalid_request_error', () => text)
}

function shape(status: number, type: string, message: ErrorShape['message']): ErrorShape {
  return { status, type, message }
}
