/**
 * What a provider can refuse or fail at, in words of our own. Every dialect has its own status and
 * body for each of them.
 */
export const SIMULATED_FAILURE_KINDS = [
  'unknown-route',
  'unknown-model',
  'not-a-chat-model',
  'malformed-json',
  'invalid-request',
  'payload-too-large',
  'missing-key',
  'invalid-key',
  'permission-denied',
  'rate-limited',
  'upstream-rate-limited',
  'quota-exhausted',
  'insufficient-credits',
  'upstream-credits',
  'context-too-long',
  'content-filtered',
  'tools-unsupported',
  'images-unsupported',
  'overloaded',
  'unavailable',
  'server',
  'timeout',
] as const

/** One of {@link SIMULATED_FAILURE_KINDS}. */
export type SimulatedFailureKind = (typeof SIMULATED_FAILURE_KINDS)[number]

/** A failure with what its body needs to be worded. */
export interface Failure {
  readonly kind: SimulatedFailureKind
  /** Replaces the dialect's own wording. */
  readonly message?: string | undefined
  readonly model?: string | undefined
  /** The request parameter at fault, where the dialect names one. */
  readonly parameter?: string | undefined
  /** `GET /v1/nowhere`, for an unknown route. */
  readonly route?: string | undefined
  /** The refused key; OpenAI echoes its two ends. */
  readonly key?: string | undefined
  /** When to come back: written into the body by the dialects that do so. */
  readonly retryAtMs?: number | undefined
  readonly retryDelayMs?: number | undefined
}

/** The outcome of a step that may refuse. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

/** A result that holds a value. */
export function succeed<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** A result that holds a failure. */
export function refuse(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure }
}
