import type { Runtime } from '@imrs/core'

import type { ResolvedSinkDelivery } from './delivery-options.ts'

type RetryLimits = Pick<ResolvedSinkDelivery, 'firstRetryMs' | 'maxRetryMs'>

/**
 * How long to wait after so many failures in a row, milliseconds: a random part of a time that doubles
 * with each, so that many processes do not come back together. What the sink asked for is waited for.
 */
export function retryDelayMs(
  {
    failures,
    retryAfterMs = 0,
  }: { readonly failures: number; readonly retryAfterMs?: number | undefined },
  { firstRetryMs, maxRetryMs }: RetryLimits,
  random: Runtime['random'],
): number {
  const longest = Math.min(maxRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 40))
  return Math.max(1, Math.ceil(random() * longest), retryAfterMs)
}
