import type { ErrorCode } from '../errors/error-codes.ts'

/** The body of every error a door answers. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode
    readonly message: string
    readonly field?: string | undefined
    readonly request_id: string
    readonly retry_after_ms?: number | undefined
  }
}
