import type { Decision, LedgerBatch, TaskType, WarningPart } from '@imrs/core'

import type { AttemptJob } from '../attempt/attempt-context.ts'
import type { Trial } from '../attempt/trial.ts'
import { conversationKeyOf } from '../prepare/conversation-of.ts'
import type { AnswerContext } from './answer-context.ts'
import type { AnswerProgress } from './answer-progress.ts'

/** What an answer had come to. */
export interface AnswerOutcome {
  readonly progress: AnswerProgress
  readonly trial: Trial
  readonly latencyMs: number
}

/**
 * Writes down what happened, and what the user chose if that worked. Resolves when it is on the disk.
 * Never rejects: a record that cannot be written becomes a warning and an event.
 */
export async function recordAnswer(
  context: AnswerContext,
  job: AttemptJob,
  outcome: AnswerOutcome,
): Promise<readonly WarningPart[]> {
  rememberConversation(context, job, outcome)
  try {
    const taskType = await taskTypeOf(context, job, outcome.progress)
    const where = await context.recorder.append(toBatch(context, job, { ...outcome, taskType }))
    // A store that is down would only keep the end back once more.
    if (where === 'spooled') return [RECORDED_LATER]
  } catch (error) {
    report(context, 'ledger', error)
    const message = 'This answer could not be recorded, so it cannot be rated.'
    return [{ type: 'warning', code: 'record-failed', message }]
  }
  await rememberLastValid(context, job, outcome.trial)
  return []
}

const RECORDED_LATER: WarningPart = Object.freeze({
  type: 'warning',
  code: 'record-delayed',
  message: 'This answer is kept on the disk until it can be recorded; then it can be rated.',
})

/** The next request of the conversation may have to stay with this model, or be cheaper with it. */
function rememberConversation(
  { conversations }: AnswerContext,
  { prepared: { request, snapshot, input } }: AttemptJob,
  { progress, trial: { kind, model } }: AnswerOutcome,
): void {
  const key = conversationKeyOf(request, snapshot.agent)
  if (key === undefined || kind !== 'finished') return
  const usage = progress.attempts.findLast(({ modelId }) => modelId === model.id)?.usage
  const tokens = usage === undefined ? input.inputTokens : usage.inputTokens + usage.outputTokens
  conversations.put(key, { modelId: model.id, tokens })
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

type RecordedOutcome = AnswerOutcome & { readonly taskType: TaskType }

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
    ...(progress.settlements.length === 0 ? {} : { settlements: progress.settlements }),
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
