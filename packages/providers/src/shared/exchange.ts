import type { CallOptions, ModelPart } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { linkedAbort } from './linked-abort.ts'

/** What the families do differently about one call. */
export interface Exchange {
  /** Sends the request and reads its answer. The signal ends with the call, however that ends. */
  readonly answer: (signal: AbortSignal) => AsyncIterable<ModelPart>
  /** What the end of the answer turns out to be: the last parts, or a failure that is thrown. */
  readonly ending: () => Iterable<ModelPart>
  /**
   * Whether the provider has already said why the model stopped, so that a connection cut after it
   * has cut off nothing.
   */
  readonly isFinished: () => boolean
  /** What was thrown on the way, as a failure. */
  readonly toProviderError: (error: unknown) => ProviderError
}

/**
 * Runs one call from its request to its last part. Leaving the loop or aborting the signal ends the
 * request; nothing is left on the signal afterwards.
 *
 * @throws ProviderError; on abort, the signal's reason.
 */
export async function* runExchange(
  { answer, ending, isFinished, toProviderError }: Exchange,
  options: CallOptions | undefined,
): AsyncGenerator<ModelPart, void, void> {
  const abort = linkedAbort(options?.signal)
  const { signal } = abort
  try {
    signal.throwIfAborted()
    try {
      yield* answer(signal)
    } catch (error) {
      signal.throwIfAborted()
      const failure = ProviderError.is(error) ? error : toProviderError(error)
      if (failure.failure.kind !== 'truncated' || !isFinished()) throw failure
    }
    // A stream that is aborted may simply end.
    signal.throwIfAborted()
    yield* ending()
  } finally {
    // The reader left, or it is over: nobody reads what would still come.
    abort.end()
  }
}
