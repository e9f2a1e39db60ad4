import type { Failure, SimulatedFailureKind } from '../failure.ts'
import type { Reply } from '../reply.ts'
import { jsonReply, textReply } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'

interface ErrorShape {
  readonly code: number
  readonly status: string
  readonly message: (failure: Failure) => string
  readonly details?: (failure: Failure) => readonly JsonRecord[]
}

const RETRY_DELAY_MS = 34_000

const shapes: Readonly<Record<SimulatedFailureKind, ErrorShape>> = {
  'unknown-route': { code: 404, status: 'NOT_FOUND', message: () => 'Not found' },
  'unknown-model': { code: 404, status: 'NOT_FOUND', message: notSupported },
  'not-a-chat-model': { code: 404, status: 'NOT_FOUND', message: notSupported },
  'malformed-json': {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: () => 'Invalid JSON payload received. Unexpected token.',
  },
  'invalid-request': {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: () => 'Request contains an invalid argument.',
  },
  'payload-too-large': {
    code: 413,
    status: 'INVALID_ARGUMENT',
    message: () => 'Request payload size exceeds the limit: 20971520 bytes.',
  },
  'missing-key': {
    code: 403,
    status: 'PERMISSION_DENIED',
    message: () =>
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  },
  'invalid-key': {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: () => 'API key not valid. Please pass a valid API key.',
    details: () => [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
        metadata: { service: 'generativelanguage.googleapis.com' },
      },
      {
        '@type': 'type.googleapis.com/google.rpc.LocalizedMessage',
        locale: 'en-US',
        message: 'API key not valid. Please pass a valid API key.',
      },
    ],
  },
  'permission-denied': {
    code: 403,
    status: 'PERMISSION_DENIED',
    message: () => 'The caller does not have permission',
  },
  'rate-limited': exhausted('GenerateRequestsPerMinutePerProjectPerModel-FreeTier'),
  'upstream-rate-limited': exhausted('GenerateContentInputTokensPerModelPerMinute-FreeTier'),
  'quota-exhausted': exhausted('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
  'insufficient-credits': outOfCredits(),
  'upstream-credits': outOfCredits(),
  'context-too-long': {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: () => 'The input token count exceeds the maximum number of tokens allowed.',
  },
  'content-filtered': {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: () => 'The prompt was blocked because of its content.',
  },
  'tools-unsupported': {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: () => 'Function calling is not enabled for this model',
  },
  'images-unsupported': {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: () => 'Image input modality is not enabled for this model',
  },
  overloaded: {
    code: 503,
    status: 'UNAVAILABLE',
    message: () => 'The model is overloaded. Please try again later.',
  },
  unavailable: {
    code: 503,
    status: 'UNAVAILABLE',
    message: () => 'The service is currently unavailable.',
  },
  server: { code: 500, status: 'INTERNAL', message: () => 'An internal error has occurred.' },
  timeout: {
    code: 504,
    status: 'DEADLINE_EXCEEDED',
    message: () => 'The request timed out. Please try again.',
  },
}

const canonicalStatus: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'RESOURCE_EXHAUSTED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

/** Gemini's body for a failure, with its status. An unknown path gets a page of HTML, as there. */
export function googleFailure(failure: Failure): Reply {
  if (failure.kind === 'unknown-route') {
    const page =
      '<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n<p><b>404.</b> <ins>That’s an error.</ins>\n</html>\n'
    return textReply(page, { status: 404, headers: { 'content-type': 'text/html; charset=UTF-8' } })
  }
  return jsonReply({ error: googleError(failure) }, { status: shapes[failure.kind].code })
}

/** Gemini's error object. */
export function googleError(failure: Failure): JsonRecord {
  const { code, status, message, details } = shapes[failure.kind]
  return {
    code,
    message: failure.message ?? message(failure),
    status,
    ...(details === undefined ? {} : { details: details(failure) }),
  }
}

/** Any status in Gemini's body. */
export function googleStatus(code: number, message: string): Reply {
  const status = canonicalStatus[code] ?? 'UNKNOWN'
  return jsonReply({ error: { code, message, status } }, { status: code })
}

function notSupported({ model }: Failure): string {
  return `models/${model ?? ''} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`
}

function outOfCredits(): ErrorShape {
  return {
    code: 402,
    status: 'RESOURCE_EXHAUSTED',
    message: () => 'Your prepaid credits are exhausted.',
  }
}

function exhausted(quotaId: string): ErrorShape {
  const quotaMetric = 'generativelanguage.googleapis.com/generate_content_free_tier_requests'
  return {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message: ({ model, retryDelayMs = RETRY_DELAY_MS }) =>
      `You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: ${quotaMetric}, limit: 0, model: ${model ?? ''}\nPlease retry in ${retryDelayMs / 1000}s.`,
    details: ({ model, retryDelayMs = RETRY_DELAY_MS }) => [
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [
          {
            description: 'Learn more about Gemini API quotas',
            url: 'https://ai.google.dev/gemini-api/docs/rate-limits',
          },
        ],
      },
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [{ quotaMetric, quotaId, quotaDimensions: { location: 'global', model } }],
      },
      {
        '@type': 'type.googleapis.com/google.rpc.RetryInfo',
        retryDelay: `${retryDelayMs / 1000}s`,
      },
    ],
  }
}
