import { seededRandom } from '@imrs/core'
import type { Behaviour } from '@imrs/testing/simulator'

const RETRY_AFTER_MS = 50

/** What goes wrong with three calls in ten, each kind as often as the others; none of it lasts. */
export function faults(seed: number): () => Behaviour {
  const random = seededRandom(seed)
  const kinds: readonly (() => Behaviour)[] = [
    () => ({ type: 'status', status: 500 }),
    () => ({ type: 'status', status: 503 }),
    () => ({
      type: 'fail',
      failure: 'rate-limited',
      retryAfter: { form: 'milliseconds', delayMs: RETRY_AFTER_MS },
    }),
    () => ({ type: 'fail', failure: 'overloaded' }),
    () => ({ type: 'disconnect', after: 'nothing', form: 'reset' }),
    () => ({ type: 'disconnect', after: 'headers', form: 'close' }),
    () => ({ type: 'reset', afterChunks: 2 }),
    () => ({ type: 'truncate', afterChunks: 3 }),
    () => ({ type: 'malformed', afterChunks: 1, form: 'cut-json' }),
    () => ({ type: 'empty' }),
  ]
  const answer: Behaviour = { type: 'respond', text: 'The river finds its way to the sea.' }
  return () => {
    const kind = random() < 0.3 ? kinds[Math.floor(random() * kinds.length)] : undefined
    return kind?.() ?? answer
  }
}
