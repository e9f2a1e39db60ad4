import type { ErrorCode } from './error-codes.ts'

const marker: unique symbol = Symbol.for('@imrs/core.error')

export interface ImrsErrorOptions extends ErrorOptions {
  /** The request field the error is about, as the caller wrote it: `messages[0].content`. */
  readonly field?: string | undefined
  /** How long to wait before the same request may work, milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/**
 * The base of every error this project throws.
 *
 * The message says what failed, with which value, and what to do; it never holds a secret or a
 * prompt. What caused it is kept as `cause`, which doors never show.
 */
export class ImrsError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, options: ImrsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.field = options.field
    this.retryAfterMs = options.retryAfterMs
    // A marker survives two installed versions of this package; `instanceof` does not.
    Object.defineProperty(this, marker, { value: true })
  }

  /** Whether it is an error of this project, of whichever installed version and realm. */
  static is(error: unknown): error is ImrsError {
    return typeof error === 'object' && error !== null && marker in error
  }
}
