import { experienceTopic, fromRatingMilli, recordedFeedback, toLearningRecord } from '@imrs/core'
import type {
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
import { cellSums, lockTally, putTally } from './experience-users.ts'
import { eventsOf, experienceLock } from './feedback-events.ts'
import { moveExperience } from './move-experience.ts'
import { appendToOutbox } from './outbox-writes.ts'
import { watchRating } from './watch-rating.ts'

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

interface FoundFeedback {
  readonly message: MessageRecord
  readonly before: readonly StoredFeedbackEvent[]
  readonly event: FeedbackEvent
  readonly epoch: number
  readonly options: RecordFeedbackOptions
}

async function append(
  work: StoreWork,
  { message, before, event, epoch, options }: FoundFeedback,
): Promise<FeedbackOutcome> {
  const counted = { answer: message, epoch }
  const tallied = await lockTally(work, counted)
  const recorded = recordedFeedback({
    message,
    before,
    event,
    tally: tallied,
    cell: await cellSums(work, counted),
    maxUserShareMilli: options.maxUserShareMilli,
  })
  const { tally, ratingChanged, experienceChanged } = recorded
  await insert(work, { ...event, epoch, weightMilli: tally.weightMilli })
  if (tally !== tallied) await putTally(work, counted, tally)
  if (experienceChanged) await moveExperience(work, counted, recorded.change)
  const shift = recorded.isWatched
    ? await watchRating(work, { message, event, watch: options.watch })
    : undefined
  if (experienceChanged || shift !== undefined) {
    await raiseVersions(work.database, [experienceTopic(message)])
  }
  await putRating(work, message, recorded.message)
  await appendToOutbox(work, { sinks: options.sinks, record: toLearningRecord(recorded, event) })
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
): Promise<void> {
  await database.insertInto('feedback_events').values(toFeedbackRow(event)).execute()
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
