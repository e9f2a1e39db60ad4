import type { FailureKind, ProviderFailure } from '@imrs/core'
import { FAILURE_KINDS } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { googleFailure } from './google-failure.ts'

function failureOf(
  status: number | undefined,
  body: unknown,
  headers: Record<string, string> = {},
): ProviderFailure {
  return googleFailure({
    providerName: 'Google Gemini',
    status,
    headers: new Headers(headers),
    body,
    nowMs: 1_000_000,
  })
}

const bodyOf = (code: number, status: string, message: string) => ({
  error: { code, status, message },
})

const withDetails = (body: ReturnType<typeof bodyOf>, details: readonly unknown[]) => ({
  error: { ...body.error, details },
})

const keyDetails = [{ '@type': 'x/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]
const invalidKey = withDetails(bodyOf(400, 'INVALID_ARGUMENT', 'API key not valid.'), keyDetails)
const tooLong =
  'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'
const prepaid = 'Your prepay credits are depleted.'

describe('a failure of Gemini', () => {
  const table: readonly (readonly [string, number | undefined, unknown, FailureKind])[] = [
    ['a wrong key', 400, invalidKey, 'credentials'],
    ['a wrong key, told in words', 400, bodyOf(400, '', 'API key expired.'), 'credentials'],
    ['no key', 403, bodyOf(403, 'PERMISSION_DENIED', 'unregistered callers'), 'credentials'],
    ['a refused token', 401, bodyOf(401, 'UNAUTHENTICATED', 'no'), 'credentials'],
    ['no credit', 402, bodyOf(402, 'RESOURCE_EXHAUSTED', 'Billing.'), 'payment'],
    ['no credit, as a 429', 429, bodyOf(429, 'RESOURCE_EXHAUSTED', prepaid), 'payment'],
    ['too long', 400, bodyOf(400, 'INVALID_ARGUMENT', tooLong), 'context-too-long'],
    ['too long, as a 500', 500, bodyOf(500, 'INTERNAL', tooLong), 'context-too-long'],
    ['too large', 413, bodyOf(413, 'INVALID_ARGUMENT', 'payload size'), 'context-too-long'],
    ['no such model', 404, bodyOf(404, 'NOT_FOUND', 'is not found'), 'model-gone'],
    ['a bad request', 400, bodyOf(400, 'INVALID_ARGUMENT', 'no'), 'invalid-request'],
    ['a quota', 429, bodyOf(429, 'RESOURCE_EXHAUSTED', 'limit: 0'), 'rate-limited'],
    ['an inner error', 500, bodyOf(500, 'INTERNAL', 'An internal error'), 'unavailable'],
    ['overload', 503, bodyOf(503, 'UNAVAILABLE', 'The model is overloaded.'), 'overloaded'],
    ['a deadline', 504, bodyOf(504, 'DEADLINE_EXCEEDED', 'timed out'), 'unavailable'],
    ['an HTML page', 502, '<html>Bad gateway</html>', 'unavailable'],
    ['a code inside a 200', 200, bodyOf(503, 'UNAVAILABLE', 'x'), 'overloaded'],
    ['a word without a number', undefined, { error: { status: 'NOT_FOUND' } }, 'model-gone'],
    ['a list of one', 400, [bodyOf(404, 'NOT_FOUND', 'x')], 'model-gone'],
    ['nothing', undefined, undefined, 'unknown'],
  ]
  it.each(table)('%s', (...[, status, body, kind]) => {
    const failure = failureOf(status, body)
    expect(failure.kind).toBe(kind)
    expect(failure.message).toMatch(/^Google Gemini /)
  })

  it('asks to wait as long as its RetryInfo says, else its header', () => {
    const details = [{ '@type': 'x/google.rpc.RetryInfo', retryDelay: '34.2s' }]
    const body = withDetails(bodyOf(429, 'RESOURCE_EXHAUSTED', 'slower'), details)
    expect(failureOf(429, body).retryAfterMs).toBe(34_200)
    expect(failureOf(429, '', { 'retry-after': '7' }).retryAfterMs).toBe(7000)
    expect(failureOf(429, '').retryAfterMs).toBeUndefined()
  })

  it('repeats no key and keeps the code', () => {
    const key = 'AIzaSyA1234567890abcdefghij'
    expect(JSON.stringify(failureOf(400, bodyOf(400, 'X', `bad ${key}`)))).not.toContain(key)
    expect(failureOf(400, invalidKey)).toMatchObject({
      status: 400,
      providerCode: 'API_KEY_INVALID',
      message: 'Google Gemini refused the key.',
    })
  })

  it('is one for every body', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 100, max: 599 })), fc.jsonValue(), (status, body) => {
        const failure = failureOf(status ?? undefined, { error: body })
        expect(FAILURE_KINDS).toContain(failure.kind)
        expect(FAILURE_KINDS).toContain(failureOf(status ?? undefined, body).kind)
      }),
    )
  })
})
