import type { AnswerPart, DecisionPart, EndPart, ErrorPart, WarningPart } from '@imrs/core'

import type { AttemptJob } from '../attempt/attempt-context.ts'
import { AttemptRun } from '../attempt/attempt-run.ts'
import type { Trial } from '../attempt/trial.ts'
import { explainDecision } from '../explain/explain-decision.ts'
import type { ObservedEnd } from '../observe/request-observer.ts'
import type { AnswerContext } from './answer-context.ts'
import { AnswerProgress } from './answer-progress.ts'
import { recordAnswer } from './record-answer.ts'
import { toErrorPart } from './to-error-part.ts'

/** One answer to be made, and who wants to know of it. */
export interface AnswerJob extends AttemptJob {
  /** Called at the first pull. */
  readonly onStart: () => void
  /** Called when it is over and recorded, however it ended. */
  readonly onEnd: () => void
}

/**
 * The parts of one answer. What happened is on the disk before `end` or `error` is given out; a
 * reader that leaves earlier is recorded too.
 */
export async function* answerParts(
  context: AnswerContext,
  job: AnswerJob,
): AsyncGenerator<AnswerPart, void, void> {
  const progress = new AnswerProgress({ keepText: context.storeContent })
  const startedAt = context.runtime.monotonic()
  const elapsedMs = (): number => Math.round(context.runtime.monotonic() - startedAt)
  let isRecorded = false
  const run = new AttemptRun(context, job, progress)
  // From here on it is ended and recorded, whatever happens.
  job.onStart()
  const record = async (): Promise<readonly WarningPart[]> => {
    isRecorded = true
    const { trial } = run
    const warnings = await recordAnswer(context, job, { progress, trial, latencyMs: elapsedMs() })
    tellEnd(context, job, endOf(trial, progress, elapsedMs()))
    return warnings
  }
  try {
    yield toDecisionPart(job)
    for (const warning of job.prepared.warnings) yield warning
    for (const warning of job.plan.warnings ?? []) yield warning
    for (const announcement of job.plan.announcements) {
      job.observer?.partGiven(announcement)
      yield announcement
    }
    for (let part = await run.next(); part !== undefined; part = await run.next()) {
      job.observer?.partGiven(part)
      yield part
    }
    for (const warning of await record()) yield warning
    yield lastPart(run.trial, { job, progress, totalMs: elapsedMs() })
  } finally {
    run.close()
    if (!isRecorded) await record()
    job.onEnd()
  }
}

function endOf(trial: Trial, { attempts }: AnswerProgress, totalMs: number): ObservedEnd {
  const { kind: outcome, model } = trial
  return {
    outcome,
    model,
    ...(trial.kind === 'finished' ? { finishReason: trial.finishReason } : {}),
    ...(trial.kind === 'failed' ? { failureKind: trial.errors.at(-1)?.failure.kind } : {}),
    attempts,
    totalMs,
  }
}

function tellEnd({ runtime, emit }: AnswerContext, job: AnswerJob, end: ObservedEnd): void {
  const { decision } = job.plan
  job.observer?.ended(end)
  emit({
    type: 'answer-ended',
    atMs: runtime.now(),
    messageId: decision.messageId,
    tenantId: decision.tenantId,
    agentId: decision.agentId,
    modelId: end.model.id,
    outcome: end.outcome,
    ...(end.failureKind === undefined ? {} : { failureKind: end.failureKind }),
    attempts: end.attempts.length,
    totalMs: end.totalMs,
  })
}

interface Ending {
  readonly job: AttemptJob
  readonly progress: AnswerProgress
  readonly totalMs: number
}

function lastPart(trial: Trial, { job, progress, totalMs }: Ending): EndPart | ErrorPart {
  const { messageId } = job.prepared.input
  if (trial.kind === 'finished') return toEndPart(trial, { messageId, totalMs })
  const { received, attempts } = progress
  return toErrorPart(trial, { messageId, received, attempts })
}

function toDecisionPart({ plan, prepared }: AttemptJob): DecisionPart {
  const { decision } = plan
  const { displayName, providerId } = firstModel(plan)
  return {
    type: 'decision',
    messageId: decision.messageId,
    decisionId: decision.id,
    model: decision.modelId,
    modelName: displayName,
    provider: providerId,
    source: decision.source,
    strategy: decision.strategy.name,
    ...(decision.costQuality === undefined ? {} : { costQuality: decision.costQuality }),
    ...(decision.preset === undefined ? {} : { preset: decision.preset }),
    taskType: decision.task.type,
    task: decision.task,
    requiredCapabilities: decision.requiredCapabilities,
    reason: explainDecision(decision, (modelId) => nameIn(prepared, modelId)),
  }
}

function firstModel(plan: AttemptJob['plan']): AttemptJob['plan']['steps'][number]['model'] {
  const [first] = plan.steps
  if (first === undefined) throw new TypeError('A plan needs a step')
  return first.model
}

function nameIn({ snapshot }: AttemptJob['prepared'], modelId: string): string | undefined {
  const row = snapshot.rowOf.get(modelId)
  return row === undefined ? undefined : snapshot.models[row]?.displayName
}

function toEndPart(
  trial: Extract<Trial, { kind: 'finished' }>,
  facts: Pick<EndPart, 'messageId' | 'totalMs'>,
): EndPart {
  return {
    type: 'end',
    ...facts,
    model: trial.model.id,
    finishReason: trial.finishReason,
    ...(trial.firstPartMs === undefined ? {} : { firstPartMs: trial.firstPartMs }),
  }
}
