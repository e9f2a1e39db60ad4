import type {
  Attempt,
  AttemptCause,
  FinishReason,
  ModelCall,
  ModelPart,
  Provider,
  ProviderError,
  WarningPart,
} from '@imrs/core'

import type { ReservedCall } from '../budgets/budgeted-call.ts'
import type { CallObserver } from '../observe/request-observer.ts'
import type { PlanStep } from '../plan/plan.ts'
import { admit } from './admission.ts'
import type { Admission, Refusal } from './admission.ts'
import type { AttemptContext, AttemptJob } from './attempt-context.ts'
import { AttemptLog } from './attempt-log.ts'
import type { CallEnd } from './breaker/call-end.ts'
import { brokenOff, toCallError } from './call-errors.ts'
import { LaneContent } from './lane-content.ts'
import type { AttemptEvent, AttemptEventOf } from './machine/attempt-event.ts'
import type { ContentPart } from './startup-buffer.ts'
import { toModelCall } from './to-model-call.ts'
import type { CallToModel } from './to-model-call.ts'

export interface LaneOptions {
  readonly context: AttemptContext
  readonly job: AttemptJob
  readonly id: number
  readonly step: PlanStep
  readonly provider: Provider
  readonly cause: AttemptCause
  readonly isRepetition: boolean
  /** Told what happens, from outside of any call of the lane's own methods. */
  readonly tell: (event: AttemptEvent) => void
}

/**
 * One call: is admitted, made, and read a part at a time, each only when it is asked for. What
 * happens is told as events of the attempt machine; the part itself is fetched with `taken`.
 */
export class LaneCall {
  readonly id: number
  readonly step: PlanStep
  readonly log: AttemptLog
  readonly #options: LaneOptions
  readonly #abort = new AbortController()
  readonly #content = new LaneContent()
  #admission: Admission | undefined
  #iterator: AsyncIterator<ModelPart> | undefined
  #isPulling = false
  #isOver = false
  #error: ProviderError | undefined
  #warnings: readonly WarningPart[] = []
  #observer: CallObserver | undefined
  #finishReason: FinishReason | undefined

  constructor(options: LaneOptions) {
    this.id = options.id
    this.step = options.step
    this.#options = options
    const { context, job, id, cause, step } = options
    const { runtime } = context
    const { prepared } = job
    this.log = new AttemptLog({ runtime, prepared, model: step.model, position: id, cause })
  }

  /** What it failed of, once it did. */
  get error(): ProviderError | undefined {
    return this.#error
  }

  /** Whether it is the call by which a breaker finds out whether the model is back. */
  get isProbe(): boolean {
    return this.#admission?.pass.isProbe ?? false
  }

  /** Never rejects: whatever goes wrong is told. */
  async begin(): Promise<void> {
    try {
      const { context, job, step, provider, isRepetition } = this.#options
      const { model } = step
      const { signal } = this.#abort
      const toModel = toModelCall(job.prepared, model)
      const { maxOutputTokens } = toModel.call
      const attemptId = this.log.id
      const applicant = { model, provider, isRepetition, attemptId, maxOutputTokens, signal }
      this.#decided(await admit(context, job, applicant), toModel)
    } catch (error) {
      this.#refused({ kind: 'refused', error: toCallError(error, this.step.model) })
    }
  }

  /** Asks for the next part; one at a time. */
  pull(): void {
    if (this.#isPulling || this.#isOver || this.#iterator === undefined) return
    this.#isPulling = true
    const iterator = this.#iterator
    const next = this.#observer?.within(() => iterator.next()) ?? iterator.next()
    next.then(this.#onNext, this.#onFailure)
  }

  /**
   * What the reader is told first, and what was held back so far; from now on every part with content
   * can be taken. Nothing, the second time.
   */
  commit(): { readonly warnings: readonly WarningPart[]; readonly parts: readonly ContentPart[] } {
    if (this.#content.isCommitted) return { warnings: [], parts: [] }
    return { warnings: this.#warnings, parts: this.#content.commit() }
  }

  /** The content that came with the last event. */
  taken(): readonly ContentPart[] {
    return this.#content.taken()
  }

  /** Nothing is told any more; the request ends, if it still runs. */
  end({ isFinished }: { readonly isFinished: boolean }): void {
    if (this.#isOver) return
    this.#isOver = true
    if (!isFinished) this.#abort.abort(ENDED)
    // Not awaited: an adapter that hangs in its own clean-up must not hold the answer back.
    this.#iterator?.return?.().then(undefined, () => undefined)
  }

  /** What was set aside for the call; `undefined` when it was not made, or no budget holds it. */
  get reserved(): ReservedCall | undefined {
    return this.#admission?.reserved
  }

  /** Tells who watches how it went. */
  observed(attempt: Attempt): void {
    this.#observer?.ended(attempt, this.#finishReason)
  }

  /** Tells the breaker how it went; the first time counts. */
  judged(end: CallEnd): void {
    this.#admission?.pass.ended(end)
  }

  #decided(verdict: Admission | Refusal, { call, warnings }: CallToModel): void {
    if (this.#isOver) {
      if (verdict.kind === 'admitted') giveBack(verdict)
      return
    }
    if (verdict.kind === 'refused') {
      this.#refused(verdict)
      return
    }
    this.#admission = verdict
    this.log.sent()
    this.#warnings = warnings
    const bounded = withinReserve(call, verdict)
    this.#observe(bounded)
    const parts = verdict.adapter.chat(bounded, { signal: this.#abort.signal })
    this.#iterator = parts[Symbol.asyncIterator]()
    this.#tell({ type: 'admitted', lane: this.id, atMs: this.#now() })
    this.pull()
  }

  #observe(call: ModelCall): void {
    const { job, provider, cause } = this.#options
    if (job.observer === undefined) return
    const { model } = this.step
    const names = { attemptId: this.log.id, position: this.id, cause }
    this.#observer = job.observer.callBegan({ model, provider, call, ...names })
  }

  #refused({ error, retryAtMs }: Refusal): void {
    this.#error = error
    const { failure } = error
    this.#tell({ type: 'refused', lane: this.id, failure, retryAtMs, atMs: this.#now() })
  }

  readonly #onNext = (next: IteratorResult<ModelPart>): void => {
    this.#isPulling = false
    if (this.#isOver) return
    try {
      this.#read(next)
    } catch (error) {
      this.#broke(error)
    }
  }

  #read(next: IteratorResult<ModelPart>): void {
    if (next.done === true) {
      this.#failed(brokenOff(this.step.model))
    } else {
      this.#came(next.value)
    }
  }

  readonly #onFailure = (error: unknown): void => {
    this.#isPulling = false
    if (this.#isOver) return
    try {
      this.#failed(toCallError(error, this.step.model))
    } catch (fault) {
      this.#broke(fault)
    }
  }

  /** A fault while a part was read is the end of the call: nobody waits for the promise that had it. */
  #broke(fault: unknown): void {
    this.#error = toCallError(fault, this.step.model)
    const { failure } = this.#error
    const atMs = this.#now()
    this.#tell({ type: 'failure', lane: this.id, failure, mayRetry: false, chance: 0, atMs })
  }

  #came(part: ModelPart): void {
    const lane = this.id
    switch (part.type) {
      case 'headers':
        this.log.headersCame()
        this.#tell({ type: 'headers', lane, atMs: this.#now() })
        return
      case 'usage':
        this.log.used(part)
        this.pull()
        return
      case 'finish': {
        const { finishReason } = part
        this.#finishReason = finishReason
        const isEmpty = !this.#content.isAnswer
        this.#tell({ type: 'finish', lane, finishReason, isEmpty, ...this.#repetition() })
        return
      }
      default:
        this.#contentCame(part)
    }
  }

  #contentCame(part: ContentPart): void {
    const seen = this.#content.add(part)
    if (seen === 'nothing' && this.#content.isCommitted) {
      this.pull()
      return
    }
    const isVisible = seen === 'shown'
    if (seen !== 'nothing') this.log.partCame(part, isVisible)
    this.#tell({ type: 'part', lane: this.id, isVisible, atMs: this.#now() })
  }

  #failed(error: ProviderError): void {
    this.#error = error
    const { failure } = error
    this.#tell({ type: 'failure', lane: this.id, failure, ...this.#repetition() })
  }

  /** Whether it may be made again, and how soon. */
  #repetition(): Pick<AttemptEventOf<'failure'>, 'mayRetry' | 'chance' | 'atMs'> {
    const { context, provider } = this.#options
    const mayRetry = context.retryBudget.hasOne(provider.id)
    return { mayRetry, chance: context.runtime.random(), atMs: this.#now() }
  }

  #tell(event: AttemptEvent): void {
    if (!this.#isOver) this.#options.tell(event)
  }

  #now(): number {
    return this.#options.context.runtime.monotonic()
  }
}

/** One for all calls: nobody sees it but the adapter, and a stack costs time. */
const ENDED = new Error('The call was ended')

/** A call that is not made after all. What fails to be released expires. */
function giveBack({ pass, reserved }: Admission): void {
  pass.ended({ kind: 'nothing' })
  void reserved?.release()
}

/** An answer that may be longer than what was reserved for it could cost more. */
function withinReserve(call: ModelCall, { reserved }: Admission): ModelCall {
  if (reserved?.maxOutputTokens === undefined) return call
  return { ...call, maxOutputTokens: reserved.maxOutputTokens }
}
