/** Runs work for several callers at once. */
export interface SingleFlight<Value> {
  /**
   * The value of the work that runs under this key, which is started if none does.
   *
   * A caller that aborts gets its signal's reason and the others go on; when the last one has
   * aborted, so is the work.
   */
  readonly run: (
    key: string,
    work: (signal: AbortSignal) => Promise<Value>,
    signal?: AbortSignal,
  ) => Promise<Value>
  /** Later callers start anew; those that wait still get what they wait for. */
  readonly forget: (key: string) => void
  /** Aborts everything that runs; every caller gets the reason. */
  readonly abort: (reason: unknown) => void
}

interface Flight<Value> {
  readonly promise: Promise<Value>
  readonly controller: AbortController
  waiting: number
}

export function createSingleFlight<Value>(): SingleFlight<Value> {
  const flights = new Map<string, Flight<Value>>()
  const running = new Set<Flight<Value>>()

  const forgetFlight = (key: string, flight: Flight<Value>): void => {
    if (flights.get(key) === flight) flights.delete(key)
  }
  const begin = (key: string, work: (signal: AbortSignal) => Promise<Value>): Flight<Value> => {
    const controller = new AbortController()
    const flight = { promise: work(controller.signal), controller, waiting: 0 }
    flights.set(key, flight)
    running.add(flight)
    const end = (): void => {
      forgetFlight(key, flight)
      running.delete(flight)
    }
    flight.promise.then(end, end)
    return flight
  }
  return {
    run: async (key, work, signal) => {
      signal?.throwIfAborted()
      const flight = flights.get(key) ?? begin(key, work)
      flight.waiting += 1
      try {
        return await unlessAborted(flight.promise, signal)
      } finally {
        flight.waiting -= 1
        if (flight.waiting === 0 && running.has(flight)) {
          forgetFlight(key, flight)
          flight.controller.abort()
        }
      }
    },
    forget: (key) => {
      flights.delete(key)
    },
    abort: (reason) => {
      for (const { controller } of running) controller.abort(reason)
    },
  }
}

async function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
