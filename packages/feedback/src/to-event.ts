import type { FeedbackEvent, FeedbackReason, FeedbackType, Runtime } from '@imrs/core'
import {
  DEFAULT_TENANT_ID,
  FEEDBACK_REASONS,
  FEEDBACK_SIGNALS,
  FEEDBACK_TYPES,
  ImrsError,
  MAX_FEEDBACK_REASONS,
  assertHostId,
  isFeedbackReason,
  isFeedbackSignal,
  isUuid,
  takesReasons,
  toRatingMilli,
} from '@imrs/core'

import type { FeedbackInput } from './feedback-input.ts'
import type { ResolvedSignalValues } from './signal-values.ts'

/** What a signal or a rating means. */
interface Meaning {
  readonly feedbackType: FeedbackType
  readonly rating: number
}

/** The event of what was given. @throws ImrsError `invalid-request`, `forbidden` by the name of the field. */
export function toEvent(
  input: FeedbackInput,
  { runtime, signals }: { readonly runtime: Runtime; readonly signals: ResolvedSignalValues },
): FeedbackEvent {
  const { userId, tenantId = DEFAULT_TENANT_ID, idempotencyKey, signal } = input
  assertHostId('userId', userId)
  assertHostId('tenantId', tenantId)
  if (idempotencyKey !== undefined && !isUuid(idempotencyKey)) {
    throw refuse('idempotencyKey', 'must be a UUID in lower-case text')
  }
  const { rating, feedbackType } = meaningOf(input, signals)
  assertGiver(input, feedbackType)
  const reasons = reasonsOf(input)
  return {
    id: idempotencyKey ?? runtime.newId(),
    tenantId,
    messageId: input.messageId,
    userId,
    feedbackType,
    ratingMilli: toRatingMilli(rating),
    ...(signal === undefined ? {} : { signal }),
    ...(reasons === undefined ? {} : { reasons }),
    atMs: runtime.now(),
  }
}

function meaningOf(input: FeedbackInput, signals: ResolvedSignalValues): Meaning {
  const { signal, rating } = input
  if (signal === undefined) {
    if (rating === undefined) throw refuse('signal', 'give a `signal` or a `rating`')
    return { rating, feedbackType: typeOf(input) }
  }
  if (rating !== undefined) throw refuse('rating', 'give a `signal` or a `rating`, not both')
  if (!isFeedbackSignal(signal)) {
    throw refuse('signal', `must be one of ${FEEDBACK_SIGNALS.join(', ')}`)
  }
  switch (signal) {
    case 'thumbs-up':
      return { feedbackType: 'explicit', rating: 1 }
    case 'thumbs-down':
      return { feedbackType: 'explicit', rating: 0 }
    case 'retract':
      return { feedbackType: typeOf(input), rating: 0 }
    default:
      return { feedbackType: 'implicit', rating: signals[signal] }
  }
}

function typeOf({ type, by }: FeedbackInput): FeedbackType {
  const feedbackType = type ?? (by === 'agent' ? 'self_eval' : 'explicit')
  if (FEEDBACK_TYPES.includes(feedbackType)) return feedbackType
  throw refuse('type', `must be one of ${FEEDBACK_TYPES.join(', ')}`)
}

function reasonsOf({ reasons, signal }: FeedbackInput): readonly FeedbackReason[] | undefined {
  if (reasons === undefined) return undefined
  if (!takesReasons(signal)) {
    throw refuse('reasons', 'go with a rating, thumbs-up or thumbs-down, and with no other signal')
  }
  if (!Array.isArray(reasons) || !reasons.every(isFeedbackReason)) {
    throw refuse('reasons', `must be of ${FEEDBACK_REASONS.join(', ')}`)
  }
  if (reasons.length < 1 || reasons.length > MAX_FEEDBACK_REASONS) {
    throw refuse('reasons', `must be 1 to ${MAX_FEEDBACK_REASONS}, got ${reasons.length}`)
  }
  if (new Set(reasons).size < reasons.length) {
    throw refuse('reasons', 'must not name a reason twice')
  }
  return [...reasons]
}

/** People do not judge in the agent's name, nor the agent in theirs. */
function assertGiver({ by = 'user' }: FeedbackInput, feedbackType: FeedbackType): void {
  if (by !== 'user' && by !== 'agent') throw refuse('by', 'must be user or agent')
  if ((by === 'agent') === (feedbackType === 'self_eval')) return
  const message =
    by === 'user'
      ? '`type`: only the agent itself gives `self_eval`; people give `explicit`'
      : '`by`: an agent gives `self_eval` and nothing else'
  throw new ImrsError('forbidden', message, { field: by === 'user' ? 'type' : 'by' })
}

function refuse(field: string, rule: string): ImrsError {
  return new ImrsError('invalid-request', `\`${field}\`: ${rule}`, { field })
}
