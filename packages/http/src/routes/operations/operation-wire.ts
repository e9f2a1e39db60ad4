import type { SetAsideEntry } from '@imrs/core'
import type { BreakerReport, SinkStatus } from '@imrs/router'
import { z } from 'zod'

import { isoOf, isoOrNull, isoSchema } from '../../wire/values.ts'

/** A model that is left alone after failures. */
export interface BreakerWire {
  readonly provider_id: string
  readonly model_id: string
  readonly state: 'open' | 'half-open'
  /** `null` while it is tried. */
  readonly open_until: string | null
  readonly failure_kind: string
}

export const breakerWireSchema: z.ZodType<BreakerWire> = z.object({
  provider_id: z.string(),
  model_id: z.string(),
  state: z.enum(['open', 'half-open']),
  open_until: isoSchema.nullable(),
  failure_kind: z.string(),
})

/** None for a breaker that is closed. */
export function toBreakerWire({
  providerId,
  modelId,
  state,
}: BreakerReport): readonly BreakerWire[] {
  if (state.kind === 'closed') return []
  return [
    {
      provider_id: providerId,
      model_id: modelId,
      state: state.kind,
      open_until: state.kind === 'open' ? isoOf(state.untilMs) : null,
      failure_kind: state.failureKind,
    },
  ]
}

/** What waits for one learning system. */
export interface SinkWire {
  readonly name: string
  readonly is_configured: boolean
  readonly pending: number
  readonly oldest_age_ms: number | null
  readonly set_aside: number
  readonly is_down: boolean
  readonly failure: string | null
  readonly retry_at: string | null
}

export const sinkWireSchema: z.ZodType<SinkWire> = z.object({
  name: z.string(),
  is_configured: z.boolean(),
  pending: z.int(),
  oldest_age_ms: z.number().nullable(),
  set_aside: z.int(),
  is_down: z.boolean(),
  failure: z.string().nullable(),
  retry_at: isoSchema.nullable(),
})

export function toSinkWire(sink: SinkStatus): SinkWire {
  return {
    name: sink.name,
    is_configured: sink.isConfigured,
    pending: sink.pending,
    oldest_age_ms: sink.oldestAgeMs ?? null,
    set_aside: sink.setAside,
    is_down: sink.isDown,
    failure: sink.failure ?? null,
    retry_at: isoOrNull(sink.retryAtMs),
  }
}

/** A record that a sink refused for good. */
export interface SetAsideWire {
  readonly seq: number
  readonly tenant_id: string
  readonly message_id: string
  readonly reason: string
  readonly set_aside_at: string | null
}

export const setAsideWireSchema: z.ZodType<SetAsideWire> = z.object({
  seq: z.int(),
  tenant_id: z.string(),
  message_id: z.string(),
  reason: z.string(),
  set_aside_at: isoSchema.nullable(),
})

export function toSetAsideWire(entry: SetAsideEntry): SetAsideWire {
  return {
    seq: entry.seq,
    tenant_id: entry.tenantId,
    message_id: entry.record.event.messageId,
    reason: entry.reason,
    set_aside_at: isoOrNull(entry.setAsideAtMs),
  }
}
