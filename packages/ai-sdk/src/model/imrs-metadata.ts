import type { SharedV4ProviderMetadata } from '@ai-sdk/provider'
import type { AnswerPart, DecisionSource, FailureKind, FallbackPart, WarningPart } from '@imrs/core'

import { asObject } from '../shared/plain-json.ts'

/** A model that did not answer, and who took over. */
export type ImrsFallback = Pick<FallbackPart, 'from' | 'to' | 'step' | 'reason'> & {
  /** What the model before failed of; absent when it was never called. */
  readonly failureKind?: FailureKind | undefined
}

/** What the router says of an answer: `providerMetadata.imrs` of every result and every step. */
export interface ImrsMetadata {
  /** For `router.explain`. */
  readonly decisionId: string
  /** For `router.feedback`. */
  readonly messageId: string
  /** Catalogue id of the model that answered. */
  readonly modelId: string
  /** Catalogue id of the model that was chosen first; another one answered when there were fallbacks. */
  readonly chosenModelId: string
  readonly provider: string
  readonly taskType: string
  readonly source: DecisionSource
  readonly strategy: string
  /** The preset that was asked for; absent when none was. */
  readonly preset?: string | undefined
  /** One sentence for people. */
  readonly reason: string
  /** In the order they happened; empty when the first choice answered. */
  readonly fallbacks: readonly ImrsFallback[]
  /** What the caller should know besides; those known before the first word are warnings of the call, too. */
  readonly warnings: readonly Pick<WarningPart, 'code' | 'message'>[]
  /** US dollars of the call that answered; absent is unknown, never free. */
  readonly costUsd?: number | undefined
  readonly firstPartMs?: number | undefined
  readonly totalMs?: number | undefined
}

/** What the router says of a result of the AI SDK; `undefined` when no router answered. */
export function imrsMetadataOf(
  providerMetadata: SharedV4ProviderMetadata | undefined,
): ImrsMetadata | undefined {
  const metadata = asObject(providerMetadata?.['imrs'])
  // Nobody else writes under this name; one field tells an answer from a part of one.
  return typeof metadata?.['messageId'] === 'string'
    ? (metadata as unknown as ImrsMetadata)
    : undefined
}

/** Gathers {@link ImrsMetadata} from the parts of an answer. */
export class MetadataReader {
  #metadata: Partial<ImrsMetadata> = {}
  readonly #fallbacks: ImrsFallback[] = []
  readonly #warnings: Pick<WarningPart, 'code' | 'message'>[] = []

  /** Catalogue id of the model that answers, as far as it is known. */
  get modelId(): string | undefined {
    return this.#metadata.modelId
  }

  get warnings(): readonly Pick<WarningPart, 'code' | 'message'>[] {
    return this.#warnings
  }

  read(part: AnswerPart): void {
    switch (part.type) {
      case 'decision':
        this.#decided(part)
        break
      case 'fallback':
        this.#fallbacks.push(toFallback(part))
        this.#metadata = { ...this.#metadata, modelId: part.to }
        break
      case 'warning':
        this.#warnings.push({ code: part.code, message: part.message })
        break
      case 'usage':
        this.#metadata = { ...this.#metadata, costUsd: part.costUsd }
        break
      case 'end': {
        const { model: modelId, firstPartMs, totalMs } = part
        this.#metadata = { ...this.#metadata, modelId, firstPartMs, totalMs }
        break
      }
      default:
    }
  }

  toProviderMetadata(): SharedV4ProviderMetadata {
    const metadata = {
      ...this.#metadata,
      fallbacks: this.#fallbacks,
      warnings: this.#warnings,
    }
    // On a trip through JSON its undefined members are left out; what stays is JSON.
    return { imrs: JSON.parse(JSON.stringify(metadata)) } as SharedV4ProviderMetadata
  }

  #decided(part: Extract<AnswerPart, { type: 'decision' }>): void {
    const {
      type: _,
      model,
      modelName: _name,
      task: _task,
      requiredCapabilities: _needed,
      ...told
    } = part
    this.#metadata = { ...told, modelId: model, chosenModelId: model }
  }
}

function toFallback({ from, to, step, reason, failureKind }: FallbackPart): ImrsFallback {
  return { from, to, step, reason, ...(failureKind === undefined ? {} : { failureKind }) }
}
