import { experienceShareOf, isNoExperience, subtractExperience } from './experience-share.ts'
import type { ExperienceSums } from './experience-share.ts'
import { effectiveFeedback } from './feedback.ts'
import type { StoredFeedbackEvent } from './feedback.ts'
import type { MessageRecord } from './ledger.ts'

/** What one more event makes of its message. */
export interface RecordedFeedback {
  /** The message with the rating that counts now, or without any. */
  readonly message: MessageRecord
  /** The event whose rating that is. */
  readonly rating: StoredFeedbackEvent | undefined
  readonly ratingChanged: boolean
  /** What is to be added to every cell that the message counts in. */
  readonly change: ExperienceSums
  readonly experienceChanged: boolean
}

interface AppendedFeedback {
  /** The events of the message so far, in `seq` order. */
  readonly before: readonly StoredFeedbackEvent[]
  readonly stored: StoredFeedbackEvent
}

/** Pure: every store applies it in the transaction that appends the event. */
export function recordedFeedback(
  message: MessageRecord,
  { before, stored }: AppendedFeedback,
): RecordedFeedback {
  const after = [...before, stored]
  const rating = effectiveFeedback(after)
  const change = subtractExperience(experienceShareOf(after), experienceShareOf(before))
  return {
    message: withRating(message, rating),
    rating,
    ratingChanged: effectiveFeedback(before)?.ratingMilli !== rating?.ratingMilli,
    change,
    experienceChanged: !isNoExperience(change),
  }
}

function withRating(
  message: MessageRecord,
  rating: StoredFeedbackEvent | undefined,
): MessageRecord {
  const { ratingMilli: _rating, feedbackType: _type, feedbackAtMs: _at, ...unrated } = message
  if (rating === undefined) return unrated
  const { ratingMilli, feedbackType, atMs: feedbackAtMs } = rating
  return { ...unrated, ratingMilli, feedbackType, feedbackAtMs }
}
