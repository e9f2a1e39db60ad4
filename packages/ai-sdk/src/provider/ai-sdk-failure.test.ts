import {
  APICallError,
  EmptyResponseBodyError,
  InvalidArgumentError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  NoSuchModelError,
  TypeValidationError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider'
import type { FailureKind } from '@imrs/core'
import { ProviderError } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { aProvider } from '../__fixtures__/scripted-model.ts'
import { toProviderError } from './ai-sdk-failure.ts'

const context = { provider: aProvider, runtime: createTestRuntime() }
const KEY = 'sk-proj-abcdef0123456789'

interface Said {
  readonly statusCode?: number
  readonly message?: string
  readonly code?: string | number
  readonly headers?: Record<string, string>
  readonly cause?: unknown
}

function apiError({ statusCode, message = 'No.', code, headers, cause }: Said): APICallError {
  return new APICallError({
    message,
    url: `https://api.example/v1?key=${KEY}`,
    requestBodyValues: { messages: ['A secret prompt'] },
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(headers === undefined ? {} : { responseHeaders: headers }),
    ...(cause === undefined ? {} : { cause }),
    ...(code === undefined ? {} : { responseBody: JSON.stringify({ error: { message, code } }) }),
  })
}

function networkError(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

describe('an error of the SDK', () => {
  it.each<[FailureKind, Said]>([
    ['credentials', { statusCode: 401 }],
    ['credentials', { statusCode: 403 }],
    ['credentials', { statusCode: 400, message: 'API key not valid. Pass a valid key.' }],
    ['payment', { statusCode: 402 }],
    ['payment', { statusCode: 429, code: 'insufficient_quota' }],
    ['model-gone', { statusCode: 404 }],
    ['rate-limited', { statusCode: 429 }],
    ['rate-limited', { statusCode: 200, code: 'rate_limit_exceeded' }],
    ['context-too-long', { statusCode: 413 }],
    ['context-too-long', { statusCode: 400, code: 'context_length_exceeded' }],
    ['context-too-long', { statusCode: 400, message: 'prompt is too long: 9 tokens > 8' }],
    ['content-filtered', { statusCode: 400, code: 'content_filter' }],
    ['model-unfit', { statusCode: 400, message: 'This model does not support tools' }],
    ['model-unfit', { statusCode: 400, message: '"auto" requires --enable-auto-tool-choice' }],
    ['model-unfit', { statusCode: 404, message: 'No endpoints found that support tool use.' }],
    ['invalid-request', { statusCode: 400 }],
    ['invalid-request', { statusCode: 422 }],
    ['unavailable', { statusCode: 500 }],
    ['unavailable', { statusCode: 502 }],
    ['unavailable', { statusCode: 200, code: 500 }],
    ['overloaded', { statusCode: 503 }],
    ['overloaded', { statusCode: 529 }],
    ['overloaded', { code: 'overloaded_error' }],
    ['connect', { cause: networkError('ECONNREFUSED') }],
    ['connect', { cause: networkError('UND_ERR_CONNECT_TIMEOUT') }],
    ['truncated', { statusCode: 200, cause: networkError('ECONNRESET') }],
    ['malformed', { statusCode: 204 }],
    ['unknown', {}],
  ])('is %s: %j', (kind, said) => {
    const error = toProviderError(apiError(said), context)
    expect(error.failure).toMatchObject({ kind })
    expect(error.failure.status).toBe(
      error.failure.status === undefined ? undefined : said.code === 500 ? 500 : said.statusCode,
    )
    expect(error.providerId).toBe('sdk')
  })

  const validation = new TypeValidationError({
    value: { error: { message: 'busy', code: 'server_overloaded' } },
    cause: new Error('no'),
  })
  const badJson = (text: string): APICallError =>
    apiError({ statusCode: 200, cause: new JSONParseError({ text, cause: new SyntaxError('x') }) })

  it.each<[FailureKind, unknown]>([
    ['credentials', new LoadAPIKeyError({ message: KEY })],
    ['model-gone', new NoSuchModelError({ modelId: 'm', modelType: 'languageModel' })],
    ['model-unfit', new UnsupportedFunctionalityError({ functionality: 'files' })],
    ['invalid-request', new InvalidArgumentError({ argument: 'a', message: 'b' })],
    ['empty', new EmptyResponseBodyError()],
    ['malformed', new InvalidResponseDataError({ data: {} })],
    ['malformed', new JSONParseError({ text: '{', cause: new SyntaxError('x') })],
    ['malformed', badJson('<html></html>')],
    ['malformed', badJson('{"a":,}')],
    ['truncated', badJson('{"a": "b')],
    ['overloaded', validation],
    ['overloaded', apiError({ statusCode: 200, cause: validation })],
    // An `error` part of a stream is what the provider sent.
    ['overloaded', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
    ['rate-limited', { message: 'Slow down', statusCode: 429 }],
    ['unavailable', { error: { message: 'Oops', code: 502 } }],
    ['unavailable', { error: { message: 'Oops', type: 'server_error' } }],
    ['connect', networkError('ENOTFOUND')],
    ['unknown', new Error('What?')],
    ['unknown', 'What?'],
    ['unknown', undefined],
  ])('is %s (%#)', (kind, error) => {
    expect(toProviderError(error, context).failure.kind).toBe(kind)
  })

  it('says when to come back', () => {
    const retryAfterMs = (headers: Record<string, string>) =>
      toProviderError(apiError({ statusCode: 429, headers }), context).retryAfterMs
    expect(retryAfterMs({ 'retry-after': '2' })).toBe(2000)
    expect(retryAfterMs({ 'Retry-After-Ms': '150.2', 'retry-after': '2' })).toBe(151)
    const date = new Date(context.runtime.now() + 5000).toUTCString()
    expect(retryAfterMs({ 'retry-after': date })).toBeGreaterThan(3900)
    expect(retryAfterMs({ 'retry-after': date })).toBeLessThanOrEqual(5000)
    expect(retryAfterMs({ 'retry-after': '999999999' })).toBe(24 * 3_600_000)
    expect(retryAfterMs({ 'retry-after': '1m30s' })).toBe(90_000)
    expect(
      retryAfterMs({ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6s' }),
    ).toBe(6000)
    for (const text of ['soon', '-1', ''])
      expect(retryAfterMs({ 'retry-after': text })).toBeUndefined()
    expect(retryAfterMs({})).toBeUndefined()
  })

  it('shows neither a key nor a prompt, in its message, its cause or anywhere', () => {
    const sentences = [`Incorrect API key provided: ${KEY}.`, `Busy with ${KEY} just now.`]
    const cases = [401, 400, 500, undefined].flatMap((statusCode) =>
      sentences.map((message) => ({ statusCode, message })),
    )
    for (const { statusCode, message } of cases) {
      const error = toProviderError(
        apiError({
          message,
          code: 'x',
          ...(statusCode === undefined ? {} : { statusCode }),
        }),
        context,
      )
      const shown = JSON.stringify([error, error.message, error.failure, String(error.cause)])
      expect(shown).not.toContain(KEY)
      expect(shown).not.toContain('secret prompt')
      expect(error.cause).toBeUndefined()
    }
  })

  it('keeps what broke the connection as the cause', () => {
    const cause = networkError('ECONNREFUSED')
    expect(toProviderError(apiError({ cause }), context).cause).toBe(cause)
  })

  it('is ours already, then it stays what it is', () => {
    const own = new ProviderError({ kind: 'empty', message: 'x' }, { providerId: 'sdk' })
    expect(toProviderError(own, context)).toBe(own)
  })
})
