import type {
  AnswerPart,
  AttemptOutcome,
  FallbackPart,
  FinishReason,
  Model,
  ModelCall,
  ModelPart,
  UsagePart,
} from '@imrs/core'
import { FAILURE_RULES, ProviderError, fromNanoUsd, providerPolicyOf } from '@imrs/core'

import { AttemptLog } from '../attempt/attempt-log.ts'
import { callModel } from '../attempt/call-model.ts'
import { stepsAfter } from '../attempt/next-step.ts'
import type { PlanStep } from '../plan/plan.ts'
import type { AnswerContext, AnswerJob } from './answer-context.ts'
import type { AnswerProgress } from './answer-progress.ts'

/** How trying the models of a plan ended. */
export type Trial =
  | {
      readonly kind: 'finished'
      readonly model: Model
      readonly finishReason: FinishReason
      readonly firstPartMs: number | undefined
    }
  | {
      readonly kind: 'failed'
      readonly model: Model
      /** In the order of the attempts. */
      readonly errors: readonly ProviderError[]
    }
  | { readonly kind: 'aborted'; readonly model: Model }

export interface TrialJob extends AnswerJob {
  readonly context: AnswerContext
  readonly progress: AnswerProgress
}

/** Tries the steps of the plan until one commits, and gives out that one's parts. */
export async function* tryModels(job: TrialJob): AsyncGenerator<AnswerPart, Trial, void> {
  const errors: ProviderError[] = []
  let queue: readonly PlanStep[] = job.plan.steps
  for (;;) {
    const [step, ...rest] = queue
    if (step === undefined) throw new TypeError('A plan needs a step')
    const outcome = yield* tryRepeatedly(job, step)
    if (outcome.kind !== 'failed') return { ...outcome, model: step.model }
    errors.push(outcome.error)
    queue = job.progress.isCommitted
      ? []
      : stepsAfter(rest, { model: step.model, kind: outcome.error.failure.kind })
    const [next] = queue
    if (next === undefined) return { kind: 'failed', model: step.model, errors }
    yield toFallbackPart(step, next, outcome.error)
  }
}

/** The same model again, as often as its provider's policy says, while nothing was given out. */
async function* tryRepeatedly(
  job: TrialJob,
  step: PlanStep,
): AsyncGenerator<AnswerPart, CallOutcome, void> {
  const { maxRetries = 0, backoffMs } = providerPolicyOf(providerOf(job, step.model))
  for (let retry = 0; ; retry += 1) {
    const outcome = yield* tryModel(job, step)
    const waitMs = backoffMs * 2 ** retry
    if (retry >= maxRetries || !mayRepeat(job, outcome, waitMs)) return outcome
    try {
      await job.context.runtime.sleep(waitMs, job.signal)
    } catch {
      return { kind: 'aborted' }
    }
  }
}

/** Not when the provider asked for a longer wait than that: then another model is the better answer. */
function mayRepeat(job: TrialJob, outcome: CallOutcome, waitMs: number): boolean {
  if (outcome.kind !== 'failed' || job.progress.isCommitted) return false
  const { kind, retryAfterMs = 0 } = outcome.error.failure
  const { isRetryable, response } = FAILURE_RULES[kind]
  return isRetryable && response === 'go-elsewhere' && retryAfterMs <= waitMs
}

type CallOutcome =
  | {
      readonly kind: 'finished'
      readonly finishReason: FinishReason
      readonly firstPartMs: number | undefined
    }
  | { readonly kind: 'failed'; readonly error: ProviderError }
  | { readonly kind: 'aborted' }

async function* tryModel(
  job: TrialJob,
  { model }: PlanStep,
): AsyncGenerator<AnswerPart, CallOutcome, void> {
  const { context, prepared, progress } = job
  const position = progress.attempts.length + 1
  const log = new AttemptLog({ runtime: context.runtime, prepared, model, position })
  let outcome: CallOutcome = { kind: 'aborted' }
  try {
    const finishReason = yield* giveOut(job, log)
    outcome = { kind: 'finished', finishReason, firstPartMs: log.firstPartMs }
  } catch (error) {
    if (!job.signal.aborted) outcome = { kind: 'failed', error: toProviderError(error, model) }
  } finally {
    // Also when the reader left in the middle: then the outcome is still `aborted`.
    attemptEnded(job, log, outcome)
  }
  const usage = toUsagePart(log)
  if (usage !== undefined && (outcome.kind === 'finished' || progress.isCommitted)) yield usage
  return outcome
}

/** Gives out the parts of one call; throws what it failed of. */
async function* giveOut(
  job: TrialJob,
  log: AttemptLog,
): AsyncGenerator<AnswerPart, FinishReason, void> {
  const parts = callModel(job.context, {
    model: log.model,
    provider: providerOf(job, log.model),
    call: toModelCall(job, log.model),
    signal: job.signal,
    userKeys: job.prepared.userKeys,
  })
  for await (const part of parts) {
    if (part.type === 'usage') log.used(part)
    else if (part.type === 'finish') {
      assertNotEmpty(job, log.model, part.finishReason)
      return part.finishReason
    } else if (part.type !== 'headers' && part.type !== 'reasoning-end' && isVisible(part)) {
      log.partGivenOut()
      job.progress.givenOut(part)
      yield part
    }
  }
  throw new TypeError('A call ends with `finish` or throws')
}

function isVisible(
  part: Extract<ModelPart, { type: 'text-delta' | 'reasoning-delta' | 'tool-call' }>,
): boolean {
  return part.type === 'tool-call' || part.text !== ''
}

function assertNotEmpty(job: TrialJob, model: Model, finishReason: FinishReason): void {
  const { characters, toolCalls } = job.progress.received
  if (characters > 0 || toolCalls > 0) return
  const filtered = finishReason === 'content-filter'
  throw new ProviderError(
    filtered
      ? { kind: 'content-filtered', message: `${model.displayName} refused to answer this.` }
      : { kind: 'empty', message: `${model.displayName} gave an empty answer.` },
    { providerId: model.providerId, modelId: model.id },
  )
}

function providerOf({ prepared }: TrialJob, model: Model): PreparedProvider {
  const provider = prepared.snapshot.providers.find(({ id }) => id === model.providerId)
  if (provider === undefined) throw new TypeError(`${model.id} is of no provider of the snapshot`)
  return provider
}

type PreparedProvider = TrialJob['prepared']['snapshot']['providers'][number]

function toModelCall({ prepared: { request } }: TrialJob, model: Model): ModelCall {
  return {
    externalId: model.externalId,
    stream: request.stream ?? true,
    messages: request.messages,
    tools: request.tools,
    toolChoice: request.toolChoice,
    responseFormat: request.responseFormat,
    maxOutputTokens: request.maxOutputTokens,
    temperature: request.temperature,
    topP: request.topP,
    stop: request.stop,
    seed: request.seed,
  }
}

/** Adapters throw nothing else; one that does has a bug, which is the provider's failure to us. */
function toProviderError(error: unknown, model: Model): ProviderError {
  const of = { providerId: model.providerId, modelId: model.id }
  if (ProviderError.is(error)) {
    return error.modelId === model.id
      ? error
      : new ProviderError(error.failure, { ...of, code: error.code, cause: error.cause })
  }
  const message = `${model.displayName} failed in an unexpected way.`
  return new ProviderError({ kind: 'unknown', message }, { ...of, cause: error })
}

const OUTCOMES: Readonly<Record<CallOutcome['kind'], AttemptOutcome>> = Object.freeze({
  finished: 'completed',
  failed: 'failed',
  aborted: 'aborted',
})

function attemptEnded(
  { context, progress }: TrialJob,
  log: AttemptLog,
  outcome: CallOutcome,
): void {
  const failure = outcome.kind === 'failed' ? outcome.error.failure : undefined
  const attempt = log.ended(OUTCOMES[outcome.kind], failure?.kind)
  progress.attempts.push(attempt)
  const { tracker } = context.catalog
  if (outcome.kind === 'finished') tracker.succeeded(attempt.providerId)
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
    costNanoUsd: attempt.costNanoUsd,
  })
}

function toUsagePart(log: AttemptLog): UsagePart | undefined {
  const { usage } = log
  if (usage === undefined) return undefined
  const cost = log.costNanoUsd()
  return {
    type: 'usage',
    model: log.model.id,
    usage: usage.usage,
    ...(cost === undefined ? {} : { costUsd: fromNanoUsd(cost) }),
  }
}

function toFallbackPart(from: PlanStep, to: PlanStep, error: ProviderError): FallbackPart {
  return {
    type: 'fallback',
    from: from.model.id,
    to: to.model.id,
    toName: to.model.displayName,
    step: to.kind === 'chosen' ? 'next-ranked' : to.kind,
    failureKind: error.failure.kind,
    reason: `${error.message} ${to.model.displayName} answers instead.`,
  }
}
