import type { LearningRecord } from '../contracts/learning-sink.ts'
import type { FeedbackEvent } from './feedback.ts'
import type { RecordedFeedback } from './recorded-feedback.ts'

/** What sinks are told of an event and of what it made of its answer. Every store applies it where it records the event. */
export function toLearningRecord(
  {
    message,
    ratingChanged,
    reasons,
  }: Pick<RecordedFeedback, 'message' | 'ratingChanged' | 'reasons'>,
  event: FeedbackEvent,
): LearningRecord {
  const { ratingMilli, conversationId } = message
  return {
    event,
    ...(ratingMilli === undefined ? {} : { ratingMilli }),
    ...(reasons.length === 0 ? {} : { reasons }),
    ratingChanged,
    agentId: message.agentId,
    modelId: message.model,
    taskType: message.creditedTaskType,
    ...(conversationId === undefined ? {} : { conversationId }),
  }
}
