import type {
  AnswerPart,
  Decision,
  DecisionPart,
  EndPart,
  ErrorPart,
  LedgerBatch,
  TaskType,
  WarningPart,
} from '@imrs/core'

import type { AttemptJob } from '../attempt/attempt-context.ts'
import { AttemptRun } from '../attempt/attempt-run.ts'
import type { Trial } from '../attempt/trial.ts'
import { explainDecision } from '../explain/explain-decision.ts'
import type { AnswerContext } from './answer-context.ts'
import { AnswerProgress } from './answer-progress.ts'
import { toErrorPart } from './to-error-part.ts'

/**
 * The parts of one answer. What happened is on the disk before `end` or `error` is given out; a
 * reader that leaves earlier is recorded too.
 */
export async function* answerParts(
  context: AnswerContext,
  job: AttemptJob,
): AsyncGenerator<AnswerPart, void, void> {
  const progress = new AnswerProgress({ keepText: context.storeContent })
  const startedAt = context.runtime.monotonic()
  const elapsedMs = (): number => Math.round(context.runtime.monotonic() - startedAt)
  let isRecorded = false
  const run = new AttemptRun(context, job, progress)
  const record = async (): Promise<readonly WarningPart[]> => {
    isRecorded = true
    return recordAnswer(context, job, { progress, trial: run.trial, latencyMs: elapsedMs() })
  }
  try {
    yield toDecisionPart(job)
    for (const warning of job.prepared.warnings) yield warning
    for (const announcement of job.plan.announcements) yield announcement
    for (let part = await run.next(); part !== undefined; part = await run.next()) yield part
    for (const warning of await record()) yield warning
    yield lastPart(run.trial, { job, progress, totalMs: elapsedMs() })
  } finally {
    run.close()
    if (!isRecorded) await record()
  }
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

interface Outcome {
  readonly progress: AnswerProgress
  readonly trial: Trial
  readonly latencyMs: number
}

/** Never rejects: a record that cannot be written becomes a warning and an event. */
async function recordAnswer(
  context: AnswerContext,
  job: AttemptJob,
  outcome: Outcome,
): Promise<readonly WarningPart[]> {
  try {
    const taskType = await taskTypeOf(context, job, outcome.progress)
    await context.recorder.append(toBatch(context, job, { ...outcome, taskType }))
  } catch (error) {
    report(context, 'ledger', error)
    const message = 'This answer could not be recorded, so it cannot be rated.'
    return [{ type: 'warning', code: 'record-failed', message }]
  }
  await rememberLastValid(context, job, outcome.trial)
  return []
}

/** Tools seen in the answer say more about the task than the request did. */
async function taskTypeOf(
  { tasks }: AnswerContext,
  { prepared }: AttemptJob,
  { toolsUsed }: AnswerProgress,
): Promise<TaskType> {
  const { type } = prepared.input.task
  if (toolsUsed.length === 0) return type
  const toolCalls = toolsUsed.map((name) => ({ id: name, name, input: {} }))
  const messages = [{ role: 'assistant', content: '', toolCalls }] as const
  const seen = await tasks.detect({ messages, tools: [] })
  return seen.source === 'none' ? type : seen.type
}

type RecordedOutcome = Outcome & { readonly taskType: TaskType }

function toBatch(context: AnswerContext, job: AttemptJob, outcome: RecordedOutcome): LedgerBatch {
  const { plan, prepared } = job
  const { progress, trial, latencyMs, taskType } = outcome
  const { decision } = plan
  const facts = {
    taskType,
    prepared,
    model: trial.model,
    latencyMs,
    createdAtMs: context.runtime.now(),
    metadata: { decisionId: decision.id, outcome: trial.kind },
  }
  return {
    decisions: [withEligibility(decision, trial)],
    attempts: progress.attempts.toSorted((left, right) => left.position - right.position),
    messages: progress.isCommitted ? [progress.toMessage(facts)] : [],
  }
}

/** Only what the strategy's own choice led to tells what the strategy is worth. */
function withEligibility(decision: Decision, trial: Trial): Decision {
  if (!decision.opeEligible) return decision
  if (trial.model.id !== decision.modelId) {
    return { ...decision, opeEligible: false, opeReason: 'not-rank-one' }
  }
  return trial.kind === 'finished' && trial.wasProbe
    ? { ...decision, opeEligible: false, opeReason: 'half-open-probe' }
    : decision
}

async function rememberLastValid(
  context: AnswerContext,
  { plan, prepared }: AttemptJob,
  trial: Trial,
): Promise<void> {
  const isChosen = trial.kind === 'finished' && trial.model.id === plan.chosenModelId
  if (!isChosen || prepared.owner === undefined) return
  try {
    const selection = { modelId: trial.model.id, atMs: context.runtime.now() }
    await context.preferences.putLastValid(prepared.owner, selection)
  } catch (error) {
    report(context, 'preferences', error)
  }
}

function report(context: AnswerContext, part: 'ledger' | 'preferences', cause: unknown): void {
  const error = cause instanceof Error ? cause : new Error(String(cause))
  context.emit({ type: 'internal-failed', atMs: context.runtime.now(), part, error })
}
