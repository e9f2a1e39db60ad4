import { effectiveFeedback, experienceTopic, fromRatingMilli } from '@imrs/core'
import type {
  FeedbackEvent,
  FeedbackOutcome,
  FeedbackRepository,
  MessageRecord,
  StoredFeedbackEvent,
} from '@imrs/core'

import { toTime } from '../rows/columns.ts'
import { fromExperienceRow, fromFeedbackRow, toFeedbackRow } from '../rows/feedback-row.ts'
import { fromMessageRow } from '../rows/message-row.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { moveExperience } from './move-experience.ts'

export function feedbackRepository(session: StoreSession): FeedbackRepository {
  return {
    record: (event, options) => session.write((work) => record(work, event), options),
    listEvents: (key, options) => session.read((work) => eventsOf(work, key), options),
    listExperience: ({ tenantId, agentId }, options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('model_experience')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .where('scope', '=', 'agent')
          .where('agent_id', '=', agentId)
          .orderBy('task_type')
          .orderBy('model_id')
          .orderBy('month')
          .orderBy('epoch')
          .execute()
        return rows.map(fromExperienceRow)
      }, options),
  }
}

async function record(work: StoreWork, event: FeedbackEvent): Promise<FeedbackOutcome> {
  const message = await lockMessage(work, event)
  if (message === undefined || message.userId !== event.userId) return { kind: 'not-found' }
  const before = await eventsOf(work, event)
  if (before.some((stored) => stored.id === event.id)) return { kind: 'duplicate', message }

  const { seq } = await work.database
    .insertInto('feedback_events')
    .values(toFeedbackRow(event))
    .returning('seq')
    .executeTakeFirstOrThrow()
  const appended = { ...event, seq }
  const oldRating = effectiveFeedback(before)?.ratingMilli
  const effective = effectiveFeedback([...before, appended]) ?? appended
  const ratingChanged = oldRating !== effective.ratingMilli
  await putRating(work, effective)
  if (ratingChanged) {
    await moveExperience(work, message, { from: oldRating, to: effective.ratingMilli })
    await raiseVersions(work.database, [experienceTopic(message)])
  }
  const { ratingMilli, feedbackType, atMs: feedbackAtMs } = effective
  const rated: MessageRecord = { ...message, ratingMilli, feedbackType, feedbackAtMs }
  return { kind: 'recorded', message: rated, ratingChanged }
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

async function eventsOf(
  { database }: StoreWork,
  { tenantId, messageId }: { readonly tenantId: string; readonly messageId: string },
): Promise<readonly StoredFeedbackEvent[]> {
  const rows = await database
    .selectFrom('feedback_events')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('message_id', '=', messageId)
    .orderBy('seq')
    .execute()
  return rows.map(fromFeedbackRow)
}

async function putRating({ database }: StoreWork, effective: StoredFeedbackEvent): Promise<void> {
  await database
    .updateTable('messages')
    .set({
      rating: fromRatingMilli(effective.ratingMilli),
      feedback_type: effective.feedbackType,
      feedback_at: toTime(effective.atMs),
    })
    .where('tenant_id', '=', effective.tenantId)
    .where('id', '=', effective.messageId)
    .execute()
}
