import type {
  Attempt,
  AttemptCause,
  AttemptOutcome,
  FailureKind,
  Model,
  ModelPart,
  Runtime,
  TokenUsage,
} from '@imrs/core'
import { costOfUsage, pricesFor } from '@imrs/core'

import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { tokensOfText } from '../task/index.ts'

type UsageOfPart = Extract<ModelPart, { type: 'usage' }>

export interface AttemptLogOptions {
  readonly runtime: Runtime
  readonly prepared: PreparedRequest
  readonly model: Model
  /** 1 for the first lane of a message. */
  readonly position: number
  readonly cause: AttemptCause
}

/** How a call ended. */
export interface AttemptEnd {
  readonly outcome: AttemptOutcome
  readonly failureKind?: FailureKind | undefined
}

/** Takes down one call as it goes, and gives its row of the ledger once it is over. */
export class AttemptLog {
  readonly id: string
  readonly model: Model
  readonly #options: AttemptLogOptions
  #startedAtMs = 0
  #startedAt: number | undefined
  #headersMs: number | undefined
  #firstPartMs: number | undefined
  #outputTokens = 0
  #hasContent = false
  #usage: UsageOfPart | undefined
  #cost: { readonly usage: TokenUsage; readonly nanoUsd: number | undefined } | undefined

  constructor(options: AttemptLogOptions) {
    this.id = options.runtime.newId()
    this.model = options.model
    this.#options = options
  }

  /** Whether the call was made at all: what was not has no row. */
  get wasSent(): boolean {
    return this.#startedAt !== undefined
  }

  /** From the start to the first visible part, milliseconds. */
  get firstPartMs(): number | undefined {
    return this.#firstPartMs
  }

  /** What the provider said, the last time it did. */
  get usage(): UsageOfPart | undefined {
    return this.#usage
  }

  sent(): void {
    const { runtime } = this.#options
    this.#startedAtMs = runtime.now()
    this.#startedAt = runtime.monotonic()
  }

  headersCame(): void {
    this.#headersMs ??= this.#elapsedMs()
  }

  /** A part with content came; `isVisible`: it may be shown. */
  partCame(part: ModelPart, isVisible: boolean): void {
    this.#headersMs ??= this.#elapsedMs()
    this.#hasContent = true
    if (isVisible) this.#firstPartMs ??= this.#elapsedMs()
    if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
      this.#outputTokens += tokensOfText(part.text)
    } else if (part.type === 'tool-call') {
      this.#outputTokens += tokensOfText(JSON.stringify(part.input))
    }
  }

  /** A provider that reports more than once means the last time. */
  used(usage: UsageOfPart): void {
    this.#usage = usage
  }

  /** Computed from the catalogue's prices, else what the provider said; `undefined` is unknown. */
  costNanoUsd(usage: TokenUsage | undefined = this.#usage?.usage): number | undefined {
    if (usage === undefined) return undefined
    // Asked for twice, for the reader and for the ledger.
    if (this.#cost?.usage !== usage) {
      const computed = costOfUsage(usage, this.model.pricing)
      this.#cost = { usage, nanoUsd: computed ?? this.#usage?.reportedCostNanoUsd }
    }
    return this.#cost.nanoUsd
  }

  ended({ outcome, failureKind }: AttemptEnd): Attempt {
    const { prepared, position, cause } = this.#options
    const { input, snapshot } = prepared
    const { pricing, syncedAtMs } = this.model
    const usage = this.#usage?.usage ?? this.#estimated({ outcome, failureKind })
    return {
      id: this.id,
      messageId: input.messageId,
      decisionId: input.decisionId,
      ...snapshot.agent,
      userId: input.userId,
      position,
      cause,
      providerId: this.model.providerId,
      modelId: this.model.id,
      outcome,
      failureKind,
      startedAtMs: this.#startedAtMs,
      headersMs: this.#headersMs,
      firstPartMs: this.#firstPartMs,
      totalMs: this.#elapsedMs(),
      usage,
      usageSource: usage === undefined ? undefined : this.#usageSource(),
      price: pricesFor(usage?.inputTokens ?? input.inputTokens, pricing),
      costNanoUsd: this.costNanoUsd(usage),
      reportedCostNanoUsd: this.#usage?.reportedCostNanoUsd,
      priceSource: pricing.source,
      priceAsOfMs: syncedAtMs ?? this.model.updatedAtMs,
    }
  }

  #usageSource(): 'provider' | 'estimate' {
    return this.#usage === undefined ? 'estimate' : 'provider'
  }

  /**
   * What a call that ended early is likely to be charged for: the prompt once the provider has it,
   * and what came of the answer. Nothing is guessed for a call that the provider refused.
   */
  #estimated({ outcome, failureKind }: AttemptEnd): TokenUsage | undefined {
    const wasRefused = outcome === 'failed' && failureKind?.startsWith('timeout-') !== true
    if (wasRefused && !this.#hasContent) return undefined
    const { inputTokens } = this.#options.prepared.input
    return { inputTokens, outputTokens: Math.ceil(this.#outputTokens) }
  }

  #elapsedMs(): number {
    if (this.#startedAt === undefined) return 0
    // Microseconds are noise, and long to print.
    return Math.round((this.#options.runtime.monotonic() - this.#startedAt) * 1000) / 1000
  }
}
