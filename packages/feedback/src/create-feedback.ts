import type {
  CallOptions,
  FeedbackEvent,
  FeedbackOutcome,
  FeedbackSignal,
  FeedbackType,
  MessageRecord,
  RouterEvent,
  Runtime,
  Store,
} from '@imrs/core'
import {
  DEFAULT_TENANT_ID,
  FEEDBACK_SIGNALS,
  FEEDBACK_TYPES,
  ImrsError,
  assertHostId,
  fromRatingMilli,
  isFeedbackSignal,
  isUuid,
  toRatingMilli,
} from '@imrs/core'

import type { FeedbackInput, FeedbackResult } from './feedback-input.ts'

/** What a named signal means. */
const SIGNALS: Readonly<
  Record<FeedbackSignal, { readonly feedbackType: FeedbackType; readonly rating: number }>
> = Object.freeze({
  'thumbs-up': { feedbackType: 'explicit', rating: 1 },
  'thumbs-down': { feedbackType: 'explicit', rating: 0 },
  regenerate: { feedbackType: 'implicit', rating: 0 },
  copy: { feedbackType: 'implicit', rating: 1 },
  continue: { feedbackType: 'implicit', rating: 0.5 },
})

export interface FeedbackOptions {
  /** Stays the caller's. */
  readonly store: Store
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
  /** Whether an answer is still being made, and so cannot be rated yet. */
  readonly isUnfinished: (messageId: string) => boolean
  /** Called after the rating that counts on a message changed. */
  readonly onChange: (message: MessageRecord) => void
}

/** Takes signals on answers. */
export interface Feedback {
  /**
   * Stores a signal; rating and experience change in the same transaction.
   *
   * @throws ImrsError `invalid-request`, `not-found`, `message-not-finished`.
   */
  record(input: FeedbackInput, options?: CallOptions): Promise<FeedbackResult>
}

export function createFeedback(options: FeedbackOptions): Feedback {
  return { record: (input, call) => record(options, input, call) }
}

async function record(
  options: FeedbackOptions,
  input: FeedbackInput,
  call?: CallOptions,
): Promise<FeedbackResult> {
  const event = toEvent(options.runtime, input)
  if (options.isUnfinished(event.messageId)) {
    throw new ImrsError(
      'message-not-finished',
      'This answer is still being made. Rate it when it has ended.',
      { retryAfterMs: 1000 },
    )
  }
  const outcome = await options.store.feedback.record(event, call)
  if (outcome.kind === 'not-found') {
    throw new ImrsError(
      'not-found',
      `There is no answer ${JSON.stringify(input.messageId)} of yours.`,
    )
  }
  const result = toResult(outcome, event)
  if (result.changed) announce(options, outcome.message, result)
  return result
}

function toEvent(runtime: Runtime, input: FeedbackInput): FeedbackEvent {
  assertHostId('userId', input.userId)
  const tenantId = input.tenantId ?? DEFAULT_TENANT_ID
  assertHostId('tenantId', tenantId)
  if (input.idempotencyKey !== undefined && !isUuid(input.idempotencyKey)) {
    throw new ImrsError('invalid-request', '`idempotencyKey` must be a UUID in lower-case text', {
      field: 'idempotencyKey',
    })
  }
  const { rating, feedbackType } = meaningOf(input)
  return {
    id: input.idempotencyKey ?? runtime.newId(),
    tenantId,
    messageId: input.messageId,
    userId: input.userId,
    feedbackType,
    ratingMilli: toRatingMilli(rating),
    ...(input.signal === undefined ? {} : { signal: input.signal }),
    atMs: runtime.now(),
  }
}

function meaningOf(input: FeedbackInput): { rating: number; feedbackType: FeedbackType } {
  if (input.signal === undefined) {
    if (input.rating === undefined) throw refuse('signal', 'give a `signal` or a `rating`')
    const feedbackType = input.type ?? 'explicit'
    if (!FEEDBACK_TYPES.includes(feedbackType)) {
      throw refuse('type', `must be one of ${FEEDBACK_TYPES.join(', ')}`)
    }
    return { rating: input.rating, feedbackType }
  }
  if (input.rating !== undefined) throw refuse('rating', 'give a `signal` or a `rating`, not both')
  if (!isFeedbackSignal(input.signal)) {
    throw refuse('signal', `must be one of ${FEEDBACK_SIGNALS.join(', ')}`)
  }
  return SIGNALS[input.signal]
}

function refuse(field: string, rule: string): ImrsError {
  return new ImrsError('invalid-request', `\`${field}\`: ${rule}`, { field })
}

function toResult(
  outcome: Exclude<FeedbackOutcome, { kind: 'not-found' }>,
  event: FeedbackEvent,
): FeedbackResult {
  const { message } = outcome
  return {
    messageId: message.id,
    rating: fromRatingMilli(message.ratingMilli ?? event.ratingMilli),
    feedbackType: message.feedbackType ?? event.feedbackType,
    recordedAtMs: message.feedbackAtMs ?? event.atMs,
    changed: outcome.kind === 'recorded' && outcome.ratingChanged,
  }
}

function announce(options: FeedbackOptions, message: MessageRecord, result: FeedbackResult): void {
  options.onChange(message)
  options.emit({
    type: 'feedback-recorded',
    atMs: result.recordedAtMs,
    messageId: message.id,
    tenantId: message.tenantId,
    agentId: message.agentId,
    modelId: message.model,
    taskType: message.taskType,
    feedbackType: result.feedbackType,
    rating: result.rating,
  })
}
