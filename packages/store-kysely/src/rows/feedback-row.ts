import type {
  ExperienceCellKey,
  ExperienceSums,
  FeedbackReason,
  StoredExperienceCell,
  StoredFeedbackEvent,
  UserExperience,
} from '@imrs/core'
import type { Insertable, Selectable } from 'kysely'

import type { ExperienceRow, ExperienceUserRow, FeedbackEventRow } from '../schema/database.ts'
import {
  fromJsonArray,
  fromNullable,
  fromTime,
  present,
  toJson,
  toNullable,
  toTime,
} from './columns.ts'

export function toFeedbackRow(
  event: Omit<StoredFeedbackEvent, 'seq'>,
): Insertable<FeedbackEventRow> {
  return {
    id: event.id,
    tenant_id: event.tenantId,
    message_id: event.messageId,
    user_id: event.userId,
    feedback_type: event.feedbackType,
    rating_milli: event.ratingMilli,
    signal: toNullable(event.signal),
    given_at: toTime(event.atMs),
    epoch: event.epoch,
    weight_milli: event.weightMilli,
    reasons: event.reasons === undefined ? null : toJson(event.reasons),
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
    reasons: row.reasons === null ? undefined : fromJsonArray<FeedbackReason>(row.reasons),
    atMs: fromTime(row.given_at),
    epoch: row.epoch,
    weightMilli: row.weight_milli,
  })
}

export function fromExperienceRow(row: ExperienceRow): StoredExperienceCell {
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
    weightMilli: row.weight_milli,
    weightedSum: row.weighted_sum,
    weightedSumOfSquares: row.weighted_sum_of_squares,
  }
}

export function toExperienceUserRow({ cell, userId, tally }: UserExperience): ExperienceUserRow {
  return {
    tenant_id: cell.tenantId,
    agent_id: cell.agentId,
    task_type: cell.taskType,
    model_id: cell.modelId,
    month: cell.month,
    epoch: cell.epoch,
    user_id: userId,
    rating_count: tally.count,
    rating_sum: tally.sum,
    rating_sum_of_squares: tally.sumOfSquares,
    weight_milli: tally.weightMilli,
  }
}

export function fromExperienceUserRow(row: ExperienceUserRow): UserExperience {
  return {
    cell: {
      scope: 'agent',
      tenantId: row.tenant_id,
      agentId: row.agent_id,
      taskType: row.task_type,
      modelId: row.model_id,
      month: row.month,
      epoch: row.epoch,
    },
    userId: row.user_id,
    tally: {
      count: row.rating_count,
      sum: row.rating_sum,
      sumOfSquares: row.rating_sum_of_squares,
      weightMilli: row.weight_milli,
    },
  }
}

export function toExperienceRow(cell: ExperienceCellKey, sums: ExperienceSums): ExperienceRow {
  return {
    tenant_id: cell.tenantId,
    scope: cell.scope,
    agent_id: cell.agentId,
    task_type: cell.taskType,
    model_id: cell.modelId,
    month: cell.month,
    epoch: cell.epoch,
    rating_count: sums.count,
    rating_sum: sums.sum,
    rating_sum_of_squares: sums.sumOfSquares,
    weight_milli: sums.weightMilli,
    weighted_sum: sums.weightedSum,
    weighted_sum_of_squares: sums.weightedSumOfSquares,
  }
}
