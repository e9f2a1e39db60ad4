import type { FailureKind, ProviderFailure } from '@imrs/core'
import { FAILURE_KINDS } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { anthropicFailure } from './anthropic-failure.ts'

function failureOf(
  status: number | undefined,
  body: unknown,
  headers: Record<string, string> = {},
): ProviderFailure {
  return anthropicFailure({
    providerName: 'Anthropic',
    status,
    headers: new Headers(headers),
    body,
    nowMs: 1_000_000,
  })
}

const bodyOf = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_1',
})

const INVALID = 'invalid_request_error'
const tooLong = 'prompt is too long: 213000 tokens > 200000 maximum'
const tooMuch =
  'input length and `max_tokens` exceed context limit: 190000 + 64000 > 200000, decrease input length'
const oldCredit = 'Your credit balance is too low to access the Anthropic API.'
const limits =
  'You have reached your specified API usage limits. You will regain access on 2026-12-01'
const usage = 'Usage limits of this workspace have been exceeded'
const blocked = 'Output blocked by content filtering policy'

describe('a failure of Anthropic', () => {
  const table: readonly (readonly [string, number | undefined, unknown, FailureKind])[] = [
    ['a wrong key', 401, bodyOf('authentication_error', 'invalid x-api-key'), 'credentials'],
    ['a forbidden model', 403, bodyOf('permission_error', 'no'), 'credentials'],
    ['no credit', 402, bodyOf('billing_error', 'no'), 'payment'],
    ['no credit, as a 400', 400, bodyOf(INVALID, oldCredit), 'payment'],
    ['a spend limit', 400, bodyOf(INVALID, usage), 'payment'],
    ['a limit of ours', 400, bodyOf(INVALID, limits), 'payment'],
    ['too long', 400, bodyOf(INVALID, tooLong), 'context-too-long'],
    ['too long with its answer', 400, bodyOf(INVALID, tooMuch), 'context-too-long'],
    ['too large', 413, bodyOf('request_too_large', 'no'), 'context-too-long'],
    ['no such model', 404, bodyOf('not_found_error', 'model: claude-0'), 'model-gone'],
    ['a bad request', 400, bodyOf(INVALID, 'max_tokens: Field required'), 'invalid-request'],
    ['a bad request in a stream', undefined, bodyOf(INVALID, 'no'), 'invalid-request'],
    ['a request that took too long', 408, bodyOf(INVALID, 'Request timeout'), 'unavailable'],
    ['a conflict', 409, bodyOf(INVALID, 'Conflict'), 'unavailable'],
    ['fields that are wrong', 422, bodyOf(INVALID, 'Unprocessable'), 'invalid-request'],
    ['a filter', 400, bodyOf(INVALID, blocked), 'content-filtered'],
    ['a rate limit', 429, bodyOf('rate_limit_error', 'exceed the rate limit'), 'rate-limited'],
    ['overload', 529, bodyOf('overloaded_error', 'Overloaded'), 'overloaded'],
    ['overload in a stream', undefined, bodyOf('overloaded_error', 'Overloaded'), 'overloaded'],
    ['overload inside a 200', 200, bodyOf('overloaded_error', 'Overloaded'), 'overloaded'],
    ['an inner error', 500, bodyOf('api_error', 'Internal server error'), 'unavailable'],
    ['a timeout', 504, bodyOf('timeout_error', 'no'), 'unavailable'],
    ['a web page', 529, '<html>Overloaded', 'overloaded'],
    ['a gateway', 502, undefined, 'unavailable'],
    ['a new type', 418, bodyOf('teapot_error', 'short and stout'), 'invalid-request'],
    ['nothing', undefined, undefined, 'unknown'],
  ]
  it.each(table)('%s', (...[, status, body, kind]) => {
    const failure = failureOf(status, body)
    expect(failure.kind).toBe(kind)
    expect(failure.message).toMatch(/^Anthropic /)
  })

  it('asks to wait as long as its header says', () => {
    const body = bodyOf('rate_limit_error', 'slower')
    expect(failureOf(429, body, { 'retry-after': '7' }).retryAfterMs).toBe(7000)
    expect(failureOf(429, body).retryAfterMs).toBeUndefined()
  })

  it('repeats no key and keeps the code', () => {
    const key = 'sk-ant-api03-abcdefghijklmnop'
    expect(JSON.stringify(failureOf(400, bodyOf(INVALID, `bad ${key}`)))).not.toContain(key)
    expect(failureOf(401, bodyOf('authentication_error', `bad ${key}`))).toMatchObject({
      message: 'Anthropic refused the key.',
      providerCode: 'authentication_error',
      status: 401,
    })
  })

  it('is one for every body', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 100, max: 599 })), fc.jsonValue(), (status, body) => {
        expect(FAILURE_KINDS).toContain(failureOf(status ?? undefined, { error: body }).kind)
        expect(FAILURE_KINDS).toContain(failureOf(status ?? undefined, body).kind)
      }),
    )
  })
})
