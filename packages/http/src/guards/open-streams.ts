import { ImrsError } from '@imrs/core'

import type { ResolvedHttpOptions } from '../http-options.ts'
import { isCountedByAddress, keyOf } from './rate-limiter.ts'
import type { Caller } from './rate-limiter.ts'

/** Many may share an address: an office, or everybody behind a proxy nobody told of. */
const TIMES_AT_AN_ADDRESS = 10

/** Streams without an end of their own that are open, by caller. */
export interface OpenStreams {
  /**
   * Counts one more, until the function it gives is called, once.
   *
   * @throws ImrsError `rate-limited` when the caller has as many as are allowed.
   */
  take(caller: Caller): () => void
}

/** Each such stream asks the store every few seconds for as long as its client likes: they are bounded. */
export function createOpenStreams({
  maxOpenStreams,
}: Pick<ResolvedHttpOptions, 'maxOpenStreams'>): OpenStreams {
  const open = new Map<string, number>()
  return {
    take: (caller) => {
      const key = keyOf(caller)
      const most = maxOpenStreams * (isCountedByAddress(caller) ? TIMES_AT_AN_ADDRESS : 1)
      const before = open.get(key) ?? 0
      if (before >= most) throw tooMany(most)
      open.set(key, before + 1)
      return () => {
        const left = (open.get(key) ?? 0) - 1
        if (left > 0) open.set(key, left)
        else open.delete(key)
      }
    },
  }
}

function tooMany(most: number): ImrsError {
  return new ImrsError(
    'rate-limited',
    `You have ${most} streams of events open, which is as many as may be. Close one first.`,
  )
}
