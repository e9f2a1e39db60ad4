import type { FailureKind, Runtime } from '@imrs/core'
import { FAILURE_RULES } from '@imrs/core'

import type { BreakerEvent } from './breaker.ts'

/** How a call ended, as far as breakers care. */
export type CallEnd =
  | { readonly kind: 'success' }
  | {
      readonly kind: 'failure'
      readonly failureKind: FailureKind
      readonly retryAfterMs?: number | undefined
    }
  /** It says nothing about the provider: it was aborted, or never sent. */
  | { readonly kind: 'nothing' }

/** What a provider asks to wait is believed up to here. */
export const LONGEST_COOL_DOWN_MS = 3_600_000
/** And no less than this: probes must not follow each other without a pause. */
const SHORTEST_COOL_DOWN_MS = 50

interface EndedCall {
  readonly end: CallEnd
  /** Whether the breaker is the one of a key, and not of one model. */
  readonly isOfKey: boolean
  readonly isProbe: boolean
}

/** What a breaker is told of a call that ended. */
export function toBreakerEvent(
  { end, isOfKey, isProbe }: EndedCall,
  runtime: Pick<Runtime, 'monotonic' | 'random'>,
): BreakerEvent {
  const atMs = runtime.monotonic()
  if (end.kind === 'nothing') return { type: 'released', atMs, isProbe }
  if (end.kind === 'success') {
    // A key's breaker counts no calls: it opens by one failure, and closes by a probe.
    return { type: isOfKey && !isProbe ? 'released' : 'success', atMs, isProbe }
  }
  const { failureKind } = end
  const { coolDown, countsAgainstHealth } = FAILURE_RULES[failureKind]
  const chance = runtime.random()
  if (coolDown !== undefined && (coolDown.scope === 'credential') === isOfKey) {
    const asked = end.retryAfterMs ?? coolDown.defaultMs
    const forMs = Math.min(LONGEST_COOL_DOWN_MS, Math.max(SHORTEST_COOL_DOWN_MS, asked))
    return { type: 'cool-down', atMs, isProbe, failureKind, forMs, chance }
  }
  if (countsAgainstHealth && !isOfKey) {
    return { type: 'failure', atMs, isProbe, failureKind, chance }
  }
  // The provider is there and took the key: what it did not like was something else.
  return { type: isProbe ? 'success' : 'released', atMs, isProbe }
}
