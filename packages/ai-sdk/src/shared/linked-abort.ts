/** The end of one piece of work: it comes with the caller's signal, or when the work is over. */
export interface LinkedAbort {
  readonly signal: AbortSignal
  /** Aborts {@link signal} and lets go of the caller's. Ending twice does nothing. */
  readonly end: () => void
}

/** One for all: an error made at the end of each call would keep all that its stack has seen. */
const OVER = new DOMException('The call is over.', 'AbortError')

/**
 * A signal for one call, below one that may live as long as the process. Not `AbortSignal.any`: here
 * nothing is left on the caller's signal after {@link LinkedAbort.end}.
 */
export function linkedAbort(parent: AbortSignal | undefined): LinkedAbort {
  const controller = new AbortController()
  const follow = (): void => controller.abort(parent?.reason)
  if (parent?.aborted === true) follow()
  else parent?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    end: () => {
      parent?.removeEventListener('abort', follow)
      controller.abort(OVER)
    },
  }
}
