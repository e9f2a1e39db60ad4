import type { AnswerPart, Model } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import type { AnswerProgress } from '../answer/answer-progress.ts'
import type { PlanStep } from '../plan/plan.ts'
import type { AttemptContext, AttemptJob } from './attempt-context.ts'
import { Deadline } from './deadline.ts'
import { LaneCall } from './lane-call.ts'
import type { AttemptEffect, CancelReason } from './machine/attempt-effect.ts'
import type { AttemptEvent } from './machine/attempt-event.ts'
import type { AttemptPlan } from './machine/attempt-plan.ts'
import { isOver } from './machine/attempt-state.ts'
import type { AttemptState, FailedCall } from './machine/attempt-state.ts'
import { nextDeadline } from './machine/deadlines.ts'
import { transition } from './machine/transition.ts'
import { recordEnd } from './record-end.ts'
import { fallbackPart, namedFailure, toAnswerPart, usagePart } from './run-parts.ts'
import { providerOf, toAttemptPlan } from './to-attempt-plan.ts'
import { stepAt, toTrial } from './trial.ts'
import type { Trial } from './trial.ts'

/**
 * Carries one answer out: feeds the attempt machine with what happens, and does what it says. Reads
 * from a provider only while somebody waits for a part; everything is ended by `close`.
 */
export class AttemptRun {
  readonly #context: AttemptContext
  readonly #job: AttemptJob
  readonly #progress: AnswerProgress
  readonly #plan: AttemptPlan
  readonly #lanes = new Map<number, LaneCall>()
  readonly #called = new Set<string>()
  /** By lane: the errors as they came, of calls that are over. */
  readonly #errors = new Map<number, ProviderError>()
  readonly #deadline: Deadline
  #state: AttemptState = { kind: 'new' }
  readonly #inbox: AttemptEvent[] = []
  readonly #outbox: AnswerPart[] = []
  #broken: Error | undefined
  #wake: (() => void) | undefined
  #isApplying = false
  #lastLane: LaneCall | undefined

  constructor(context: AttemptContext, job: AttemptJob, progress: AnswerProgress) {
    this.#context = context
    this.#job = job
    this.#progress = progress
    this.#plan = toAttemptPlan(context, job)
    this.#deadline = new Deadline(context.runtime, () =>
      this.#tell({ type: 'tick', ...this.#at() }),
    )
    for (const signal of job.signals) {
      if (signal.aborted) this.#onAbort()
      else signal.addEventListener('abort', this.#onAbort, { once: true })
    }
  }

  /** The next part of the answer; `undefined` when it is over, and `trial` says how. */
  async next(): Promise<AnswerPart | undefined> {
    for (;;) {
      const part = this.#outbox.shift()
      if (part !== undefined) return part
      if (this.#broken !== undefined) throw this.#broken
      if (isOver(this.#state)) return undefined
      this.#wantMore()
      if (this.#outbox.length === 0) await this.#somethingHappens()
    }
  }

  /** How it ended. Of a run that is not over: as if the caller had left. */
  get trial(): Trial {
    return toTrial(this.#state, {
      job: this.#job,
      errorOf: (call) => this.#errorOf(call),
      toWallMs: this.#context.runtime.now() - this.#context.runtime.monotonic(),
      lastLane: this.#lastLane,
    })
  }

  /** Ends everything that still runs, as an abort does. Idempotent. */
  close(): void {
    if (!isOver(this.#state)) this.#onAbort()
    this.#deadline.stop()
    this.#endTheRest()
    for (const signal of this.#job.signals) signal.removeEventListener('abort', this.#onAbort)
  }

  /** What a fault of ours left behind: the machine counts it as over. */
  #endTheRest(): void {
    for (const lane of this.#lanes.values()) {
      lane.end({ isFinished: false })
      lane.judged({ kind: 'nothing' })
    }
    this.#lanes.clear()
  }

  #wantMore(): void {
    if (this.#state.kind === 'new') this.#tell({ type: 'start', ...this.#at() })
    if (this.#state.kind !== 'committed') return
    this.#tell({ type: 'pulled', ...this.#at() })
    this.#lanes.get(this.#state.lane.id)?.pull()
  }

  async #somethingHappens(): Promise<void> {
    if (isOver(this.#state) || this.#broken !== undefined) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    await promise
  }

  /**
   * At once, also when nobody waits for a part: a deadline holds while the reader is away, and a
   * provider is not to go on for nothing.
   */
  readonly #tell = (event: AttemptEvent): void => {
    this.#inbox.push(event)
    if (this.#isApplying) return
    this.#isApplying = true
    try {
      for (let next = this.#inbox.shift(); next !== undefined; next = this.#inbox.shift()) {
        this.#apply(next)
      }
    } catch (error) {
      // A fault of ours is the reader's to see, not the process's to die of.
      this.#broken ??= error instanceof Error ? error : new Error('It broke', { cause: error })
    } finally {
      this.#isApplying = false
      this.#wake?.()
      this.#wake = undefined
    }
  }

  readonly #onAbort = (): void => this.#tell({ type: 'abort', ...this.#at() })

  #apply(event: AttemptEvent): void {
    const { state, effects } = transition(this.#plan, this.#state, event)
    this.#state = state
    if (event.type === 'part') this.#giveOut(event.lane)
    // What an empty answer gave is shown after who gave it; a failure is known before the next call.
    const isFinished = state.kind === 'finished'
    if (!isFinished) this.#settle(event)
    for (const effect of effects) this.#perform(effect)
    if (isFinished) this.#settle(event)
    this.#deadline.set(nextDeadline(this.#plan, state))
    if (state.kind === 'trying') for (const lane of this.#lanes.values()) lane.pull()
  }

  /** A call that ended by itself: what it used is known before anything else begins. */
  #settle(event: AttemptEvent): void {
    const isEnd = event.type === 'finish' || event.type === 'failure' || event.type === 'refused'
    const lane = isEnd ? this.#lanes.get(event.lane) : undefined
    if (lane === undefined) return
    const memory = 'memory' in this.#state ? this.#state.memory : undefined
    const failed = memory?.failures.find((call) => call.lane === lane.id)
    // An answer that may be empty is committed by its end.
    if (failed === undefined && event.type === 'finish') this.#commit(lane)
    this.#ended(lane, failed === undefined ? { kind: 'finished' } : { kind: 'failed', ...failed })
  }

  #perform(effect: AttemptEffect): void {
    switch (effect.type) {
      case 'call':
        this.#call(effect)
        return
      case 'announce':
        this.#outbox.push(this.#fallback(effect))
        return
      case 'commit': {
        const lane = this.#lanes.get(effect.lane)
        if (lane !== undefined) this.#commit(lane)
        return
      }
      case 'cancel': {
        const lane = this.#lanes.get(effect.lane)
        if (lane !== undefined) this.#ended(lane, effect.why)
      }
    }
  }

  #call({ lane: id, step: index, cause }: Extract<AttemptEffect, { type: 'call' }>): void {
    const step = this.#step(index)
    const provider = providerOf(this.#job, step.model)
    const lane = new LaneCall({
      context: this.#context,
      job: this.#job,
      id,
      step,
      provider,
      cause,
      isRepetition: this.#called.has(provider.id),
      tell: this.#tell,
    })
    this.#called.add(provider.id)
    this.#lanes.set(id, lane)
    this.#lastLane = lane
    void lane.begin()
  }

  #commit(lane: LaneCall): void {
    const { warnings, parts } = lane.commit()
    this.#outbox.push(...warnings)
    for (const part of parts) this.#show(lane, part)
    // Those who wait for what a probe finds out need not wait for its end.
    if (lane.isProbe) lane.judged({ kind: 'success' })
  }

  #giveOut(id: number): void {
    const lane = this.#lanes.get(id)
    if (lane !== undefined) for (const part of lane.taken()) this.#show(lane, part)
  }

  #show(lane: LaneCall, content: Parameters<typeof toAnswerPart>[0]): void {
    const part = toAnswerPart(content, lane.step.model)
    this.#progress.givenOut(part)
    this.#outbox.push(part)
  }

  #ended(lane: LaneCall, why: CancelReason | { readonly kind: 'finished' }): void {
    this.#lanes.delete(lane.id)
    if (why.kind === 'failed') {
      const error = lane.error ?? this.#machineError(lane.step.model, why.failure)
      this.#errors.set(lane.id, error)
    }
    lane.end({ isFinished: why.kind === 'finished' })
    recordEnd(this.#context, this.#progress, { lane, why })
    if (this.#isAnswer(lane)) {
      this.#lastLane = lane
      const usage = usagePart(lane.log)
      if (usage !== undefined) this.#outbox.push(usage)
    }
  }

  /** Whether what the reader has seen, or is about to, is of this call. */
  #isAnswer({ id }: LaneCall): boolean {
    const state = this.#state
    if (state.kind === 'finished') return state.lane.id === id
    return state.kind === 'failed' && state.committed?.id === id
  }

  #fallback({ from, to, failure }: Extract<AttemptEffect, { type: 'announce' }>): AnswerPart {
    const [source, target] = [this.#step(from), this.#step(to)]
    const call =
      failure === undefined ? undefined : this.#failures().findLast(({ step }) => step === from)
    const error = call === undefined ? undefined : this.#errorOf(call)
    return fallbackPart({ from: source, to: target, error })
  }

  #failures(): readonly FailedCall[] {
    return 'memory' in this.#state ? (this.#state.memory?.failures ?? []) : []
  }

  #errorOf({ lane, step, failure }: FailedCall): ProviderError {
    return this.#errors.get(lane) ?? this.#machineError(this.#step(step).model, failure)
  }

  #machineError(model: Model, failure: FailedCall['failure']): ProviderError {
    const of = { providerId: model.providerId, modelId: model.id }
    return new ProviderError(namedFailure(failure, model), of)
  }

  #step(index: number): PlanStep {
    return stepAt(this.#job, index)
  }

  #at(): { readonly atMs: number } {
    return { atMs: this.#context.runtime.monotonic() }
  }
}
