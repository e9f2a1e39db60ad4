import {
  DEFAULT_MAX_USER_SHARE_MILLI,
  addExperience,
  isNoExperience,
  plainShare,
  replaceRating,
  subtractExperience,
  userWeightMilli,
  weightedShare,
} from './experience-share.ts'
import type { ExperienceSums, UserTally } from './experience-share.ts'
import type { FeedbackReason } from './feedback-reasons.ts'
import { effectiveFeedback, isWatchedFeedback, learnedFeedback } from './feedback.ts'
import type { FeedbackEvent, StoredFeedbackEvent } from './feedback.ts'
import type { MessageRecord } from './ledger.ts'

/** What one more event makes of its message and of the experience it counts in. */
export interface RecordedFeedback {
  /** The message with the rating that counts now, or without any. */
  readonly message: MessageRecord
  readonly ratingChanged: boolean
  /** The reasons of the rating that counts now; empty without any. */
  readonly reasons: readonly FeedbackReason[]
  /** What the user's ratings in the agent's cell come to now: the same object as before, or another. Its weight is stored with the event. */
  readonly tally: UserTally
  /** What is to be added to every cell that the message counts in. */
  readonly change: ExperienceSums
  readonly experienceChanged: boolean
  /** Whether alarms are to judge the event. */
  readonly isWatched: boolean
}

/** What is there when an event comes. */
export interface FeedbackStanding {
  readonly message: MessageRecord
  /** The events of the message so far, in `seq` order. */
  readonly before: readonly StoredFeedbackEvent[]
  readonly event: FeedbackEvent
  /** What the user's ratings in the agent's cell came to. */
  readonly tally: UserTally
  /** How many ratings are in that cell, and what they weigh, the user's among them. */
  readonly cell: Pick<ExperienceSums, 'count' | 'weightMilli'>
  /** Default: 50. */
  readonly maxUserShareMilli?: number | undefined
}

/** Pure: every store applies it in the transaction that appends the event. */
export function recordedFeedback(standing: FeedbackStanding): RecordedFeedback {
  const { message, before, event } = standing
  // Newer than all there is, whatever number the store will give it.
  const after = [...before, { ...event, seq: Number.MAX_SAFE_INTEGER }]
  const rating = effectiveFeedback(after)
  const last = effectiveFeedback(before)
  const tally = tallyOf(standing, learnedFeedback(after)?.ratingMilli)
  const change = addExperience(
    subtractExperience(plainShare(rating?.ratingMilli), plainShare(last?.ratingMilli)),
    subtractExperience(weightedShare(tally), weightedShare(standing.tally)),
  )
  const weightMilli = tally.count === 0 ? 0 : tally.weightMilli / tally.count
  return {
    message: withRating(message, rating),
    ratingChanged: last?.ratingMilli !== rating?.ratingMilli,
    reasons: rating?.reasons ?? [],
    tally,
    change,
    experienceChanged: !isNoExperience(change),
    isWatched: isWatchedFeedback(before, { event, weightMilli }),
  }
}

/** What a user weighs is decided when a rating of the user's changes, and stays until another does. */
function tallyOf(
  { before, tally, cell, maxUserShareMilli }: FeedbackStanding,
  to: number | undefined,
): UserTally {
  const from = learnedFeedback(before)?.ratingMilli
  if (from === to) return tally
  const next = replaceRating(tally, { from, to })
  const weightMilli = userWeightMilli({
    count: next.count,
    // The cell's count has no hints, the user's has: a few more or less of so many do not matter.
    othersCount: Math.max(0, cell.count - tally.count),
    othersMilli: cell.weightMilli - tally.weightMilli,
    maxUserShareMilli: maxUserShareMilli ?? DEFAULT_MAX_USER_SHARE_MILLI,
  })
  return { ...next, weightMilli }
}

function withRating(message: MessageRecord, rating: FeedbackEvent | undefined): MessageRecord {
  const { ratingMilli: _rating, feedbackType: _type, feedbackAtMs: _at, ...unrated } = message
  if (rating === undefined) return unrated
  const { ratingMilli, feedbackType, atMs: feedbackAtMs } = rating
  return { ...unrated, ratingMilli, feedbackType, feedbackAtMs }
}
