import { asList, asObject, asText } from '@imrs/core'
import type { FinishReason, JsonObject, JsonValue, ModelPart, TokenUsage } from '@imrs/core'

import { isThought, signatureOf, toSignatureData } from './google-signatures.ts'
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
  'TOO_MANY_TOOL_CALLS',
  'MISSING_THOUGHT_SIGNATURE',
])

const UNSPECIFIED_REASONS: ReadonlySet<string> = new Set([
  'FINISH_REASON_UNSPECIFIED',
  'BLOCK_REASON_UNSPECIFIED',
  'BLOCKED_REASON_UNSPECIFIED',
])

/**
 * Reads the responses of one answer in their order; an answer in one piece is one response. Gemini
 * sends a function call whole. It may give the finish reason with every response: what comes after
 * one is part of the answer, and the latest counts.
 */
export class ResponseReader {
  readonly #newId: () => string
  readonly #toolCallIds = new Set<string>()
  #toolCalls = 0
  #characters = 0
  #hasOpenThought = false
  #reason: string | undefined
  #blockReason: string | undefined
  #usage: TokenUsage | undefined

  /** `newId`: for function calls, most of which have none. */
  constructor(newId: () => string) {
    this.#newId = newId
  }

  /** Set once Gemini gave a finish reason; it gives `STOP` after a function call as well. */
  get finishReason(): FinishReason | undefined {
    if (this.#reason === undefined) return undefined
    const finishReason = FINISH_REASONS[this.#reason] ?? 'stop'
    return finishReason === 'stop' && this.#toolCalls > 0 ? 'tool-calls' : finishReason
  }

  /** Whether there was anything to show beside the thoughts. */
  get hasContent(): boolean {
    return this.#characters > 0 || this.#toolCalls > 0
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
    const candidate = firstCandidate(object)
    if (candidate === undefined) return []
    this.#reason = reasonOf(candidate['finishReason']) ?? this.#reason
    const parts = asList(asObject(candidate['content'])?.['parts']) ?? []
    return parts.flatMap((part) => this.#readPart(asObject(part) ?? {}))
  }

  /** The end of thoughts that no signature ended. */
  reasoningEnd(): readonly ModelPart[] {
    return this.#hasOpenThought ? [{ type: 'reasoning-end' }] : []
  }

  #readPart(part: JsonObject): readonly ModelPart[] {
    const call = asObject(part['functionCall'])
    if (call !== undefined) return this.#readToolCall(call, part)
    return isThought(part) ? this.#readThought(part) : this.#readText(part)
  }

  #readThought(part: JsonObject): readonly ModelPart[] {
    const text = asText(part['text'])
    const signature = signatureOf(part)
    this.#hasOpenThought = signature === undefined && (text !== undefined || this.#hasOpenThought)
    return [
      ...(text === undefined ? [] : [{ type: 'reasoning-delta', text } as const]),
      ...(signature === undefined ? [] : [endOf({ part: 'thought', signature })]),
    ]
  }

  /** The signature of an answer in text stands on its last part, which may be empty. */
  #readText(part: JsonObject): readonly ModelPart[] {
    const text = asText(part['text'])
    const signature = signatureOf(part)
    const from = this.#characters
    this.#characters += text?.length ?? 0
    if (signature !== undefined) this.#hasOpenThought = false
    const to = this.#characters
    return [
      ...(text === undefined ? [] : [{ type: 'text-delta', text } as const]),
      ...(signature === undefined ? [] : [endOf({ part: 'text', signature, from, to })]),
    ]
  }

  #readToolCall(call: JsonObject, part: JsonObject): readonly ModelPart[] {
    const toolName = asText(call['name'])
    if (toolName === undefined) return []
    const toolCallId = asText(call['id']) ?? this.#newId()
    // A response that is sent twice must not call twice.
    if (this.#toolCallIds.has(toolCallId)) return []
    this.#toolCallIds.add(toolCallId)
    const input: JsonValue = asObject(call['args']) ?? {}
    const signature = signatureOf(part)
    const data = signature === undefined ? {} : { data: { thoughtSignature: signature } }
    this.#toolCalls += 1
    return [{ type: 'tool-call', toolCallId, toolName, input, ...data }]
  }
}

function endOf(signed: Parameters<typeof toSignatureData>[0]): ModelPart {
  return { type: 'reasoning-end', data: toSignatureData(signed) }
}

/** Only one answer was asked for; of more, the first is read. */
function firstCandidate(response: JsonObject | undefined): JsonObject | undefined {
  const candidates = (asList(response?.['candidates']) ?? []).map((one) => asObject(one) ?? {})
  return candidates.find(({ index }) => typeof index !== 'number' || index === 0)
}

function reasonOf(value: unknown): string | undefined {
  const reason = asText(value)
  return reason === undefined || UNSPECIFIED_REASONS.has(reason) ? undefined : reason
}
