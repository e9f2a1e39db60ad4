import { AsyncLocalStorage } from 'node:async_hooks'

/** The signals of the calls that are under way, each known to what its call does and to nothing else. */
const signals = new AsyncLocalStorage<AbortSignal>()

/** Makes a call; what it has the server do is cancelled when the signal aborts. */
export function abortable<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  return signals.run(signal, call)
}

/** The signal of the call that this is part of. */
export function signalOfCall(): AbortSignal | undefined {
  return signals.getStore()
}

/** Rejects with the signal's reason once it aborts. The second function ends the waiting. */
export function whenAborted(signal: AbortSignal): readonly [Promise<never>, () => void] {
  const { promise, reject } = Promise.withResolvers<never>()
  const listener = (): void => reject(signal.reason as Error)
  if (signal.aborted) listener()
  else signal.addEventListener('abort', listener, { once: true })
  // Whoever waits for it hears of it; that nobody does is no error.
  promise.catch(() => undefined)
  return [promise, () => signal.removeEventListener('abort', listener)]
}
