import type { RetryAfter } from '../behaviour.ts'
import type { Failure, SimulatedFailureKind } from '../failure.ts'
import type { Reply } from '../reply.ts'
import { jsonReply } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'

interface ErrorShape {
  readonly status: number
  readonly message: (failure: Failure) => string
  readonly metadata?: (failure: Failure) => JsonRecord
}

const UPSTREAM = 'Provider returned error'
const PROVIDER = 'Simulated'

const shapes: Readonly<Record<SimulatedFailureKind, ErrorShape>> = {
  'unknown-route': { status: 404, message: () => 'Not Found' },
  'unknown-model': {
    status: 404,
    message: ({ model }) => `No endpoints found for ${model ?? ''}.`,
    metadata: typed('not_found'),
  },
  'not-a-chat-model': {
    status: 404,
    message: () => 'No endpoints found that support the requested output modalities: text',
    metadata: typed('not_found'),
  },
  'malformed-json': {
    status: 400,
    message: () => 'Invalid JSON',
    metadata: typed('invalid_request'),
  },
  'invalid-request': {
    status: 400,
    message: () => 'Invalid request parameters',
    metadata: typed('invalid_request'),
  },
  'payload-too-large': {
    status: 413,
    message: () => 'Request body too large',
    metadata: typed('payload_too_large'),
  },
  'missing-key': {
    status: 401,
    message: () => 'No auth credentials found',
    metadata: typed('authentication'),
  },
  'invalid-key': {
    status: 401,
    message: () => 'User not found.',
    metadata: typed('authentication'),
  },
  'permission-denied': {
    status: 403,
    message: () => 'This key is not allowed to use this model',
    metadata: typed('permission_denied'),
  },
  'rate-limited': {
    status: 429,
    message: () => 'Rate limit exceeded: free-models-per-min. ',
    metadata: ({ retryAtMs }) => ({
      headers: {
        'X-RateLimit-Limit': '16',
        'X-RateLimit-Remaining': '0',
        ...(retryAtMs === undefined ? {} : { 'X-RateLimit-Reset': String(retryAtMs) }),
      },
      provider_name: null,
      error_type: 'rate_limit_exceeded',
    }),
  },
  'upstream-rate-limited': {
    status: 429,
    message: () => UPSTREAM,
    metadata: ({ model }) =>
      upstream(
        `${model ?? 'The model'} is temporarily rate-limited upstream. Please retry shortly.`,
        'rate_limit_exceeded',
      ),
  },
  'quota-exhausted': {
    status: 429,
    message: () => 'Rate limit exceeded: free-models-per-day. ',
    metadata: ({ retryAtMs }) => ({
      headers: {
        'X-RateLimit-Limit': '50',
        'X-RateLimit-Remaining': '0',
        ...(retryAtMs === undefined ? {} : { 'X-RateLimit-Reset': String(retryAtMs) }),
      },
      provider_name: null,
      error_type: 'rate_limit_exceeded',
    }),
  },
  'insufficient-credits': {
    status: 402,
    message: () =>
      'This request requires more credits, or fewer max_tokens. You requested up to 65535 tokens, but can only afford 10047.',
    metadata: () => ({ provider_name: null, error_type: 'payment_required' }),
  },
  'upstream-credits': {
    status: 402,
    message: () => UPSTREAM,
    metadata: () => upstream('{"error":"API key USD spend limit exceeded."}', 'payment_required'),
  },
  'context-too-long': {
    status: 400,
    message: () => 'This endpoint’s maximum context length was exceeded.',
    metadata: typed('context_length_exceeded'),
  },
  'content-filtered': {
    status: 403,
    message: () => 'Your input was flagged by the moderation of the provider',
    metadata: () => ({
      reasons: ['violence'],
      flagged_input: '…',
      provider_name: PROVIDER,
      error_type: 'content_policy_violation',
    }),
  },
  'tools-unsupported': {
    status: 404,
    message: () => 'No endpoints found that support tool use.',
    metadata: typed('not_found'),
  },
  'images-unsupported': {
    status: 404,
    message: () => 'No endpoints found that support image input',
    metadata: typed('not_found'),
  },
  overloaded: {
    status: 529,
    message: () => UPSTREAM,
    metadata: () => upstream('overloaded', 'provider_overloaded'),
  },
  unavailable: {
    status: 503,
    message: () => 'There is no available model provider that meets your routing requirements',
    metadata: typed('provider_unavailable'),
  },
  server: { status: 500, message: () => 'Internal Server Error', metadata: typed('server') },
  timeout: { status: 524, message: () => 'Provider timed out', metadata: typed('timeout') },
}

/** OpenRouter's body for a failure, with its status. */
export function openRouterFailure(failure: Failure): Reply {
  const { status } = shapes[failure.kind]
  return jsonReply({ error: openRouterError(failure), user_id: 'user_simulator' }, { status })
}

/** OpenRouter's error object. */
export function openRouterError(failure: Failure): JsonRecord {
  const { status, message, metadata } = shapes[failure.kind]
  return {
    message: failure.message ?? message(failure),
    code: status,
    ...(metadata === undefined ? {} : { metadata: metadata(failure) }),
  }
}

/** Any status in OpenRouter's body, the older one without a type. */
export function openRouterStatus(status: number, message: string): Reply {
  return jsonReply({ error: { message, code: status } }, { status })
}

/** OpenRouter puts it into the body: see `rate-limited` above. */
export function openRouterRetryHeaders(_: RetryAfter): Readonly<Record<string, string>> {
  return {}
}

function typed(errorType: string): () => JsonRecord {
  return () => ({ error_type: errorType })
}

function upstream(raw: string, errorType: string): JsonRecord {
  return { raw, provider_name: PROVIDER, is_byok: false, error_type: errorType }
}
