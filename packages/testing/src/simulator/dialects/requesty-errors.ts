import type { RetryAfter } from '../behaviour.ts'
import type { Failure, SimulatedFailureKind } from '../failure.ts'
import type { Reply } from '../reply.ts'
import { jsonReply } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'

interface ErrorShape {
  readonly status: number
  readonly origin: 'router' | 'provider'
  readonly message: string
}

const UNSUPPORTED = 'Provider and/or model not supported'

const shapes: Readonly<Record<SimulatedFailureKind, ErrorShape>> = {
  'unknown-route': { status: 404, origin: 'router', message: 'Not found' },
  'unknown-model': { status: 404, origin: 'router', message: UNSUPPORTED },
  'not-a-chat-model': { status: 404, origin: 'router', message: UNSUPPORTED },
  'malformed-json': { status: 400, origin: 'router', message: 'Invalid request body' },
  'invalid-request': { status: 400, origin: 'router', message: 'Invalid request' },
  'payload-too-large': { status: 413, origin: 'router', message: 'Request body too large' },
  'missing-key': { status: 401, origin: 'router', message: 'Authorization header is missing' },
  'invalid-key': { status: 403, origin: 'router', message: 'Invalid API key' },
  'permission-denied': {
    status: 403,
    origin: 'router',
    message: 'This model is not approved for your organization',
  },
  'rate-limited': { status: 429, origin: 'provider', message: 'Rate limit exceeded' },
  'upstream-rate-limited': { status: 429, origin: 'provider', message: 'Too many requests' },
  'quota-exhausted': { status: 412, origin: 'router', message: 'Monthly spend limit reached' },
  'insufficient-credits': {
    status: 402,
    origin: 'router',
    message: 'Insufficient balance. Top up your account to continue.',
  },
  'upstream-credits': { status: 402, origin: 'provider', message: 'Insufficient balance' },
  'context-too-long': {
    status: 400,
    origin: 'provider',
    message: 'The maximum context length of the model was exceeded',
  },
  'content-filtered': {
    status: 400,
    origin: 'provider',
    message: 'The request was blocked by the content filter of the provider',
  },
  'tools-unsupported': {
    status: 400,
    origin: 'provider',
    message: 'The model does not support tools',
  },
  'images-unsupported': {
    status: 400,
    origin: 'provider',
    message: 'The model does not support image input',
  },
  overloaded: { status: 502, origin: 'provider', message: 'The provider is down' },
  unavailable: { status: 502, origin: 'provider', message: 'The provider is unavailable' },
  server: { status: 424, origin: 'provider', message: 'Invalid response from the provider' },
  timeout: { status: 503, origin: 'provider', message: 'The provider timed out' },
}

/** Requesty's body for a failure, with its status. */
export function requestyFailure(failure: Failure): Reply {
  return jsonReply({ error: requestyError(failure) }, { status: shapes[failure.kind].status })
}

/** Requesty's error object: where it comes from and what it says, no code. */
export function requestyError(failure: Failure): JsonRecord {
  const { origin, message } = shapes[failure.kind]
  return { origin, message: failure.message ?? message }
}

/** Any status in Requesty's body. */
export function requestyStatus(status: number, message: string): Reply {
  const origin = status >= 500 || status === 429 ? 'provider' : 'router'
  return jsonReply({ error: { origin, message } }, { status })
}

/** Whole seconds. */
export function requestyRetryHeaders({ delayMs }: RetryAfter): Readonly<Record<string, string>> {
  return { 'retry-after': String(Math.ceil(delayMs / 1000)) }
}
