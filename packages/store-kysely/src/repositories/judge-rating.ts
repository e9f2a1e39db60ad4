import {
  NO_DRIFT,
  effectiveFeedback,
  experienceCellOf,
  experienceCellsOf,
  experienceTopic,
  fromRatingMilli,
  recordedFeedback,
  toLearningRecord,
} from '@imrs/core'
import type {
  DriftState,
  ExperienceMove,
  ExperienceSums,
  FeedbackEvent,
  FeedbackOutcome,
  MessageRecord,
  RecordFeedbackOptions,
  RecordedFeedback,
  StoredFeedbackEvent,
  UserTally,
} from '@imrs/core'
import type { Insertable } from 'kysely'

import { toNullable, toOptionalTime, toTime } from '../rows/columns.ts'
import { toExperienceRow, toExperienceUserRow, toFeedbackRow } from '../rows/feedback-row.ts'
import { toOutboxRow } from '../rows/outbox-row.ts'
import type {
  ExperienceRow,
  ExperienceUserRow,
  FeedbackEventRow,
  MessageRow,
  ModelDriftRow,
  ModelShiftRow,
  OutboxRow,
} from '../schema/database.ts'

/** A signal, and how it is to be taken. */
export interface GivenRating {
  readonly event: FeedbackEvent
  readonly options: RecordFeedbackOptions
}

/** The alarm of a model. */
export interface StandingDrift {
  readonly epoch: number
  readonly state: DriftState
}

/** What is there when a signal comes. */
export interface RatingStanding {
  readonly message: MessageRecord
  /** The events of the message, in `seq` order. */
  readonly before: readonly StoredFeedbackEvent[]
  /** Messages with smaller ids are closed; empty where none is. */
  readonly closedBefore: string
  /** The epoch that the answer counts in: that of its first event, and before one came, that of its model. */
  readonly epoch: number
  /** `undefined` while nothing ever moved it. */
  readonly drift: StandingDrift | undefined
  /** What the user's ratings in the agent's cell come to. */
  readonly tally: UserTally
  readonly cell: Pick<ExperienceSums, 'count' | 'weightMilli'>
}

/** What a signal writes, and what it goes by: it must still be so when it is written. */
export interface RatingWrites {
  readonly standing: RatingStanding
  readonly event: Insertable<FeedbackEventRow>
  /** The user's row as it was. */
  readonly tallied: ExperienceUserRow
  /** `undefined`: as it was. */
  readonly tally: ExperienceUserRow | undefined
  /** What is added, from the narrowest scope to the widest, so that all writers lock cells in the same order. */
  readonly cells: readonly ExperienceRow[]
  /** Where the alarm goes on from; `undefined`: it is not moved. */
  readonly drift: { readonly before: ModelDriftRow; readonly after: ModelDriftRow } | undefined
  readonly shift: ModelShiftRow | undefined
  /** `undefined`: as it was. */
  readonly rating: Pick<MessageRow, 'rating' | 'feedback_type' | 'feedback_at'> | undefined
  readonly outbox: readonly Insertable<OutboxRow>[]
  /** Whose version is raised; `undefined`: none. */
  readonly topic: string | undefined
  /** What is told, given the version that was raised. */
  readonly outcome: (version: number) => FeedbackOutcome
}

/** Whether there is anything to write; else what is told. */
export function refusalOf(
  { event }: GivenRating,
  standing: Pick<RatingStanding, 'message' | 'before' | 'closedBefore'> | undefined,
): FeedbackOutcome | undefined {
  if (standing === undefined || standing.message.userId !== event.userId) {
    return { kind: 'not-found' }
  }
  const { message, before, closedBefore } = standing
  if (before.some((stored) => stored.id === event.id)) {
    return { kind: 'duplicate', message, reasons: effectiveFeedback(before)?.reasons ?? [] }
  }
  return message.id < closedBefore ? { kind: 'closed' } : undefined
}

/** What a signal that is not refused writes. Pure. */
export function judgeRating(given: GivenRating, standing: RatingStanding): RatingWrites {
  const { event, options } = given
  const { message, before, epoch, tally: tallied, cell } = standing
  const { maxUserShareMilli } = options
  const recorded = recordedFeedback({
    message,
    before,
    event,
    tally: tallied,
    cell,
    maxUserShareMilli,
  })
  const { tally, change, experienceChanged } = recorded
  const user = { cell: experienceCellOf(message, { scope: 'agent', epoch }), userId: event.userId }
  const drift = driftWrites(given, standing, recorded)
  const isMoved = experienceChanged || drift.shift !== undefined
  const record = toLearningRecord(recorded, event)
  return {
    standing,
    event: toFeedbackRow({ ...event, epoch, weightMilli: tally.weightMilli }),
    tallied: toExperienceUserRow({ ...user, tally: tallied }),
    tally: tally === tallied ? undefined : toExperienceUserRow({ ...user, tally }),
    cells: experienceChanged
      ? experienceCellsOf(message, epoch).map((each) => toExperienceRow(each, change))
      : [],
    ...drift,
    rating: ratingOf(message, recorded.message),
    outbox: (options.sinks ?? []).map((sink) => toOutboxRow(sink, record)),
    topic: isMoved ? experienceTopic(message) : undefined,
    outcome: (version) => outcomeOf(recorded, { drift, moved: { epoch, change, version } }),
  }
}

type DriftWrites = Pick<RatingWrites, 'drift' | 'shift'>

/** Moves the alarm of the message's model on; an alarm opens the next epoch. */
function driftWrites(
  { event, options }: GivenRating,
  { message, drift: standing }: RatingStanding,
  { isWatched }: RecordedFeedback,
): DriftWrites {
  const advance = isWatched
    ? options.watch?.({ message, ratingMilli: event.ratingMilli })
    : undefined
  if (advance === undefined) return { drift: undefined, shift: undefined }
  const { epoch, state } = standing ?? { epoch: 0, state: NO_DRIFT }
  const key = { tenant_id: message.tenantId, agent_id: message.agentId, model_id: message.model }
  const step = advance(state)
  const next = step.shift === undefined ? epoch : epoch + 1
  return {
    drift: {
      before: { ...key, ...driftColumns({ epoch, state }) },
      after: { ...key, ...driftColumns({ epoch: next, state: step.state }) },
    },
    shift:
      step.shift === undefined
        ? undefined
        : {
            ...key,
            epoch: next,
            shift_milli: Math.round(step.shift * 1000),
            message_id: message.id,
            at: toTime(event.atMs),
          },
  }
}

function driftColumns({ epoch, state }: StandingDrift) {
  return {
    epoch,
    drift_sum: state.sum,
    residual_sum: state.residual,
    rating_count: state.ratings,
  }
}

function ratingOf(before: MessageRecord, message: MessageRecord): RatingWrites['rating'] {
  const { ratingMilli, feedbackType, feedbackAtMs } = message
  const isSame =
    before.ratingMilli === ratingMilli &&
    before.feedbackType === feedbackType &&
    before.feedbackAtMs === feedbackAtMs
  if (isSame) return undefined
  return {
    rating: ratingMilli === undefined ? null : fromRatingMilli(ratingMilli),
    feedback_type: toNullable(feedbackType),
    feedback_at: toOptionalTime(feedbackAtMs),
  }
}

function outcomeOf(
  { message, ratingChanged, reasons, experienceChanged }: RecordedFeedback,
  { drift: { shift }, moved }: { readonly drift: DriftWrites; readonly moved: ExperienceMove },
): FeedbackOutcome {
  return {
    kind: 'recorded',
    message,
    ratingChanged,
    reasons,
    experienceChanged,
    ...(experienceChanged || shift !== undefined ? { moved } : {}),
    ...(shift === undefined
      ? {}
      : {
          shift: {
            modelId: shift.model_id,
            epoch: shift.epoch,
            shiftMilli: shift.shift_milli,
          },
        }),
  }
}
