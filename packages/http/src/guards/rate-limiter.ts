import { ImrsError } from '@imrs/core'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

import type { RateClass } from '../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../http-options.ts'
import type { Identity } from '../identity/identity.ts'

const WINDOW_SECONDS = 60

export interface RateLimiter {
  /** @throws ImrsError `rate-limited` that says when to come back. */
  take(rateClass: RateClass | undefined, identity: Identity | undefined): Promise<void>
}

/** Counts the requests of each caller by class, in this process. Callers who are nobody share one count. */
export function createRateLimiter({ rateLimits }: ResolvedHttpOptions): RateLimiter {
  const limiters = new Map(
    Object.entries(rateLimits).map(([name, points]) => [
      name,
      new RateLimiterMemory({ points, duration: WINDOW_SECONDS, keyPrefix: name }),
    ]),
  )
  return {
    take: async (rateClass, identity) => {
      if (rateClass === undefined) return
      try {
        await limiters.get(rateClass)?.consume(keyOf(identity))
      } catch (error) {
        throw error instanceof RateLimiterRes ? limited(error.msBeforeNext) : error
      }
    },
  }
}

function keyOf(identity: Identity | undefined): string {
  return identity === undefined ? 'anyone' : `${identity.tenantId}\n${identity.actor}`
}

function limited(retryAfterMs: number): ImrsError {
  return new ImrsError('rate-limited', 'Too many requests in the last minute. Wait a little.', {
    retryAfterMs,
  })
}
