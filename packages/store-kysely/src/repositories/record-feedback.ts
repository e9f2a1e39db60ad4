import { experienceTopic, fromRatingMilli, isNoExperience, recordedFeedback } from '@imrs/core'
import type {
  ExperienceSums,
  FeedbackEvent,
  FeedbackOutcome,
  MessageRecord,
  RecordFeedbackOptions,
  StoredFeedbackEvent,
} from '@imrs/core'

import { toNullable, toOptionalTime } from '../rows/columns.ts'
import { toFeedbackRow } from '../rows/feedback-row.ts'
import { fromMessageRow } from '../rows/message-row.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreWork } from '../session/store-session.ts'
import { eventsOf, experienceLock } from './feedback-events.ts'
import { moveExperience } from './move-experience.ts'
import { watchRating } from './watch-rating.ts'
import { addUserWeight, weighFeedback } from './weigh-feedback.ts'
import type { CountedAnswer, Weighing } from './weigh-feedback.ts'

/** Takes one signal; to be run in a write transaction. Locks message, user, cells, alarm and versions in this order. */
export async function recordFeedback(
  work: StoreWork,
  event: FeedbackEvent,
  options: RecordFeedbackOptions,
): Promise<FeedbackOutcome> {
  await work.traits.lockShared?.(work.database, experienceLock(event.tenantId))
  const message = await lockMessage(work, event)
  if (message === undefined || message.userId !== event.userId) return { kind: 'not-found' }
  const before = await eventsOf(work, event)
  if (before.some((stored) => stored.id === event.id)) return { kind: 'duplicate', message }
  const standing = await standingOf(work, message)
  if (message.id < (standing.closedBefore ?? '')) return { kind: 'closed' }
  const epoch = before[0]?.epoch ?? standing.epoch ?? 0
  return append(work, { message, before, event, epoch, options })
}

async function append(
  work: StoreWork,
  { message, before, event, epoch, options }: Weighing,
): Promise<FeedbackOutcome> {
  const weightMilli = await weighFeedback(work, { message, before, event, epoch, options })
  const stored = await insert(work, { ...event, epoch, weightMilli })
  const recorded = recordedFeedback(message, { before, stored })
  const { experienceChanged, ratingChanged } = recorded
  await move(work, { answer: message, epoch }, recorded.change)
  const shift = await watchRating(work, { message, before, stored, options })
  if (experienceChanged || shift !== undefined) {
    await raiseVersions(work.database, [experienceTopic(message)])
  }
  await putRating(work, message, recorded.message)
  return {
    kind: 'recorded',
    message: recorded.message,
    ratingChanged,
    experienceChanged,
    ...(shift === undefined ? {} : { shift }),
  }
}

/** The message, held until the transaction ends: signals on one message come one after another. */
async function lockMessage(
  { database, traits }: StoreWork,
  { tenantId, messageId }: FeedbackEvent,
): Promise<MessageRecord | undefined> {
  const query = database
    .selectFrom('messages')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', messageId)
    .where('role', '=', 'assistant')
  const row = await (traits.supportsRowLocks ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? undefined : fromMessageRow(row)
}

interface Standing {
  /** The model's epoch; `null` while no alarm ever watched it. */
  readonly epoch: number | null
  /** Ids below it are closed; `null` where nothing is. */
  readonly closedBefore: string | null
}

async function standingOf(
  { database }: StoreWork,
  { tenantId, agentId, model }: MessageRecord,
): Promise<Standing> {
  return database
    .selectNoFrom((select) => [
      select
        .selectFrom('model_drift')
        .select('epoch')
        .where('tenant_id', '=', tenantId)
        .where('agent_id', '=', agentId)
        .where('model_id', '=', model)
        .as('epoch'),
      select
        .selectFrom('experience_bounds')
        .select('before_id')
        .where('tenant_id', '=', tenantId)
        .as('closedBefore'),
    ])
    .executeTakeFirstOrThrow()
}

async function insert(
  { database }: StoreWork,
  event: Omit<StoredFeedbackEvent, 'seq'>,
): Promise<StoredFeedbackEvent> {
  const { seq } = await database
    .insertInto('feedback_events')
    .values(toFeedbackRow(event))
    .returning('seq')
    .executeTakeFirstOrThrow()
  return { ...event, seq }
}

async function move(
  work: StoreWork,
  counted: CountedAnswer,
  change: ExperienceSums,
): Promise<void> {
  if (isNoExperience(change)) return
  await addUserWeight(work, counted, change.weightMilli)
  await moveExperience(work, counted, change)
}

async function putRating(
  { database }: StoreWork,
  before: MessageRecord,
  { tenantId, id, ratingMilli, feedbackType, feedbackAtMs }: MessageRecord,
): Promise<void> {
  const isSame =
    before.ratingMilli === ratingMilli &&
    before.feedbackType === feedbackType &&
    before.feedbackAtMs === feedbackAtMs
  if (isSame) return
  await database
    .updateTable('messages')
    .set({
      rating: ratingMilli === undefined ? null : fromRatingMilli(ratingMilli),
      feedback_type: toNullable(feedbackType),
      feedback_at: toOptionalTime(feedbackAtMs),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
