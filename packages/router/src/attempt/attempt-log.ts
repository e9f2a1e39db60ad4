import type { Attempt, AttemptOutcome, FailureKind, Model, ModelPart, Runtime } from '@imrs/core'
import { costOfUsage } from '@imrs/core'

import type { PreparedRequest } from '../prepare/prepared-request.ts'

type UsageOfPart = Extract<ModelPart, { type: 'usage' }>

export interface AttemptLogOptions {
  readonly runtime: Runtime
  readonly prepared: PreparedRequest
  readonly model: Model
  /** 1 for the first call made for a message. */
  readonly position: number
}

/** Takes down one call as it goes, and gives its row of the ledger once it is over. */
export class AttemptLog {
  readonly model: Model
  readonly #options: AttemptLogOptions
  readonly #startedAtMs: number
  readonly #startedAt: number
  #firstPartMs: number | undefined
  #usage: UsageOfPart | undefined

  constructor(options: AttemptLogOptions) {
    this.model = options.model
    this.#options = options
    this.#startedAtMs = options.runtime.now()
    this.#startedAt = options.runtime.monotonic()
  }

  /** From the start to the first visible part, milliseconds. */
  get firstPartMs(): number | undefined {
    return this.#firstPartMs
  }

  get usage(): UsageOfPart | undefined {
    return this.#usage
  }

  elapsedMs(): number {
    return Math.round(this.#options.runtime.monotonic() - this.#startedAt)
  }

  partGivenOut(): void {
    this.#firstPartMs ??= this.elapsedMs()
  }

  /** A provider that reports more than once means the last time. */
  used(usage: UsageOfPart): void {
    this.#usage = usage
  }

  /** Computed from the catalogue's prices, else what the provider said; `undefined` is unknown. */
  costNanoUsd(): number | undefined {
    if (this.#usage === undefined) return undefined
    return costOfUsage(this.#usage.usage, this.model.pricing) ?? this.#usage.reportedCostNanoUsd
  }

  ended(outcome: AttemptOutcome, failureKind?: FailureKind): Attempt {
    const { prepared, position, runtime } = this.#options
    const { input, snapshot } = prepared
    return {
      id: runtime.newId(),
      messageId: input.messageId,
      decisionId: input.decisionId,
      ...snapshot.agent,
      userId: input.userId,
      position,
      cause: position === 1 ? 'first' : 'failover',
      providerId: this.model.providerId,
      modelId: this.model.id,
      outcome,
      failureKind,
      startedAtMs: this.#startedAtMs,
      firstPartMs: this.#firstPartMs,
      totalMs: this.elapsedMs(),
      usage: this.#usage?.usage,
      costNanoUsd: this.costNanoUsd(),
      reportedCostNanoUsd: this.#usage?.reportedCostNanoUsd,
      priceSource: this.model.pricing.source,
    }
  }
}
