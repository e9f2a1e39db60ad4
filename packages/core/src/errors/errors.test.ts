import { createContext, runInContext } from 'node:vm'

import { describe, expect, it } from 'vitest'

import { FAILURE_KINDS } from '../failure/failure-kinds.ts'
import type { FailureKind } from '../failure/failure-kinds.ts'
import { AllAttemptsFailedError } from './all-attempts-failed-error.ts'
import { ConfigError } from './config-error.ts'
import { ERROR_CODES, ERROR_STATUS, isErrorCode } from './error-codes.ts'
import { ImrsError } from './imrs-error.ts'
import { NoCandidateError } from './no-candidate-error.ts'
import { ProviderError } from './provider-error.ts'

function failed(kind: FailureKind, retryAfterMs?: number): ProviderError {
  return new ProviderError(
    { kind, message: `it was ${kind}`, retryAfterMs },
    { providerId: 'openai' },
  )
}

describe('the marker', () => {
  it('is seen by another copy of this module, where instanceof is not', async () => {
    // A variable, so that the compiler does not look for a file of that name.
    const secondCopy = './imrs-error.ts?second-copy'
    const other = (await import(secondCopy)) as { ImrsError: typeof ImrsError }
    expect(other.ImrsError).not.toBe(ImrsError)
    const error = new other.ImrsError('closed', 'It is closed.')
    expect(error instanceof ImrsError).toBe(false)
    expect(ImrsError.is(error)).toBe(true)
    expect(other.ImrsError.is(new ImrsError('closed', 'It is closed.'))).toBe(true)
  })

  it('is seen in errors of another realm', () => {
    const error: unknown = runInContext(
      `Object.defineProperty(new Error('x'), Symbol.for('@imrs/core.error'), { value: true })`,
      createContext({}),
    )
    expect(error instanceof Error).toBe(false)
    expect(ImrsError.is(error)).toBe(true)
  })

  it.each([new Error('x'), null, undefined, 'closed', { code: 'closed' }, 7])(
    'is not in %s',
    (value) => {
      expect(ImrsError.is(value)).toBe(false)
    },
  )

  it('is not shown', () => {
    expect(Object.keys(new ImrsError('closed', 'It is closed.'))).not.toContain('@imrs/core.error')
    expect(JSON.parse(JSON.stringify(new ImrsError('closed', 'x')))).toEqual({
      name: 'ImrsError',
      code: 'closed',
    })
  })
})

describe('errors', () => {
  it('keep what caused them', () => {
    const cause = new Error('refused')
    expect(new ImrsError('store-unavailable', 'It is down.', { cause }).cause).toBe(cause)
    expect(new ConfigError('`x` must be 1', { cause })).toMatchObject({
      name: 'ConfigError',
      code: 'invalid-config',
      cause,
    })
    expect('cause' in new ImrsError('closed', 'It is closed.')).toBe(false)
  })

  it('of several attempts carry them in order, the last as the cause', () => {
    const attempts = [failed('overloaded'), failed('rate-limited', 500)]
    const error = new AllAttemptsFailedError('All 2 attempts failed', attempts)
    expect(error).toMatchObject({ code: 'all-attempts-failed', retryAfterMs: 500 })
    expect(error.attempts).toBe(attempts)
    expect(error.cause).toBe(attempts[1])
    expect(new AllAttemptsFailedError('None was made', []).cause).toBeUndefined()
  })

  it('for want of a candidate say which filter removed what', () => {
    const error = new NoCandidateError('None is left', { 'not-enabled': 3 })
    expect(error).toMatchObject({ code: 'no-candidate', exclusions: { 'not-enabled': 3 } })
  })

  const codes: Readonly<Partial<Record<FailureKind, string>>> = {
    'rate-limited': 'rate-limited',
    'context-too-long': 'context-too-long',
    'content-filtered': 'content-filtered',
    'model-unfit': 'missing-capability',
    'invalid-request': 'invalid-request',
    aborted: 'aborted',
    'budget-exhausted': 'budget-exhausted',
  }

  it.each(FAILURE_KINDS)('of a provider have a code for %s', (kind) => {
    expect(failed(kind).code).toBe(codes[kind] ?? 'provider-error')
    expect(failed(kind).failure.kind).toBe(kind)
  })

  it('of a provider know whether to try again', () => {
    expect(failed('overloaded').isRetryable).toBe(true)
    expect(failed('credentials').isRetryable).toBe(false)
  })
})

describe('codes', () => {
  it('have a status of an error each', () => {
    for (const code of ERROR_CODES) {
      expect(ERROR_STATUS[code]).toBeGreaterThanOrEqual(400)
      expect(ERROR_STATUS[code]).toBeLessThan(600)
    }
    expect(ERROR_CODES).toEqual(Object.keys(ERROR_STATUS))
    expect(Object.isFrozen(ERROR_CODES)).toBe(true)
  })

  it.each([
    ['read-only', 409],
    ['message-not-finished', 409],
    ['missing-credential', 503],
    ['model-provider-mismatch', 400],
    ['unknown-model', 400],
    ['aborted', 499],
  ] as const)('%s is answered %d, as the requirements say', (code, status) => {
    expect(ERROR_STATUS[code]).toBe(status)
  })

  it('are told from what an object inherits', () => {
    expect(ERROR_CODES.every(isErrorCode)).toBe(true)
    expect(['', 'constructor', 'toString', '__proto__'].some(isErrorCode)).toBe(false)
  })
})
