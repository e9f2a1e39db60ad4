import type { RetryAfter } from '../behaviour.ts'
import type { Failure, SimulatedFailureKind } from '../failure.ts'
import type { Reply } from '../reply.ts'
import { jsonReply } from '../reply.ts'
import { durationText } from './durations.ts'

interface ErrorShape {
  readonly status: number
  readonly type: string
  readonly code: string | null
  readonly message: (failure: Failure) => string
}

const INVALID = 'invalid_request_error'

const shapes: Readonly<Record<SimulatedFailureKind, ErrorShape>> = {
  'unknown-route': shape(404, INVALID, null, ({ route }) => `Invalid URL (${route ?? ''})`),
  'unknown-model': shape(
    404,
    INVALID,
    'model_not_found',
    ({ model }) => `The model \`${model ?? ''}\` does not exist or you do not have access to it.`,
  ),
  'not-a-chat-model': shape(
    404,
    INVALID,
    null,
    () =>
      'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
  ),
  'malformed-json': shape(
    400,
    INVALID,
    null,
    () =>
      'We could not parse the JSON body of your request. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.',
  ),
  'invalid-request': shape(400, INVALID, null, () => 'Invalid request.'),
  'payload-too-large': shape(413, INVALID, null, () => 'The request body is too large.'),
  'missing-key': shape(
    401,
    INVALID,
    null,
    () =>
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
  ),
  'invalid-key': shape(
    401,
    INVALID,
    'invalid_api_key',
    ({ key }) =>
      `Incorrect API key provided: ${maskKey(key ?? '')}. You can find your API key at https://platform.openai.com/account/api-keys.`,
  ),
  'permission-denied': shape(
    403,
    INVALID,
    null,
    () => 'You have insufficient permissions for this operation.',
  ),
  'rate-limited': shape(
    429,
    'requests',
    'rate_limit_exceeded',
    ({ model, retryDelayMs }) =>
      `Rate limit reached for ${model ?? 'this model'} on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in ${durationText(retryDelayMs ?? 120)}.`,
  ),
  'upstream-rate-limited': shape(
    429,
    'tokens',
    'rate_limit_exceeded',
    ({ model }) => `Rate limit reached for ${model ?? 'this model'} on tokens per min (TPM).`,
  ),
  'quota-exhausted': shape(
    429,
    'insufficient_quota',
    'insufficient_quota',
    () => 'You exceeded your current quota, please check your plan and billing details.',
  ),
  'insufficient-credits': shape(
    429,
    'insufficient_quota',
    'insufficient_quota',
    () => 'You exceeded your current quota, please check your plan and billing details.',
  ),
  'upstream-credits': shape(
    429,
    'insufficient_quota',
    'insufficient_quota',
    () => 'You exceeded your current quota, please check your plan and billing details.',
  ),
  'context-too-long': shape(
    400,
    INVALID,
    'context_length_exceeded',
    () =>
      "This model's maximum context length was exceeded. Please reduce the length of the messages.",
  ),
  'content-filtered': shape(
    400,
    INVALID,
    'content_policy_violation',
    () => 'Your request was rejected as a result of our safety system.',
  ),
  'tools-unsupported': shape(
    400,
    INVALID,
    'unsupported_parameter',
    () => "Unsupported parameter: 'tools' is not supported with this model.",
  ),
  'images-unsupported': shape(
    400,
    INVALID,
    'invalid_value',
    () => 'Invalid content type. image_url is only supported by certain models.',
  ),
  overloaded: shape(
    503,
    'server_error',
    null,
    () => 'The engine is currently overloaded, please try again later.',
  ),
  unavailable: shape(503, 'server_error', null, () => 'The server is currently unavailable.'),
  server: shape(
    500,
    'server_error',
    null,
    () => 'The server had an error while processing your request. Sorry about that!',
  ),
  timeout: shape(504, 'server_error', null, () => 'The request timed out.'),
}

/** OpenAI's body for a failure, with its status. */
export function openAiFailure(failure: Failure): Reply {
  return jsonReply({ error: openAiError(failure) }, { status: shapes[failure.kind].status })
}

/** OpenAI's error object. */
export function openAiError(failure: Failure): Readonly<Record<string, unknown>> {
  const { type, code, message } = shapes[failure.kind]
  const parameter = failure.parameter ?? (code === 'context_length_exceeded' ? 'messages' : null)
  return { message: failure.message ?? message(failure), type, param: parameter, code }
}

/** Any status in OpenAI's body. */
export function openAiStatus(status: number, message: string): Reply {
  const type = status >= 500 ? 'server_error' : INVALID
  return jsonReply({ error: { message, type, param: null, code: null } }, { status })
}

/** OpenAI says when to come back in seconds, and per kind of limit as a duration. */
export function openAiRetryHeaders({ delayMs }: RetryAfter): Readonly<Record<string, string>> {
  return {
    'retry-after': String(Math.ceil(delayMs / 1000)),
    'x-ratelimit-limit-requests': '500',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': durationText(delayMs),
  }
}

function shape(
  ...[status, type, code, message]: readonly [
    number,
    string,
    string | null,
    (failure: Failure) => string,
  ]
): ErrorShape {
  return { status, type, code, message }
}

function maskKey(key: string): string {
  return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}********${key.slice(-4)}`
}
