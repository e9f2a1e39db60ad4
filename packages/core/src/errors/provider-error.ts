import { isRetryable } from '../failure/failure-kinds.ts'
import type { FailureKind } from '../failure/failure-kinds.ts'
import type { ErrorCode } from './error-codes.ts'
import { ImrsError } from './imrs-error.ts'

/** What went wrong at a provider, as its family classified it. */
export interface ProviderFailure {
  readonly kind: FailureKind
  /** For people. Redacted by the family: no key, no prompt. */
  readonly message: string
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined
  /** What the provider asked to wait, from whatever form it used. */
  readonly retryAfterMs?: number | undefined
  /** The provider's own code, for logs: `insufficient_quota`, `RESOURCE_EXHAUSTED`. */
  readonly providerCode?: string | undefined
}

export interface ProviderErrorOptions extends ErrorOptions {
  readonly providerId: string
  readonly modelId?: string | undefined
  /** Default: the code that belongs to the kind of failure. */
  readonly code?: ErrorCode | undefined
}

/** A call to a provider failed. Adapters throw this and nothing else (an abort rethrows its reason). */
export class ProviderError extends ImrsError {
  readonly failure: ProviderFailure
  readonly providerId: string
  readonly modelId: string | undefined

  constructor(failure: ProviderFailure, options: ProviderErrorOptions) {
    super(options.code ?? codeOf(failure.kind), failure.message, {
      cause: options.cause,
      retryAfterMs: failure.retryAfterMs,
    })
    this.failure = failure
    this.providerId = options.providerId
    this.modelId = options.modelId
  }

  static override is(error: unknown): error is ProviderError {
    return ImrsError.is(error) && 'failure' in error
  }

  get isRetryable(): boolean {
    return this.code === 'secret-store-unavailable' || isRetryable(this.failure.kind)
  }
}

function codeOf(kind: FailureKind): ErrorCode {
  switch (kind) {
    case 'rate-limited':
      return 'rate-limited'
    case 'context-too-long':
      return 'context-too-long'
    case 'content-filtered':
      return 'content-filtered'
    case 'model-unfit':
      return 'missing-capability'
    case 'invalid-request':
      return 'invalid-request'
    case 'budget-exhausted':
      return 'budget-exhausted'
    case 'aborted':
      return 'aborted'
    default:
      return 'provider-error'
  }
}
