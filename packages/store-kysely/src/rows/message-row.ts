import { fromRatingMilli, toRatingMilli } from '@imrs/core'
import type { MessageRecord } from '@imrs/core'

import type { MessageRow } from '../schema/database.ts'
import {
  fromJsonArray,
  fromJsonObject,
  fromNullable,
  fromOptionalTime,
  fromTime,
  present,
  toJson,
  toNullable,
  toOptionalTime,
  toTime,
} from './columns.ts'

export function toMessageRow(message: MessageRecord): MessageRow {
  return {
    id: message.id,
    tenant_id: message.tenantId,
    agent_id: message.agentId,
    user_id: toNullable(message.userId),
    conversation_id: toNullable(message.conversationId),
    role: message.role,
    content: toNullable(message.content),
    model: message.model,
    latency_ms: toNullable(message.latencyMs),
    token_count: toNullable(message.tokenCount),
    metadata: toJson(message.metadata),
    created_at: toTime(message.createdAtMs),
    rating: message.ratingMilli === undefined ? null : fromRatingMilli(message.ratingMilli),
    task_type: message.taskType,
    credited_task_type: message.creditedTaskType,
    tools_used: toJson(message.toolsUsed),
    feedback_type: toNullable(message.feedbackType),
    feedback_at: toOptionalTime(message.feedbackAtMs),
  }
}

export function fromMessageRow(row: MessageRow): MessageRecord {
  return present<MessageRecord>({
    id: row.id,
    tenantId: row.tenant_id,
    agentId: row.agent_id,
    userId: fromNullable(row.user_id),
    conversationId: fromNullable(row.conversation_id),
    role: row.role,
    content: fromNullable(row.content),
    model: row.model,
    latencyMs: fromNullable(row.latency_ms),
    tokenCount: fromNullable(row.token_count),
    metadata: fromJsonObject(row.metadata),
    createdAtMs: fromTime(row.created_at),
    taskType: row.task_type,
    creditedTaskType: row.credited_task_type,
    toolsUsed: fromJsonArray<string>(row.tools_used),
    ratingMilli: row.rating === null ? undefined : toRatingMilli(row.rating),
    feedbackType: fromNullable(row.feedback_type),
    feedbackAtMs: fromOptionalTime(row.feedback_at),
  })
}
