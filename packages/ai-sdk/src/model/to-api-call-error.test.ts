import { APICallError } from '@ai-sdk/provider'
import { ERROR_CODES, ERROR_STATUS, ImrsError, ProviderError } from '@imrs/core'
import type { ErrorPart } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { fromErrorPart, fromRefusal, imrsErrorDataOf } from './to-api-call-error.ts'

const part: ErrorPart = {
  type: 'error',
  code: 'provider-error',
  message: 'It broke.',
  messageId: 'm1',
  failureKind: 'truncated',
  isRetryable: true,
  isRetrySafe: false,
  retryAfterMs: 2000,
  tried: [{ model: 'openai/a', failureKind: 'truncated', wasCalled: true, retryAtMs: undefined }],
  costUsd: 0.01,
  received: { characters: 4, reasoningCharacters: 0, toolCalls: 1 },
}

describe('an answer that broke', () => {
  it('says everything but its sentence as data, and is never for the SDK to retry', () => {
    const error = fromErrorPart(part)
    const { type: _type, message, tried, ...data } = part
    expect(error).toMatchObject({ message, statusCode: 502, isRetryable: false })
    expect(imrsErrorDataOf(error)).toEqual({
      ...data,
      tried: [{ model: 'openai/a', failureKind: 'truncated', wasCalled: true }],
    })
    expect(tried).toHaveLength(1)
  })
})

describe('a request that was refused', () => {
  it.each(ERROR_CODES)(
    'has the status of %s, and is retried only when nothing was tried',
    (code) => {
      const error = fromRefusal(new ImrsError(code, 'No.', { field: 'model', retryAfterMs: 1500 }))
      const isRetryable = code === 'store-unavailable' || code === 'secret-store-unavailable'
      expect(APICallError.isInstance(error)).toBe(true)
      expect(error).toMatchObject({
        message: 'No.',
        statusCode: ERROR_STATUS[code],
        isRetryable,
        requestBodyValues: {},
        responseHeaders: { 'retry-after-ms': '1500' },
      })
      expect(imrsErrorDataOf(error)).toEqual({
        code,
        field: 'model',
        retryAfterMs: 1500,
        isRetryable,
      })
    },
  )

  it('keeps the kind of a failure', () => {
    const error = new ProviderError({ kind: 'payment', message: 'No.' }, { providerId: 'openai' })
    expect(imrsErrorDataOf(fromRefusal(error))).toMatchObject({ failureKind: 'payment' })
  })

  it('leaves what is no error of ours as it is', () => {
    const error = new TypeError('a bug')
    expect(fromRefusal(error)).toBe(error)
    expect(imrsErrorDataOf(error)).toBeUndefined()
    const foreign = new APICallError({
      message: 'x',
      url: '',
      requestBodyValues: {},
      data: { code: 'x' },
    })
    expect(imrsErrorDataOf(foreign)).toBeUndefined()
  })
})
