import type { Attempt, PriceSet, TokenUsage } from '@imrs/core'

import type { AttemptRow } from '../schema/database.ts'
import {
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

export function toAttemptRow(attempt: Attempt): AttemptRow {
  return {
    id: attempt.id,
    message_id: attempt.messageId,
    decision_id: attempt.decisionId,
    tenant_id: attempt.tenantId,
    agent_id: attempt.agentId,
    user_id: toNullable(attempt.userId),
    position: attempt.position,
    provider_id: attempt.providerId,
    model_id: attempt.modelId,
    outcome: attempt.outcome,
    failure_kind: toNullable(attempt.failureKind),
    started_at: toTime(attempt.startedAtMs),
    first_part_ms: toNullable(attempt.firstPartMs),
    total_ms: attempt.totalMs,
    input_tokens: toNullable(attempt.usage?.inputTokens),
    output_tokens: toNullable(attempt.usage?.outputTokens),
    cached_input_tokens: toNullable(attempt.usage?.cachedInputTokens),
    cache_write_tokens: toNullable(attempt.usage?.cacheWriteTokens),
    reasoning_tokens: toNullable(attempt.usage?.reasoningTokens),
    cost_nano_usd: toNullable(attempt.costNanoUsd),
    reported_cost_nano_usd: toNullable(attempt.reportedCostNanoUsd),
    price_source: toNullable(attempt.priceSource),
    cause: attempt.cause,
    headers_ms: toNullable(attempt.headersMs),
    usage_source: toNullable(attempt.usageSource),
    price: attempt.price === undefined ? null : toJson(attempt.price),
    price_as_of: toOptionalTime(attempt.priceAsOfMs),
  }
}

export function fromAttemptRow(row: AttemptRow): Attempt {
  return present<Attempt>({
    id: row.id,
    messageId: row.message_id,
    decisionId: row.decision_id,
    tenantId: row.tenant_id,
    agentId: row.agent_id,
    userId: fromNullable(row.user_id),
    position: row.position,
    providerId: row.provider_id,
    modelId: row.model_id,
    outcome: row.outcome,
    failureKind: fromNullable(row.failure_kind),
    startedAtMs: fromTime(row.started_at),
    firstPartMs: fromNullable(row.first_part_ms),
    totalMs: row.total_ms,
    usage: usageOf(row),
    costNanoUsd: fromNullable(row.cost_nano_usd),
    reportedCostNanoUsd: fromNullable(row.reported_cost_nano_usd),
    priceSource: fromNullable(row.price_source),
    cause: row.cause,
    headersMs: fromNullable(row.headers_ms),
    usageSource: fromNullable(row.usage_source),
    price: row.price === null ? undefined : fromJsonObject<PriceSet>(row.price),
    priceAsOfMs: fromOptionalTime(row.price_as_of),
  })
}

function usageOf(row: AttemptRow): TokenUsage | undefined {
  if (row.input_tokens === null || row.output_tokens === null) return undefined
  return present<TokenUsage>({
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    cachedInputTokens: fromNullable(row.cached_input_tokens),
    cacheWriteTokens: fromNullable(row.cache_write_tokens),
    reasoningTokens: fromNullable(row.reasoning_tokens),
  })
}
