import { z } from 'zod'

import type { RatingMilli } from '../rating.ts'
import type { FeedbackReason } from './feedback-reasons.ts'

/** From the strongest to the weakest: a stronger type beats a weaker one, whatever the order they came in. */
export const FEEDBACK_TYPES = ['explicit', 'self_eval', 'implicit'] as const
export type FeedbackType = (typeof FEEDBACK_TYPES)[number]

/**
 * Named signals; a rating given as a number has none. `override` is another model chosen for the same
 * question, `abandon` an answer that was left before its end; `retract` takes back what was given.
 */
export const FEEDBACK_SIGNALS = [
  'thumbs-up',
  'thumbs-down',
  'regenerate',
  'copy',
  'continue',
  'override',
  'abandon',
  'retract',
] as const

export type FeedbackSignal = (typeof FEEDBACK_SIGNALS)[number]

/** Signals that only strategies that learn heed: they are no rating of the answer. */
export const HINT_SIGNALS: readonly FeedbackSignal[] = Object.freeze(['override', 'abandon'])

/** The signals that are ratings in themselves: the others say nothing that has a reason. */
const THUMBS: readonly FeedbackSignal[] = ['thumbs-up', 'thumbs-down']

export function isFeedbackSignal(value: string): value is FeedbackSignal {
  return (FEEDBACK_SIGNALS as readonly string[]).includes(value)
}

/** Whether reasons may go with what was given: `undefined` is a rating without a signal. */
export function takesReasons(signal: FeedbackSignal | undefined): boolean {
  return signal === undefined || THUMBS.includes(signal)
}

/** One signal a user gave on one answer: a row of `feedback_events`. Kept for ever, never changed. */
export interface FeedbackEvent {
  /** UUIDv7; the idempotency key. */
  readonly id: string
  readonly tenantId: string
  readonly messageId: string
  readonly userId: string
  /** Of a retraction: the type that it takes back. */
  readonly feedbackType: FeedbackType
  /** 0 for a retraction, and of no meaning there. */
  readonly ratingMilli: RatingMilli
  readonly signal?: FeedbackSignal | undefined
  /** Why, 1 to 5 of them. Only ratings and thumbs have any; they count as long as the rating does. */
  readonly reasons?: readonly FeedbackReason[] | undefined
  readonly atMs: number
}

/** An event as it was stored: `seq` gives the order in which the store took them. */
export interface StoredFeedbackEvent extends FeedbackEvent {
  readonly seq: number
  /** The epoch of the model that the answer counts in; the same for all events of an answer. */
  readonly epoch: number
  /** What all ratings of the user weigh together in the answer's cell from this event on, in thousandths of a rating. */
  readonly weightMilli: number
}

/**
 * The event that counts as the rating of an answer, among all events of one user on it: the strongest
 * type that was not taken back, and within it the newest (`seq` decides). A retraction takes back all
 * of its type that came before it. Hints do not count. `undefined` when nothing is left.
 *
 * Every store applies this one function inside the transaction that appends an event.
 */
export function effectiveFeedback<Event extends FeedbackEvent & { readonly seq: number }>(
  events: readonly Event[],
): Event | undefined {
  return strongest(events.filter((event) => !isHint(event)))
}

/** What strategies that learn take the answer to be worth: as {@link effectiveFeedback}, with hints among the implicit ones. */
export function learnedFeedback<Event extends FeedbackEvent & { readonly seq: number }>(
  events: readonly Event[],
): Event | undefined {
  return strongest(events)
}

/** A rating that weighs less, in thousandths, is not watched for alarms: five of one user in a cell are too few for one. */
const LEAST_WATCHED_WEIGHT_MILLI = 200

/** A new event, and what this one rating weighs, in thousandths. */
export interface WeighedFeedback {
  readonly event: FeedbackEvent
  readonly weightMilli: number
}

/**
 * Whether alarms are to judge a new event: it weighs a fifth of a rating or more, and it is the first
 * of its type without a stronger one before it. Hints and retractions are not watched.
 */
export function isWatchedFeedback(
  before: readonly StoredFeedbackEvent[],
  { event, weightMilli }: WeighedFeedback,
): boolean {
  if (isHint(event) || event.signal === 'retract') return false
  if (weightMilli < LEAST_WATCHED_WEIGHT_MILLI) return false
  const strength = FEEDBACK_TYPES.indexOf(event.feedbackType)
  return before.every(({ feedbackType }) => FEEDBACK_TYPES.indexOf(feedbackType) > strength)
}

function strongest<Event extends FeedbackEvent & { readonly seq: number }>(
  events: readonly Event[],
): Event | undefined {
  for (const type of FEEDBACK_TYPES) {
    let newest: Event | undefined
    for (const event of events) {
      const isNewer = newest === undefined || event.seq > newest.seq
      if (event.feedbackType === type && isNewer) newest = event
    }
    if (newest !== undefined && newest.signal !== 'retract') return newest
  }
  return undefined
}

function isHint({ signal }: FeedbackEvent): boolean {
  return signal !== undefined && HINT_SIGNALS.includes(signal)
}

export const feedbackTypeSchema: z.ZodType<FeedbackType> = z.enum(FEEDBACK_TYPES)
