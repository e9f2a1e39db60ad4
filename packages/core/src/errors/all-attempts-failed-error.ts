import { ImrsError } from './imrs-error.ts'
import type { ProviderError } from './provider-error.ts'

/** Several models were tried and none answered. `attempts` is in the order they were made; the last is the `cause`. */
export class AllAttemptsFailedError extends ImrsError {
  readonly attempts: readonly ProviderError[]

  constructor(message: string, attempts: readonly ProviderError[]) {
    const last = attempts.at(-1)
    super('all-attempts-failed', message, { cause: last, retryAfterMs: last?.retryAfterMs })
    this.attempts = attempts
  }
}
