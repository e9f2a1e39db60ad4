import type { Attempt, AttemptOutcome } from '@imrs/core'

import type { AnswerProgress } from '../answer/answer-progress.ts'
import type { ActualUse } from '../budgets/budgeted-call.ts'
import type { AttemptContext } from './attempt-context.ts'
import type { CallEnd } from './breaker/call-end.ts'
import type { LaneCall } from './lane-call.ts'
import type { CancelReason } from './machine/attempt-effect.ts'

export type LaneEnd = CancelReason | { readonly kind: 'finished' }

/** Takes down how a call ended: for the ledger, the provider's health, its breaker and listeners. */
export function recordEnd(
  context: AttemptContext,
  progress: AnswerProgress,
  { lane, why }: { readonly lane: LaneCall; readonly why: LaneEnd },
): void {
  const { log } = lane
  lane.judged(log.wasSent ? callEnd(why) : { kind: 'nothing' })
  if (!log.wasSent) return
  const failure = why.kind === 'failed' ? why.failure : undefined
  const attempt = log.ended({ outcome: outcomeOf(why), failureKind: failure?.kind })
  progress.attempts.push(attempt)
  lane.observed(attempt)
  if (lane.reserved !== undefined) {
    progress.settlements.push(lane.reserved.toSettlement(actualUse(attempt)))
  }
  const { tracker } = context.catalog
  if (why.kind === 'finished') {
    tracker.succeeded(attempt.providerId)
    if (log.firstPartMs !== undefined) context.firstPartTimes.add(attempt.modelId, log.firstPartMs)
  }
  if (failure !== undefined) tracker.failed(attempt.providerId, failure)
  context.emit({
    type: 'attempt-ended',
    atMs: context.runtime.now(),
    messageId: attempt.messageId,
    tenantId: attempt.tenantId,
    providerId: attempt.providerId,
    modelId: attempt.modelId,
    outcome: attempt.outcome,
    failureKind: attempt.failureKind,
    totalMs: attempt.totalMs,
    firstPartMs: attempt.firstPartMs,
    inputTokens: attempt.usage?.inputTokens,
    outputTokens: attempt.usage?.outputTokens,
    costNanoUsd: attempt.costNanoUsd,
  })
}

function outcomeOf(why: LaneEnd): AttemptOutcome {
  if (why.kind === 'finished') return 'completed'
  return why.kind === 'failed' ? 'failed' : 'aborted'
}

/** A call that the provider did not take used nothing; of others what is not known counts as reserved. */
function actualUse({ outcome, usage, costNanoUsd, headersMs }: Attempt): ActualUse {
  if (usage !== undefined) {
    return { tokens: usage.inputTokens + usage.outputTokens, nanoUsd: costNanoUsd }
  }
  return outcome === 'failed' && headersMs === undefined ? { tokens: 0, nanoUsd: 0 } : {}
}

function callEnd(why: LaneEnd): CallEnd {
  if (why.kind === 'finished') return { kind: 'success' }
  if (why.kind !== 'failed') return { kind: 'nothing' }
  const { kind: failureKind, retryAfterMs } = why.failure
  return { kind: 'failure', failureKind, retryAfterMs }
}
