import type { FeedbackReason } from '../domain/feedback-reasons.ts'
import type { FeedbackEvent } from '../domain/feedback.ts'
import type { TaskType } from '../domain/task.ts'
import type { RatingMilli } from '../rating.ts'
import type { CallOptions } from './call-options.ts'
import type { SecretReference } from './secret-store.ts'

/** One signal with what it was given for, and what it made of the answer's rating. */
export interface LearningRecord {
  /** Also a retraction, and a hint, which is no rating. */
  readonly event: FeedbackEvent
  /** The rating that counts for the answer since this event; absent when nothing counts. */
  readonly ratingMilli?: RatingMilli | undefined
  /** The reasons of the rating that counts since this event; absent when it has none. */
  readonly reasons?: readonly FeedbackReason[] | undefined
  /** Whether the event changed the rating that counts. */
  readonly ratingChanged: boolean
  readonly agentId: string
  readonly modelId: string
  /** What kind of task the model was chosen for. */
  readonly taskType: TaskType
  readonly conversationId?: string | undefined
  /**
   * The text of the answer. There only when the host stores it (`storeContent`), the answer is still
   * stored, and the sink asks for it (`wantsText`).
   */
  readonly answerText?: string | undefined
}

/** Tells repeats of one delivery: the same for every try, and different for any two records. */
export function deliveryIdOf({ event }: Pick<LearningRecord, 'event'>): string {
  // The id of an event may be the host's own key, which it may use again on another answer.
  return `${event.messageId}_${event.id}`
}

export interface DeliveryOptions extends CallOptions {
  /** What {@link LearningSink.secret} names; read anew for every few deliveries, and not to be kept. */
  readonly secret?: string | undefined
}

/** Another system that learns from feedback. */
export interface LearningSink {
  readonly specVersion: 'v1'
  /** Lower-case letters, digits and `-`. What waits for the sink is stored under it, so it should stay. */
  readonly name: string
  /** Where its credential lies; without it none is read. Default: none. */
  readonly secret?: SecretReference | undefined
  /** Whether records carry the text of answers, where it is stored. Default: `false`. */
  readonly wantsText?: boolean | undefined
  /**
   * Delivers one record; resolves when the other system took it. Called for several answers at once,
   * for records of one answer strictly one after the other, in the order they were given. Called again
   * after a rejection and after a crash: delivery is at least once, and {@link deliveryIdOf} tells repeats.
   *
   * @throws SinkError that says whether to try again; what else it throws is tried again too.
   */
  deliver(record: LearningRecord, options?: DeliveryOptions): Promise<void>
  /** Idempotent. */
  close(): Promise<void>
}
