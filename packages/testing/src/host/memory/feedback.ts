import { effectiveFeedback, experienceTopic } from '@imrs/core'
import type {
  FeedbackEvent,
  FeedbackOutcome,
  FeedbackRepository,
  MessageRecord,
  StoredFeedbackEvent,
} from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf, raiseVersion } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { moveExperience } from './move-experience.ts'
import { sortedBy } from './text-order.ts'

export function memoryFeedback(data: MemoryData): FeedbackRepository {
  return {
    record: async (event, options) => {
      begin(data, options)
      return record(data, frozenCopy(event))
    },
    listEvents: async ({ tenantId, messageId }, options) => {
      begin(data, options)
      return data.feedback.get(keyOf(tenantId, messageId)) ?? []
    },
    listExperience: async ({ tenantId, agentId }, options) => {
      begin(data, options)
      const own = [...data.experience.values()].filter(
        (cell) => cell.scope === 'agent' && cell.tenantId === tenantId && cell.agentId === agentId,
      )
      // NUL sorts below every character, so this orders by the first field, then the second, …
      return sortedBy(own, (cell) => [cell.taskType, cell.modelId, cell.month].join('\0'))
    },
  }
}

function record(data: MemoryData, event: FeedbackEvent): FeedbackOutcome {
  const key = keyOf(event.tenantId, event.messageId)
  const message = data.messages.get(key)
  if (message === undefined || message.userId !== event.userId) return { kind: 'not-found' }
  const before = data.feedback.get(key) ?? []
  if (before.some((stored) => stored.id === event.id)) return { kind: 'duplicate', message }

  const events = Object.freeze([...before, Object.freeze({ ...event, seq: data.nextSeq() })])
  data.feedback.set(key, events)
  const oldRating = effectiveFeedback(before)?.ratingMilli
  const effective = effectiveFeedback(events)
  const ratingChanged = oldRating !== effective?.ratingMilli
  const rated = withRating(message, effective)
  data.messages.set(key, rated)
  if (ratingChanged && effective !== undefined) {
    moveExperience(data, rated, { from: oldRating, to: effective.ratingMilli })
    raiseVersion(data, experienceTopic(message))
  }
  return { kind: 'recorded', message: rated, ratingChanged }
}

function withRating(
  message: MessageRecord,
  effective: StoredFeedbackEvent | undefined,
): MessageRecord {
  if (effective === undefined) return message
  const { ratingMilli, feedbackType, atMs } = effective
  return Object.freeze({ ...message, ratingMilli, feedbackType, feedbackAtMs: atMs })
}
