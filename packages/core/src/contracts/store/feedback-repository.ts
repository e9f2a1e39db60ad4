import type { AgentKey } from '../../domain/agent-model.ts'
import type { ExperienceSums } from '../../domain/experience-share.ts'
import type { ExperienceMismatch } from '../../domain/experience-totals.ts'
import type {
  DriftState,
  DriftStep,
  ExperienceScope,
  DriftAlarm,
  ModelShift,
  StoredExperienceCell,
} from '../../domain/experience.ts'
import type { FeedbackReason } from '../../domain/feedback-reasons.ts'
import type { FeedbackEvent, StoredFeedbackEvent } from '../../domain/feedback.ts'
import type { MessageRecord } from '../../domain/ledger.ts'
import type { RatingMilli } from '../../rating.ts'
import type { CallOptions } from '../call-options.ts'

/** How a signal moved experience: the cells that its message counts in, in every scope, and the topic's version. */
export interface ExperienceMove {
  /** The epoch that the message counts in. */
  readonly epoch: number
  /** What was added to each of the cells. */
  readonly change: ExperienceSums
  /** The version of topic `experience:{tenantId}/{agentId}` that came of it. */
  readonly version: number
}

/** What appending a signal did. */
export type FeedbackOutcome =
  | {
      readonly kind: 'recorded'
      /** The message as it is now. */
      readonly message: MessageRecord
      /** Whether the rating that counts changed. */
      readonly ratingChanged: boolean
      /** The reasons of the rating that counts now; empty without any. */
      readonly reasons: readonly FeedbackReason[]
      /** Whether experience changed; a hint changes it without changing the rating. */
      readonly experienceChanged: boolean
      /** By which a copy of the experience is kept up without reading it anew. Absent when the version was not raised. */
      readonly moved?: ExperienceMove | undefined
      /** What the alarm found that this rating raised. */
      readonly shift?: ModelShift | undefined
    }
  /** An event with this id was there already; nothing was written. */
  | {
      readonly kind: 'duplicate'
      readonly message: MessageRecord
      /** The reasons of the rating that counts; empty without any. */
      readonly reasons: readonly FeedbackReason[]
    }
  /** No such message, or not this user's. */
  | { readonly kind: 'not-found' }
  /** The message is from before the tenant's last checkpoint: what counts of it is settled. */
  | { readonly kind: 'closed' }

/** One rating of one model that an alarm could follow from. */
export interface WatchedRating {
  readonly message: MessageRecord
  readonly ratingMilli: RatingMilli
}

/**
 * Judges ratings for alarms. Called inside the transaction, so it must not wait and must have no
 * effects: it may be called again. `undefined` where too little is known to judge the rating.
 */
export type DriftWatch = (rated: WatchedRating) => ((state: DriftState) => DriftStep) | undefined

export interface RecordFeedbackOptions extends CallOptions {
  /** The share of a cell that one user may have, in thousandths, 1 to 1000. Default: 50. */
  readonly maxUserShareMilli?: number | undefined
  /** Default: no alarm is ever raised. */
  readonly watch?: DriftWatch | undefined
  /** Names of the sinks that the signal is to be delivered to. Default: none, and nothing is written for any. */
  readonly sinks?: readonly string[] | undefined
}

/** As many differences a rebuild names. */
export const MAX_NAMED_DIFFERENCES = 1000

export interface ExperienceQuery extends AgentKey {
  /** Default: the agent's own alone. */
  readonly scopes?: readonly ExperienceScope[] | undefined
}

/** Which alarms to read. */
export interface DriftAlarmQuery {
  readonly tenantId: string
  /** Default: every agent of the tenant. */
  readonly agentIds?: readonly string[] | undefined
  /** As the alarm has it, also when the model was renamed since. Default: every model. */
  readonly modelId?: string | undefined
  /** Raised at this time or later, epoch milliseconds. Default: from the first. */
  readonly fromMs?: number | undefined
  /** Raised before this time. Default: to the last. */
  readonly toMs?: number | undefined
  /** 1 to 1,000. Default: 100. */
  readonly limit?: number | undefined
}

/** What the events and checkpoints of a tenant were found to say. */
export interface ExperienceRebuild {
  /** Events that were read. */
  readonly events: number
  /** Cells that they make, in the scopes of the tenant and its agents. */
  readonly cells: number
  /** What was stored otherwise, at most 1,000 of them. */
  readonly differences: readonly ExperienceMismatch[]
  /** How many there are in all. */
  readonly differenceCount: number
}

/** Signals and the experience made of them. Every method reads and writes the given tenant only. */
export interface FeedbackRepository {
  /**
   * In one transaction: appends the event with its epoch and weight, puts the rating that counts
   * ({@link ../../domain/feedback.ts effectiveFeedback}) on the message or takes it off, and moves the
   * experience of the message's model and credited task type, in the agent's, the tenant's and the
   * global scope ({@link ../../domain/recorded-feedback.ts recordedFeedback}). A message counts once,
   * whatever the number of its events; its month is that of the message, its epoch that of its first
   * event.
   *
   * What the user's ratings in the agent's cell weigh together is decided here
   * ({@link ../../domain/experience-share.ts userWeightMilli}), stored with the event, and stays until
   * a rating of the user's in that cell changes. Signals of one user in one cell are taken one after
   * another.
   *
   * With `watch`, a rating that is to be watched ({@link ../../domain/feedback.ts isWatchedFeedback})
   * moves the drift state of (agent, model) on, under a lock; an alarm opens the next epoch.
   *
   * With `sinks`, an entry for each is appended to the outbox ({@link OutboxRepository}).
   *
   * Idempotent by event id. Raises the version of topic `experience:{tenantId}/{agentId}` when the
   * experience changed. Concurrent signals on one message are taken one after another.
   */
  record(event: FeedbackEvent, options?: RecordFeedbackOptions): Promise<FeedbackOutcome>
  /** The events of a message in `seq` order. */
  listEvents(
    key: { readonly tenantId: string; readonly messageId: string },
    options?: CallOptions,
  ): Promise<readonly StoredFeedbackEvent[]>
  /** The cells that bear on one agent, of the scopes asked for, all from one moment. */
  listExperience(
    query: ExperienceQuery,
    options?: CallOptions,
  ): Promise<readonly StoredExperienceCell[]>
  /** What alarms found about the models of one agent, by model and epoch. */
  listShifts(agent: AgentKey, options?: CallOptions): Promise<readonly ModelShift[]>
  /** Alarms of a tenant, the last raised first; of those of one moment by agent, model and epoch. */
  listAlarms(query: DriftAlarmQuery, options?: CallOptions): Promise<readonly DriftAlarm[]>
  /**
   * Adds up the tenant's checkpoint and all events after it, and says where the stored experience is
   * otherwise. Unless `isDryRun`, puts it right in the same transaction: cells of the tenant and its
   * agents, what each user weighs in them, and in the global scope what the tenant's part was off by.
   * Signals of the tenant wait meanwhile. Raises the versions of the agents that changed.
   */
  rebuildExperience(
    request: { readonly tenantId: string; readonly isDryRun?: boolean | undefined },
    options?: CallOptions,
  ): Promise<ExperienceRebuild>
  /**
   * Settles what the tenant's messages made before a time add to experience, so that their events can
   * be dropped: a rebuild starts from here, and signals on those messages are refused from now on.
   * Moves forward only; a time before the last checkpoint does nothing.
   */
  checkpointExperience(
    request: { readonly tenantId: string; readonly beforeMs: number },
    options?: CallOptions,
  ): Promise<void>
}
