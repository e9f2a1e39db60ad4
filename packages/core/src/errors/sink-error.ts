import { ImrsError } from './imrs-error.ts'

/**
 * Every way a delivery to a sink can fail. Only `refused` is about the record alone and for good; all
 * others are tried again.
 *
 * `misdirected`: the address answers, and does not know what is asked of it.
 */
export const SINK_FAILURE_KINDS = [
  'unreachable',
  'timeout',
  'rate-limited',
  'unavailable',
  'credentials',
  'misdirected',
  'refused',
  'unknown',
] as const

export type SinkFailureKind = (typeof SINK_FAILURE_KINDS)[number]

export interface SinkErrorOptions extends ErrorOptions {
  /** How long the sink asked to be left alone, milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/** A sink did not take a record. The message names the sink, and holds no secret and nothing of the record. */
export class SinkError extends ImrsError {
  readonly kind: SinkFailureKind

  constructor(kind: SinkFailureKind, message: string, options: SinkErrorOptions = {}) {
    super('sink-error', message, options)
    this.kind = kind
  }

  static override is(error: unknown): error is SinkError {
    return ImrsError.is(error) && error.code === 'sink-error' && 'kind' in error
  }
}
