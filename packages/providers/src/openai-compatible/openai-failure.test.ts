import type { FailureKind } from '@imrs/core'
import { FAILURE_KINDS } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { openAiFailure } from './openai-failure.ts'

const NOW = Date.UTC(2026, 0, 1)

function failure(status: number | undefined, body: unknown, headers: Record<string, string> = {}) {
  return openAiFailure({
    providerName: 'Acme',
    status,
    headers: new Headers(headers),
    body,
    nowMs: NOW,
  })
}

const openRouter = (code: number, message: string, metadata?: object) => ({
  error: { code, message, ...(metadata === undefined ? {} : { metadata }) },
})

describe('what the providers say', () => {
  const table: readonly (readonly [string, number | undefined, unknown, FailureKind])[] = [
    [
      'OpenAI: wrong key',
      401,
      {
        error: {
          message: 'Incorrect API key provided: sk-a***z',
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        },
      },
      'credentials',
    ],
    [
      'OpenAI: too fast',
      429,
      { error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } },
      'rate-limited',
    ],
    [
      'OpenAI: no credit',
      429,
      {
        error: {
          message: 'You exceeded your current quota',
          type: 'insufficient_quota',
          code: 'insufficient_quota',
        },
      },
      'payment',
    ],
    [
      'OpenAI: too long',
      400,
      {
        error: {
          message: "This model's maximum context length is 8192 tokens",
          code: 'context_length_exceeded',
        },
      },
      'context-too-long',
    ],
    [
      'OpenAI: no such model',
      404,
      { error: { message: 'The model does not exist', code: 'model_not_found' } },
      'model-gone',
    ],
    [
      'OpenAI: a wrong field',
      400,
      {
        error: {
          message: 'Unknown parameter: x',
          type: 'invalid_request_error',
          param: 'x',
          code: 'unknown_parameter',
        },
      },
      'invalid-request',
    ],
    [
      'OpenAI: filtered',
      400,
      { error: { message: 'Filtered', code: 'content_filter' } },
      'content-filtered',
    ],
    [
      'Requesty: too fast, in a stream',
      undefined,
      { error: { origin: 'provider', message: 'Rate limit exceeded' } },
      'rate-limited',
    ],
    [
      'OpenRouter: our account',
      402,
      openRouter(402, 'This request requires more credits', { provider_name: null }),
      'payment',
    ],
    [
      'OpenRouter: somebody else’s',
      402,
      openRouter(402, 'Provider returned error', { raw: 'no credit', provider_name: 'X' }),
      'payment-upstream',
    ],
    [
      'OpenRouter: upstream limit',
      429,
      openRouter(429, 'Provider returned error', {
        raw: 'rate-limited upstream',
        provider_name: 'Venice',
      }),
      'rate-limited',
    ],
    [
      'OpenRouter: data policy',
      404,
      openRouter(404, 'No endpoints found matching your data policy'),
      'model-gone',
    ],
    [
      'OpenRouter: refused',
      403,
      openRouter(403, 'Flagged', { error_type: 'content_policy_violation' }),
      'content-filtered',
    ],
    [
      'OpenRouter: overloaded',
      529,
      openRouter(529, 'Overloaded', { error_type: 'provider_overloaded' }),
      'overloaded',
    ],
    [
      'OpenRouter: too long',
      400,
      openRouter(400, 'x', { error_type: 'context_length_exceeded' }),
      'context-too-long',
    ],
    ['OpenRouter: in mid-stream', undefined, openRouter(502, 'Upstream error'), 'unavailable'],
    [
      'Requesty: wrong key',
      403,
      { error: { origin: 'router', message: 'Invalid API key' } },
      'credentials',
    ],
    [
      'Requesty: balance',
      402,
      { error: { origin: 'router', message: 'Insufficient balance' } },
      'payment',
    ],
    [
      'Requesty: spend limit',
      412,
      { error: { origin: 'router', message: 'Monthly limit' } },
      'payment',
    ],
    [
      'Requesty: bad upstream',
      424,
      { error: { origin: 'provider', message: 'Invalid response' } },
      'unavailable',
    ],
    [
      'Requesty: unknown model',
      404,
      { error: { origin: 'router', message: 'Provider and/or model not supported' } },
      'model-gone',
    ],
    ['vLLM: wrong key', 401, { error: 'Unauthorized' }, 'credentials'],
    ['Mistral: wrong key', 401, { detail: 'Unauthorized' }, 'credentials'],
    [
      'Mistral: flat',
      400,
      { object: 'error', message: 'Bad input', type: 'invalid', code: 1 },
      'invalid-request',
    ],
    [
      'Mistral: details',
      422,
      { detail: [{ loc: ['body'], msg: 'field required' }] },
      'invalid-request',
    ],
    ['Ollama: text', 404, { error: 'model "x" not found' }, 'model-gone'],
    ['DeepSeek: plain text', 401, 'Authorization required', 'credentials'],
    ['Groq: capacity', 498, { error: { message: 'Flex tier capacity exceeded' } }, 'overloaded'],
    ['Together: HTML', 524, '<html>timeout</html>', 'unavailable'],
    [
      'OpenRouter: no such id',
      400,
      openRouter(400, 'foo/bar is not a valid model ID'),
      'model-gone',
    ],
    [
      'OpenRouter: moderation, before types',
      403,
      openRouter(403, 'Your input was flagged by moderation', { reasons: ['violence'] }),
      'content-filtered',
    ],
    [
      'Requesty: not approved',
      403,
      { error: { origin: 'router', message: 'This model is not approved for your organization' } },
      'model-gone',
    ],
    [
      'Requesty: wrong key',
      403,
      { error: { origin: 'router', message: 'Invalid API key' } },
      'credentials',
    ],
    [
      'a gateway: no credit, as a 400',
      400,
      { error: { message: 'Your credit balance is too low to access this API.' } },
      'payment',
    ],
    [
      'Groq: retired',
      400,
      { error: { message: 'The model has been decommissioned', code: 'model_decommissioned' } },
      'model-gone',
    ],
    [
      'llama.cpp: too long',
      400,
      { error: { code: 400, message: 'the request exceeds the available context size' } },
      'context-too-long',
    ],
    ['nothing at all', undefined, undefined, 'unknown'],
  ]
  it.each(table)('%s', (...[, status, body, kind]) => {
    expect(failure(status, body).kind).toBe(kind)
  })
})

describe('how long to wait', () => {
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    [{ 'retry-after': new Date(NOW + 60_000).toUTCString() }, 60_000],
    [{ 'retry-after': new Date(NOW - 60_000).toUTCString() }, 0],
    [{ 'retry-after': '99999999' }, 86_400_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('%j', (headers, expected) => {
    expect(failure(429, {}, headers as Record<string, string>).retryAfterMs).toBe(expected)
  })

  it('is read from OpenRouter’s body', () => {
    const metadata = { headers: { 'X-RateLimit-Reset': String(NOW + 5000) } }
    expect(failure(429, openRouter(429, 'Rate limit', metadata)).retryAfterMs).toBe(5000)
  })
})

describe('the sentence', () => {
  it('names the provider and says what happened', () => {
    expect(failure(503, { error: { message: 'Try later' } }).message).toBe(
      'Acme is overloaded: Try later',
    )
  })

  it('holds nothing that looks like a key', () => {
    for (const key of [
      'sk-proj-abc123456',
      'sk-or-v1-0123456789abcdef',
      'AIzaSyA1234567890',
      'sk-a***9zq1',
    ]) {
      for (const status of [400, 401, 403, 429, 500]) {
        const body = { error: { message: `Incorrect API key provided: ${key}.` } }
        expect(failure(status, body).message).not.toContain(key)
      }
    }
  })

  it('holds no key of any form that was used', () => {
    const input = { providerName: 'Acme', status: 400, headers: undefined, nowMs: NOW }
    const body = { error: { message: 'No such header: hunter2hunter2' } }
    const { message } = openAiFailure({ ...input, body, secret: 'hunter2hunter2' })
    expect(message).toBe('Acme refused the request: No such header: [redacted]')
  })

  it('says which field was wrong, and never its value', () => {
    const detail = [{ loc: ['body', 'stop'], msg: 'Extra inputs are not permitted', input: 'hi' }]
    expect(failure(422, { detail }).message).toBe(
      'Acme refused the request: Extra inputs are not permitted',
    )
  })

  it('is short, whatever was sent', () => {
    expect(failure(500, { error: { message: 'x '.repeat(10_000) } }).message.length).toBeLessThan(
      400,
    )
  })
})

it('takes anything and always gives a kind', () => {
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 100, max: 599 })), fc.anything(), (status, body) => {
      expect(FAILURE_KINDS).toContain(failure(status ?? undefined, body).kind)
    }),
  )
})
