import { z } from 'zod'

import type { RatingMilli } from '../rating.ts'

/** From the strongest to the weakest: a stronger type beats a weaker one, whatever the order they came in. */
export const FEEDBACK_TYPES = ['explicit', 'self_eval', 'implicit'] as const
export type FeedbackType = (typeof FEEDBACK_TYPES)[number]

/** Named signals; a rating given as a number has none. */
export const FEEDBACK_SIGNALS = [
  'thumbs-up',
  'thumbs-down',
  'regenerate',
  'copy',
  'continue',
] as const

export type FeedbackSignal = (typeof FEEDBACK_SIGNALS)[number]

export function isFeedbackSignal(value: string): value is FeedbackSignal {
  return (FEEDBACK_SIGNALS as readonly string[]).includes(value)
}

/** One signal a user gave on one answer: a row of `feedback_events`. Kept for ever, never changed. */
export interface FeedbackEvent {
  /** UUIDv7; the idempotency key. */
  readonly id: string
  readonly tenantId: string
  readonly messageId: string
  readonly userId: string
  readonly feedbackType: FeedbackType
  readonly ratingMilli: RatingMilli
  readonly signal?: FeedbackSignal | undefined
  readonly atMs: number
}

/** An event as it was stored: `seq` gives the order in which the store took them. */
export interface StoredFeedbackEvent extends FeedbackEvent {
  readonly seq: number
}

/**
 * The event that counts among all events of one user on one message: the strongest type, and within
 * it the newest (`seq` decides). `undefined` when there is none.
 *
 * Every store applies this one function inside the transaction that appends an event.
 */
export function effectiveFeedback(
  events: readonly StoredFeedbackEvent[],
): StoredFeedbackEvent | undefined {
  let best: StoredFeedbackEvent | undefined
  for (const event of events) {
    if (best === undefined || beats(event, best)) best = event
  }
  return best
}

function beats(event: StoredFeedbackEvent, other: StoredFeedbackEvent): boolean {
  const difference =
    FEEDBACK_TYPES.indexOf(event.feedbackType) - FEEDBACK_TYPES.indexOf(other.feedbackType)
  return difference < 0 || (difference === 0 && event.seq > other.seq)
}

export const feedbackTypeSchema: z.ZodType<FeedbackType> = z.enum(FEEDBACK_TYPES)
