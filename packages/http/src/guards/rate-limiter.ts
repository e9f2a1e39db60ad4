import { ImrsError } from '@imrs/core'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

import type { RateClass } from '../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../http-options.ts'
import type { Authenticated } from '../identity/identity.ts'

const WINDOW_SECONDS = 60

export interface RateLimiter {
  /** @throws ImrsError `rate-limited` that says when to come back. */
  take(rateClass: RateClass | undefined, caller: Caller): Promise<void>
}

/** Whose request it is, as far as that was proved. */
export interface Caller {
  readonly authenticated: Authenticated | undefined
  /** `undefined`: nobody knows it. */
  readonly address: string | undefined
}

/**
 * Counts the requests of each caller by class, in this process. Who is nobody yet, with no credential
 * or a session made just now, is counted by address: sessions cost nothing to make.
 */
export function createRateLimiter({ rateLimits }: ResolvedHttpOptions): RateLimiter {
  const limiters = new Map(
    Object.entries(rateLimits).map(([name, points]) => [
      name,
      new RateLimiterMemory({ points, duration: WINDOW_SECONDS, keyPrefix: name }),
    ]),
  )
  return {
    take: async (rateClass, caller) => {
      if (rateClass === undefined) return
      try {
        await limiters.get(rateClass)?.consume(keyOf(caller))
      } catch (error) {
        throw error instanceof RateLimiterRes ? limited(error.msBeforeNext) : error
      }
    },
  }
}

/** Whether nobody is known yet: no credential, or a session that was made just now. */
export function isCountedByAddress({ authenticated }: Caller): boolean {
  return authenticated === undefined || authenticated.setCookie !== undefined
}

/** Whose count a request is. */
export function keyOf({ authenticated, address = '' }: Caller): string {
  if (authenticated === undefined) return `anyone\n${address}`
  const { identity, setCookie } = authenticated
  if (setCookie !== undefined) return `${identity.tenantId}\nnew\n${address}`
  return `${identity.tenantId}\n${identity.actor}`
}

function limited(retryAfterMs: number): ImrsError {
  return new ImrsError('rate-limited', 'Too many requests in the last minute. Wait a little.', {
    retryAfterMs,
  })
}
