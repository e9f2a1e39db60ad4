import type { RouterEvent, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'

export interface ListTimerContext {
  readonly runtime: Pick<Runtime, 'now' | 'monotonic'>
  readonly emit: (event: RouterEvent) => void
}

/**
 * Begins to time the reading of a list; what it gives is called once, with what the reading failed of.
 * A reading that was stopped, or failed of ours, says nothing of the provider and is not told.
 */
export function listTimer(
  { runtime, emit }: ListTimerContext,
  providerId: string,
): (error?: unknown) => void {
  const startedAt = runtime.monotonic()
  return (error) => {
    if (error !== undefined && !ProviderError.is(error)) return
    emit({
      type: 'model-list-read',
      atMs: runtime.now(),
      providerId,
      outcome: error === undefined ? 'ok' : 'failed',
      ...(error === undefined ? {} : { failureKind: error.failure.kind }),
      durationMs: runtime.monotonic() - startedAt,
    })
  }
}
