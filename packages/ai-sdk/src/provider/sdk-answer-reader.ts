import type {
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4ToolCall,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
} from '@ai-sdk/provider'
import type { FinishReason, JsonObject, JsonValue, ModelPart, ProviderFailure } from '@imrs/core'

import { plainObject } from '../shared/plain-json.ts'
import { fromSdkUsage } from '../shared/usage.ts'

/** What an answer turned out to be when it ended. */
export type SdkEnding =
  | { readonly kind: 'finished'; readonly parts: readonly ModelPart[] }
  | { readonly kind: 'failed'; readonly failure: ProviderFailure }

/**
 * Reads the parts of one answer of the AI SDK's. Text and thoughts come out at once; tool calls are
 * held back until the answer is known to be whole, so that none of a broken one is carried out.
 */
export class SdkAnswerReader {
  readonly #name: string
  readonly #toolCalls: LanguageModelV4ToolCall[] = []
  #hasText = false
  #hasThoughts = false
  #finishReason: LanguageModelV4FinishReason | undefined
  #usage: LanguageModelV4Usage | undefined

  /** `name`: of the provider, for people. */
  constructor(name: string) {
    this.#name = name
  }

  /** Files and sources are no parts of an answer here; tools that the provider calls itself are its own affair. */
  read(part: LanguageModelV4StreamPart): readonly ModelPart[] {
    switch (part.type) {
      case 'text-delta':
        if (part.delta === '') return []
        this.#hasText = true
        return [{ type: 'text-delta', text: part.delta }]
      case 'reasoning-delta':
        if (part.delta === '') return []
        this.#hasThoughts = true
        return [{ type: 'reasoning-delta', text: part.delta }]
      case 'reasoning-end':
        return this.#endOfThought(part.providerMetadata)
      case 'tool-call':
        if (part.providerExecuted !== true) this.#toolCalls.push(part)
        return []
      case 'finish':
        this.#finishReason = part.finishReason
        this.#usage = part.usage
        return []
      default:
        return []
    }
  }

  /** What the model said of the tokens, if it did. */
  get usage(): readonly ModelPart[] {
    const usage = this.#usage === undefined ? undefined : fromSdkUsage(this.#usage)
    return usage === undefined ? [] : [{ type: 'usage', usage }]
  }

  /** Called when nothing more comes. */
  ending(): SdkEnding {
    const reason = this.#finishReason
    if (reason === undefined || isBrokenOff(reason)) {
      return this.#failed('truncated', 'broke off before the answer was complete.')
    }
    if (reason.unified === 'error') return this.#failed('unavailable', 'failed while it answered.')
    const isFiltered = reason.unified === 'content-filter'
    if (isFiltered && !this.#hasText && this.#toolCalls.length === 0) {
      return this.#failed('content-filtered', 'refused to answer this.')
    }
    const parts: ModelPart[] = []
    for (const call of this.#toolCalls) {
      const part = toToolCallPart(call)
      if (part === undefined) {
        const kind = reason.unified === 'length' ? 'truncated' : 'malformed'
        return this.#failed(kind, 'sent a tool call that cannot be read.')
      }
      parts.push(part)
    }
    const finishReason = this.#toolCalls.length > 0 ? 'tool-calls' : toFinishReason(reason)
    return { kind: 'finished', parts: [...parts, { type: 'finish', finishReason }] }
  }

  #endOfThought(metadata: SharedV4ProviderMetadata | undefined): readonly ModelPart[] {
    const hadThoughts = this.#hasThoughts
    this.#hasThoughts = false
    if (!hadThoughts && metadata === undefined) return []
    return [{ type: 'reasoning-end', ...dataOf(metadata) }]
  }

  #failed(kind: ProviderFailure['kind'], predicate: string): SdkEnding {
    return { kind: 'failed', failure: { kind, message: `${this.#name} ${predicate}` } }
  }
}

/** `other` without the provider's word for it is what a model says that was never told why it ended. */
function isBrokenOff({ unified, raw }: LanguageModelV4FinishReason): boolean {
  return unified === 'interrupted' || (unified === 'other' && raw === undefined)
}

/** Tool calls that were announced and never came are none. */
function toFinishReason({ unified }: LanguageModelV4FinishReason): FinishReason {
  return unified === 'length' || unified === 'content-filter' ? unified : 'stop'
}

function toToolCallPart(call: LanguageModelV4ToolCall): ModelPart | undefined {
  const { toolCallId, toolName, input, providerMetadata } = call
  const parsed = parseInput(input)
  if (parsed === undefined) return undefined
  return {
    type: 'tool-call',
    toolCallId,
    toolName,
    input: parsed,
    ...dataOf(providerMetadata),
  }
}

/** A call of a tool that takes nothing may come without any text. */
function parseInput(input: string): JsonValue | undefined {
  try {
    // `JSON.parse` gives JSON and nothing else.
    return input.trim() === '' ? {} : (JSON.parse(input) as JsonValue)
  } catch {
    return undefined
  }
}

function dataOf(metadata: SharedV4ProviderMetadata | undefined): {
  readonly data?: JsonObject
} {
  return metadata === undefined ? {} : { data: plainObject(metadata) }
}
