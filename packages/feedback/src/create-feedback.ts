import type {
  CallOptions,
  DriftWatch,
  ExperienceMove,
  FeedbackEvent,
  FeedbackOutcome,
  MessageRecord,
  ModelShift,
  RouterEvent,
  Runtime,
  Store,
} from '@imrs/core'
import { ImrsError, fromRatingMilli } from '@imrs/core'

import type { FeedbackInput, FeedbackResult, RetractInput } from './feedback-input.ts'
import type { ResolvedFeedbackRules } from './signal-values.ts'
import { toEvent } from './to-event.ts'

/** How a signal on an answer moved experience, and what an alarm that it raised found. */
export interface MovedExperience {
  readonly message: MessageRecord
  readonly moved: ExperienceMove
  readonly shift?: ModelShift | undefined
}

/** Whose answer it is that is still being made. */
export interface UnfinishedAnswer {
  readonly tenantId: string
  readonly agentId: string
  /** Absent: nobody's, so that nobody can rate it. */
  readonly userId?: string | undefined
}

export interface FeedbackOptions {
  /** Stays the caller's. */
  readonly store: Store
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
  /** Whose answer is still being made, and so cannot be rated yet; `undefined`: it is not being made. */
  readonly unfinished: (messageId: string) => UnfinishedAnswer | undefined
  /** Called after experience was moved, with how. */
  readonly onMoved: (moved: MovedExperience) => void
  /** Judges ratings for alarms. Default: none is ever raised. */
  readonly watch?: DriftWatch | undefined
  readonly rules: ResolvedFeedbackRules
  /** Names of the sinks that signals are kept for. Default: none. */
  readonly sinks?: readonly string[] | undefined
  /** Called after a signal was recorded, when there are sinks. Default: nothing. */
  readonly onRecorded?: (() => void) | undefined
}

/** Takes signals on answers. */
export interface Feedback {
  /**
   * Stores a signal; rating and experience change in the same transaction.
   *
   * @throws ImrsError `invalid-request`, `forbidden`, `not-found`, `message-not-finished`.
   */
  readonly record: (input: FeedbackInput, options?: CallOptions) => Promise<FeedbackResult>
  /** Takes back what was given; what is left counts again. Idempotent. Throws as {@link record} does. */
  readonly retract: (input: RetractInput, options?: CallOptions) => Promise<FeedbackResult>
}

export function createFeedback(options: FeedbackOptions): Feedback {
  const { rules } = options
  const take = (input: FeedbackInput, call?: CallOptions): Promise<FeedbackResult> =>
    record(options, { input, rules }, call)
  return {
    record: take,
    retract: (input, call) => take({ ...input, signal: 'retract' }, call),
  }
}

interface GivenFeedback {
  readonly input: FeedbackInput
  readonly rules: ResolvedFeedbackRules
}

async function record(
  options: FeedbackOptions,
  { input, rules: { signals, maxUserShareMilli } }: GivenFeedback,
  call?: CallOptions,
): Promise<FeedbackResult> {
  const { store, runtime, watch, sinks } = options
  const event = toEvent(input, { runtime, signals })
  const { agentIds } = input
  const unfinished = options.unfinished(event.messageId)
  if (unfinished !== undefined) throw refusalOf(unfinished, { event, agentIds })
  await refuseOtherAgents(store, { event, agentIds }, call)
  const outcome = await store.feedback.record(event, {
    ...call,
    maxUserShareMilli,
    watch,
    sinks,
  })
  const found = refuseMissing(outcome, event)
  const { message } = found
  const result = toResult(message, { event, outcome: found })
  if (outcome.kind !== 'recorded') return result
  if (sinks !== undefined && sinks.length > 0) options.onRecorded?.()
  const { moved, shift } = outcome
  if (moved !== undefined) options.onMoved({ message, moved, shift })
  if (result.changed) options.emit({ ...aboutRating(message), atMs: result.recordedAtMs })
  if (shift !== undefined) options.emit({ ...aboutShift(message, shift), atMs: event.atMs })
  return result
}

interface Rater {
  readonly event: FeedbackEvent
  /** Agents whose answers may be rated. `undefined`: all. */
  readonly agentIds: readonly string[] | undefined
}

/** Strangers are not told that there is an answer. */
function refusalOf(unfinished: UnfinishedAnswer, { event, agentIds }: Rater): ImrsError {
  const isOwn = unfinished.tenantId === event.tenantId && unfinished.userId === event.userId
  if (!isOwn || agentIds?.includes(unfinished.agentId) === false) return notYours(event)
  return new ImrsError(
    'message-not-finished',
    'This answer is still being made. Rate it when it has ended.',
    { retryAfterMs: 1000 },
  )
}

/** An answer keeps its agent for good, so that it can be looked at before the signal is written. */
async function refuseOtherAgents(
  store: Store,
  { event, agentIds }: Rater,
  call?: CallOptions,
): Promise<void> {
  if (agentIds === undefined) return
  const { tenantId, messageId } = event
  const message = await store.ledger.getMessage({ tenantId, messageId }, call)
  if (message !== undefined && !agentIds.includes(message.agentId)) throw notYours(event)
}

function notYours({ messageId }: FeedbackEvent): ImrsError {
  return new ImrsError('not-found', `There is no answer ${JSON.stringify(messageId)} of yours.`)
}

type FoundOutcome = Extract<FeedbackOutcome, { readonly message: MessageRecord }>

function refuseMissing(outcome: FeedbackOutcome, event: FeedbackEvent): FoundOutcome {
  if (outcome.kind === 'recorded' || outcome.kind === 'duplicate') return outcome
  if (outcome.kind !== 'closed') throw notYours(event)
  const id = JSON.stringify(event.messageId)
  throw new ImrsError('not-found', `The answer ${id} is too old to be rated.`)
}

function toResult(
  { id, ratingMilli, feedbackType, feedbackAtMs }: MessageRecord,
  { event, outcome }: { readonly event: FeedbackEvent; readonly outcome: FoundOutcome },
): FeedbackResult {
  return {
    messageId: id,
    ...(ratingMilli === undefined ? {} : { rating: fromRatingMilli(ratingMilli), feedbackType }),
    reasons: outcome.reasons,
    recordedAtMs: feedbackAtMs ?? event.atMs,
    changed: outcome.kind === 'recorded' && outcome.ratingChanged,
  }
}

function aboutRating(message: MessageRecord) {
  const { ratingMilli, feedbackType } = message
  return {
    type: 'feedback-recorded',
    messageId: message.id,
    tenantId: message.tenantId,
    agentId: message.agentId,
    modelId: message.model,
    taskType: message.taskType,
    ...(ratingMilli === undefined ? {} : { rating: fromRatingMilli(ratingMilli), feedbackType }),
  } as const
}

function aboutShift(message: MessageRecord, { epoch, shiftMilli }: ModelShift) {
  return {
    type: 'drift-detected',
    tenantId: message.tenantId,
    agentId: message.agentId,
    modelId: message.model,
    taskType: message.creditedTaskType,
    epoch,
    shift: shiftMilli / 1000,
  } as const
}
