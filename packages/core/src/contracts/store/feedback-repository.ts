import type { ExperienceCell } from '../../domain/experience.ts'
import type { FeedbackEvent, StoredFeedbackEvent } from '../../domain/feedback.ts'
import type { MessageRecord } from '../../domain/ledger.ts'
import type { CallOptions } from '../call-options.ts'

/** What appending a signal did. */
export type FeedbackOutcome =
  | {
      readonly kind: 'recorded'
      /** The message as it is now. */
      readonly message: MessageRecord
      /** Whether the rating that counts changed. */
      readonly ratingChanged: boolean
    }
  /** An event with this id was there already; nothing was written. */
  | { readonly kind: 'duplicate'; readonly message: MessageRecord }
  /** No such message, or not this user's. */
  | { readonly kind: 'not-found' }

/** Signals and the experience made of them. Every method reads and writes the given tenant only. */
export interface FeedbackRepository {
  /**
   * In one transaction: appends the event, puts the rating that counts
   * ({@link ../../domain/feedback.ts effectiveFeedback}) on the message, and moves the experience of
   * the message's model and credited task type, in the agent's, the tenant's and the global scope, from the
   * old rating to the new. A message counts once, whatever the number of its events; its month is
   * that of the message. Idempotent by event id. Raises the version of topic
   * `experience:{tenantId}/{agentId}` when the rating changed. Concurrent signals on one message are
   * taken one after another.
   */
  record(event: FeedbackEvent, options?: CallOptions): Promise<FeedbackOutcome>
  /** The events of a message in `seq` order. */
  listEvents(
    key: { readonly tenantId: string; readonly messageId: string },
    options?: CallOptions,
  ): Promise<readonly StoredFeedbackEvent[]>
  /** The cells of one agent's own scope. */
  listExperience(
    key: { readonly tenantId: string; readonly agentId: string },
    options?: CallOptions,
  ): Promise<readonly ExperienceCell[]>
}
