import { sharedRead } from './shared-read.ts'
import type { SharedReadOptions } from './shared-read.ts'

export interface KeptReadsOptions extends SharedReadOptions {
  /** Of so many keys reads are kept; of more, those asked for longest ago are forgotten. */
  readonly most: number
}

/** As {@link sharedRead}, for each key by itself. Keys are the same when they are the same as JSON. A read that failed is not kept. */
export function keptReads<Key, Value>(
  read: (key: Key) => Promise<Value>,
  { most, ...options }: KeptReadsOptions,
): (key: Key, signal: AbortSignal) => Promise<Value> {
  const kept = new Map<string, (signal: AbortSignal) => Promise<Value>>()
  return async (key, signal) => {
    const name = JSON.stringify(key)
    const known = kept.get(name)
    const forget = (own: unknown): void => {
      if (kept.get(name) === own) kept.delete(name)
    }
    const shared: (signal: AbortSignal) => Promise<Value> =
      known ??
      sharedRead(async () => {
        try {
          return await read(key)
        } catch (error) {
          forget(shared)
          throw error
        }
      }, options)
    // Asked for last: at the end.
    kept.delete(name)
    kept.set(name, shared)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
    return shared(signal)
  }
}
