type Fetch = typeof globalThis.fetch

/**
 * Newcomers get their cookie with the first answer of `/api/preferences`: all else that is theirs
 * waits for that, or each request would make another visitor of them. The public list waits for
 * nothing.
 */
function greetedFetch(fetch: Fetch): Fetch {
  const greeted = Promise.withResolvers<void>()
  return async (input, init) => {
    const path = String(input instanceof Request ? input.url : input)
    if (path.endsWith('/api/preferences')) {
      return fetch(input, init).finally(() => greeted.resolve())
    }
    if (!path.includes('/api/models')) await untilAborted(greeted.promise, init?.signal)
    return fetch(input, init)
  }
}

/** How this page talks to its server. */
export const pageFetch: Fetch = greetedFetch((...input) => globalThis.fetch(...input))

/** @throws the reason of the signal, as `fetch` does. */
function untilAborted(wait: Promise<void>, signal: AbortSignal | null | undefined): Promise<void> {
  if (signal === null || signal === undefined) return wait
  const aborted = Promise.withResolvers<never>()
  const leave = (): void => aborted.reject(signal.reason)
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave)
  return Promise.race([wait, aborted.promise]).finally(() =>
    signal.removeEventListener('abort', leave),
  )
}
