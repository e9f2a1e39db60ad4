import { fromRatingMilli } from '@imrs/core'
import type { DriftAlarm } from '@imrs/core'
import { z } from 'zod'

import { isoOf, isoSchema } from '../../wire/values.ts'

/** An alarm about a model that changed, as it travels. */
export interface DriftAlarmWire {
  readonly at: string
  readonly agent_id: string
  readonly model: string
  readonly direction: 'worse' | 'better'
  /** By how much its ratings moved, from -1 to 1. */
  readonly shift: number
  /** The answer whose rating raised it. */
  readonly message_id: string
}

export const driftAlarmWireSchema: z.ZodType<DriftAlarmWire> = z.object({
  at: isoSchema,
  agent_id: z.string(),
  model: z.string().describe('Its id when the alarm was raised.'),
  direction: z.enum(['worse', 'better']),
  shift: z.number(),
  message_id: z.string(),
})

export function toDriftAlarmWire(alarm: DriftAlarm): DriftAlarmWire {
  return {
    at: isoOf(alarm.atMs),
    agent_id: alarm.agentId,
    model: alarm.modelId,
    direction: alarm.shiftMilli > 0 ? 'better' : 'worse',
    shift: fromRatingMilli(alarm.shiftMilli),
    message_id: alarm.messageId,
  }
}
