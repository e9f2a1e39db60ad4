/** The end of one piece of work: it comes with the caller's signal, or when the work is over. */
export interface LinkedAbort {
  readonly signal: AbortSignal
  /** Lets go of the caller's: only {@link end} aborts {@link signal} from now on. */
  readonly release: () => void
  /** Aborts {@link signal} and lets go of the caller's. Ending twice does nothing. */
  readonly end: () => void
}

/** One for all: an error made at the end of each call would keep all that its stack has seen. */
const OVER = new DOMException('The call is over.', 'AbortError')

/**
 * A signal for one request, below one that may live as long as the process.
 *
 * Not `AbortSignal.any`: that one stays known to the caller's signal until it is collected, and some
 * client libraries add listeners to what they are given. Here nothing is left on the caller's signal
 * after {@link LinkedAbort.end}.
 */
export function linkedAbort(parent: AbortSignal | undefined): LinkedAbort {
  const controller = new AbortController()
  const follow = (): void => controller.abort(parent?.reason)
  if (parent?.aborted === true) follow()
  else parent?.addEventListener('abort', follow, { once: true })
  const release = (): void => parent?.removeEventListener('abort', follow)
  return {
    signal: controller.signal,
    release,
    end: () => {
      release()
      controller.abort(OVER)
    },
  }
}
