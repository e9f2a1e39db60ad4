import { NO_DRIFT } from '@imrs/core'
import type { DriftWatch, FeedbackEvent, MessageRecord, ModelShift } from '@imrs/core'

import { keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

interface Watched {
  readonly message: MessageRecord
  readonly event: FeedbackEvent
  readonly watch: DriftWatch | undefined
}

/** Moves the alarm of the message's model on; an alarm opens the next epoch, and what it found is given. */
export function watchRating(
  data: MemoryData,
  { message, event, watch }: Watched,
): ModelShift | undefined {
  const advance = watch?.({ message, ratingMilli: event.ratingMilli })
  if (advance === undefined) return undefined
  const { tenantId, agentId, model: modelId } = message
  const key = keyOf(tenantId, agentId, modelId)
  const { epoch, state } = data.drift.get(key) ?? { epoch: 0, state: NO_DRIFT }
  const step = advance(state)
  if (step.shift === undefined) {
    data.drift.set(key, { epoch, state: step.state })
    return undefined
  }
  const shift = Object.freeze({
    modelId,
    epoch: epoch + 1,
    shiftMilli: Math.round(step.shift * 1000),
  })
  data.drift.set(key, { epoch: shift.epoch, state: step.state })
  const alarms = data.alarms.get(tenantId) ?? []
  const alarm = Object.freeze({ ...shift, agentId, messageId: message.id, atMs: event.atMs })
  data.alarms.set(tenantId, [...alarms, alarm])
  return shift
}
