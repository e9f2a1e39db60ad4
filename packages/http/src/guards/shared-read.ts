import type { Runtime } from '@imrs/core'

export interface SharedReadOptions {
  /** How long after a read began others share it, milliseconds. */
  readonly freshMs: number
  readonly runtime: Pick<Runtime, 'monotonic'>
}

/**
 * Reads once for all who ask within a while after a read began, whether it has ended or not, and how
 * it may end. So there is never more than one read per while, and one that hangs holds up nobody who
 * comes later. Who leaves ends no read of the others.
 */
export function sharedRead<Value>(
  read: () => Promise<Value>,
  { freshMs, runtime }: SharedReadOptions,
): (signal: AbortSignal) => Promise<Value> {
  let last: { readonly atMs: number; readonly value: Promise<Value> } | undefined
  return async (signal) => {
    signal.throwIfAborted()
    const nowMs = runtime.monotonic()
    if (last === undefined || nowMs - last.atMs >= freshMs) {
      last = { atMs: nowMs, value: read() }
      // Whoever waits sees it; when all have left it must not end the process.
      last.value.catch(() => {})
    }
    return unlessLeft(last.value, signal)
  }
}

async function unlessLeft<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const left = Promise.withResolvers<never>()
  const leave = (): void => left.reject(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await Promise.race([value, left.promise])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
