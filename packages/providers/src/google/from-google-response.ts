import type { FinishReason, JsonObject, JsonValue, ModelPart, TokenUsage } from '@imrs/core'

import { asList, asObject, asText, isTrue } from '../shared/foreign-json.ts'
import { fromGoogleUsage } from './google-usage.ts'

/** What is not here, `OTHER` among it, is a `stop`: nothing more will come. */
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = Object.freeze({
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
  IMAGE_SAFETY: 'content-filter',
  IMAGE_PROHIBITED_CONTENT: 'content-filter',
  IMAGE_RECITATION: 'content-filter',
})

const MALFORMED_REASONS: ReadonlySet<string> = new Set([
  'MALFORMED_FUNCTION_CALL',
  'MALFORMED_RESPONSE',
  'UNEXPECTED_TOOL_CALL',
])

const UNSPECIFIED_REASONS: ReadonlySet<string> = new Set([
  'FINISH_REASON_UNSPECIFIED',
  'BLOCK_REASON_UNSPECIFIED',
  'BLOCKED_REASON_UNSPECIFIED',
])

/**
 * Reads the responses of one answer in their order; an answer in one piece is one response. Gemini
 * sends a function call whole.
 */
export class ResponseReader {
  #toolCalls = 0
  #hasText = false
  #reason: string | undefined
  #blockReason: string | undefined
  #usage: TokenUsage | undefined

  /** Set once Gemini gave a finish reason; it gives `STOP` after a function call as well. */
  get finishReason(): FinishReason | undefined {
    if (this.#reason === undefined) return undefined
    const finishReason = FINISH_REASONS[this.#reason] ?? 'stop'
    return finishReason === 'stop' && this.#toolCalls > 0 ? 'tool-calls' : finishReason
  }

  /** Whether there was anything to show beside the thoughts. */
  get hasContent(): boolean {
    return this.#hasText || this.#toolCalls > 0
  }

  /** Why the prompt was not answered at all. */
  get blockReason(): string | undefined {
    return this.#blockReason
  }

  /** Gemini gave up because the model wrote a function call that makes no sense. */
  get isMalformed(): boolean {
    return this.#reason !== undefined && MALFORMED_REASONS.has(this.#reason)
  }

  /** Every response says the sum so far: the last one counts. */
  get usage(): TokenUsage | undefined {
    return this.#usage
  }

  read(response: unknown): readonly ModelPart[] {
    const object = asObject(response)
    this.#usage = fromGoogleUsage(object?.['usageMetadata']) ?? this.#usage
    this.#blockReason ??= reasonOf(asObject(object?.['promptFeedback'])?.['blockReason'])
    const candidate = asObject(asList(object?.['candidates'])?.[0])
    if (candidate === undefined) return []
    this.#reason = reasonOf(candidate['finishReason']) ?? this.#reason
    const parts = asList(asObject(candidate['content'])?.['parts']) ?? []
    return parts.flatMap((part) => this.#readPart(asObject(part) ?? {}))
  }

  #readPart(part: JsonObject): readonly ModelPart[] {
    const toolCall = this.#readToolCall(asObject(part['functionCall']))
    if (toolCall !== undefined) return [toolCall]
    const text = asText(part['text'])
    if (text === undefined) return []
    if (isTrue(part['thought'])) return [{ type: 'reasoning-delta', text }]
    this.#hasText = true
    return [{ type: 'text-delta', text }]
  }

  #readToolCall(call: JsonObject | undefined): ModelPart | undefined {
    const toolName = asText(call?.['name'])
    if (call === undefined || toolName === undefined) return undefined
    const toolCallId = asText(call['id']) ?? `call_${this.#toolCalls}`
    const input: JsonValue = asObject(call['args']) ?? {}
    this.#toolCalls += 1
    return { type: 'tool-call', toolCallId, toolName, input }
  }
}

function reasonOf(value: unknown): string | undefined {
  const reason = asText(value)
  return reason === undefined || UNSPECIFIED_REASONS.has(reason) ? undefined : reason
}
