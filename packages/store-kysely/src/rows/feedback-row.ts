import type { ExperienceCell, FeedbackEvent, StoredFeedbackEvent } from '@imrs/core'
import type { Insertable, Selectable } from 'kysely'

import type { ExperienceRow, FeedbackEventRow } from '../schema/database.ts'
import { fromNullable, fromTime, present, toNullable, toTime } from './columns.ts'

/** One rating weighs this much. */
const FULL_WEIGHT_MILLI = 1000

export function toFeedbackRow(event: FeedbackEvent): Insertable<FeedbackEventRow> {
  return {
    id: event.id,
    tenant_id: event.tenantId,
    message_id: event.messageId,
    user_id: event.userId,
    feedback_type: event.feedbackType,
    rating_milli: event.ratingMilli,
    signal: toNullable(event.signal),
    given_at: toTime(event.atMs),
    epoch: 0,
    weight_milli: FULL_WEIGHT_MILLI,
  }
}

export function fromFeedbackRow(row: Selectable<FeedbackEventRow>): StoredFeedbackEvent {
  return present<StoredFeedbackEvent>({
    seq: row.seq,
    id: row.id,
    tenantId: row.tenant_id,
    messageId: row.message_id,
    userId: row.user_id,
    feedbackType: row.feedback_type,
    ratingMilli: row.rating_milli,
    signal: fromNullable(row.signal),
    atMs: fromTime(row.given_at),
  })
}

export function fromExperienceRow(row: ExperienceRow): ExperienceCell {
  return {
    scope: row.scope,
    tenantId: row.tenant_id,
    agentId: row.agent_id,
    taskType: row.task_type,
    modelId: row.model_id,
    month: row.month,
    epoch: row.epoch,
    count: row.rating_count,
    sum: row.rating_sum,
    sumOfSquares: row.rating_sum_of_squares,
  }
}
