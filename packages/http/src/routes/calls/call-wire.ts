import { fromNanoUsd } from '@imrs/core'
import type { Attempt, CallPage } from '@imrs/core'
import { z } from 'zod'

import { isoOf, isoSchema } from '../../wire/values.ts'
import { toCallCursor } from './call-cursor.ts'

/** One call to a model, with whose it was, as it travels. */
export interface ListedCallWire {
  readonly id: string
  readonly message_id: string
  readonly decision_id: string
  readonly agent_id: string
  readonly user_id: string | null
  /** 1 for the first call made for a message. */
  readonly position: number
  /** Why it was made: `first`, `retry`, `failover`, `hedge`. */
  readonly cause: string
  readonly provider_id: string
  readonly model: string
  /** `completed`, `failed` or `aborted`. */
  readonly outcome: string
  readonly failure_kind: string | null
  readonly started_at: string
  readonly first_part_ms: number | null
  readonly total_ms: number
  readonly input_tokens: number | null
  readonly output_tokens: number | null
  /** Whether the provider said so, or it is an estimate. */
  readonly usage_source: string | null
  /** US dollars; `null` is unknown. */
  readonly cost_usd: number | null
}

/** One page of the calls of a period. */
export interface CallPageWire {
  readonly items: readonly ListedCallWire[]
  /** `null` on the last page. */
  readonly next_cursor: string | null
}

export const callPageWireSchema: z.ZodType<CallPageWire> = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      message_id: z.string(),
      decision_id: z.string(),
      agent_id: z.string(),
      user_id: z.string().nullable(),
      position: z.int(),
      cause: z.string(),
      provider_id: z.string(),
      model: z.string(),
      outcome: z.string(),
      failure_kind: z.string().nullable(),
      started_at: isoSchema,
      first_part_ms: z.number().nullable(),
      total_ms: z.number(),
      input_tokens: z.int().nullable(),
      output_tokens: z.int().nullable(),
      usage_source: z.string().nullable(),
      cost_usd: z.number().nullable(),
    }),
  ),
  next_cursor: z.string().nullable(),
})

export function toCallPageWire({ items, next }: CallPage): CallPageWire {
  return {
    items: items.map(toCallWire),
    next_cursor: next === undefined ? null : toCallCursor(next),
  }
}

function toCallWire(call: Attempt): ListedCallWire {
  const { usage, costNanoUsd } = call
  return {
    id: call.id,
    message_id: call.messageId,
    decision_id: call.decisionId,
    agent_id: call.agentId,
    user_id: call.userId ?? null,
    position: call.position,
    cause: call.cause,
    provider_id: call.providerId,
    model: call.modelId,
    outcome: call.outcome,
    failure_kind: call.failureKind ?? null,
    started_at: isoOf(call.startedAtMs),
    first_part_ms: call.firstPartMs ?? null,
    total_ms: call.totalMs,
    input_tokens: usage?.inputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    usage_source: call.usageSource ?? null,
    cost_usd: costNanoUsd === undefined ? null : fromNanoUsd(costNanoUsd),
  }
}
