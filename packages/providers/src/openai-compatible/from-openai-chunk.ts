import type { FinishReason, JsonObject, JsonValue, ModelPart } from '@imrs/core'

import { asList, asObject, asText } from '../shared/foreign-json.ts'
import { fromOpenAiUsage } from './openai-usage.ts'

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = Object.freeze({
  stop: 'stop',
  eos: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
})

/** What a chunk, or a whole answer, can turn out to be. */
export type ChunkOutcome =
  | { readonly kind: 'parts'; readonly parts: readonly ModelPart[] }
  /** The server reports a failure inside a good answer. */
  | { readonly kind: 'failure'; readonly body: unknown }

interface PendingToolCall {
  readonly index: number | undefined
  id: string
  name: string
  input: string
}

/**
 * Reads the chunks of one answer in their order. Text comes out at once; a tool call when it is
 * whole, which is at the finish.
 */
export class ChunkReader {
  readonly #toolCalls: PendingToolCall[] = []
  #finishReason: FinishReason | undefined
  #hasText = false

  /** Set once the server gave a finish reason. */
  get finishReason(): FinishReason | undefined {
    return this.#finishReason
  }

  /** Whether there was anything to show beside the thinking. */
  get hasContent(): boolean {
    return this.#hasText || this.#toolCalls.length > 0
  }

  read(chunk: unknown): ChunkOutcome {
    const object = asObject(chunk) ?? {}
    const choice = asObject(asList(object['choices'])?.[0]) ?? {}
    const body = failureIn(object, choice)
    if (body !== undefined) return { kind: 'failure', body }
    const parts: ModelPart[] = []
    this.#readChoice(choice, parts)
    const usage = fromOpenAiUsage(object['usage'])
    if (usage !== undefined) parts.push(usage)
    return { kind: 'parts', parts }
  }

  /** The tool calls of the answer; `undefined` when the input of one is no JSON. */
  toolCalls(): readonly ModelPart[] | undefined {
    const parts: ModelPart[] = []
    for (const [position, call] of this.#toolCalls.entries()) {
      const input = parseInput(call.input)
      if (input === undefined || call.name === '') return undefined
      const toolCallId = call.id === '' ? `call_${position}` : call.id
      parts.push({ type: 'tool-call', toolCallId, toolName: call.name, input })
    }
    return parts
  }

  #readChoice(choice: JsonObject, parts: ModelPart[]): void {
    const delta = asObject(choice['delta']) ?? asObject(choice['message']) ?? {}
    const reasoning = reasoningOf(delta)
    if (reasoning !== undefined) parts.push({ type: 'reasoning-delta', text: reasoning })
    const text = asText(delta['content']) ?? asText(delta['refusal'])
    if (text !== undefined) {
      this.#hasText = true
      parts.push({ type: 'text-delta', text })
    }
    for (const call of asList(delta['tool_calls']) ?? []) this.#readToolCall(asObject(call) ?? {})
    const reason = asText(choice['finish_reason'])
    if (reason !== undefined) this.#finishReason = FINISH_REASONS[reason] ?? 'stop'
  }

  #readToolCall(delta: JsonObject): void {
    const given = asObject(delta['function'])
    const name = asText(given?.['name'])
    const id = asText(delta['id'])
    const index = typeof delta['index'] === 'number' ? delta['index'] : undefined
    let call = this.#continued({ index, id, name })
    if (call === undefined) {
      call = { index, id: '', name: '', input: '' }
      this.#toolCalls.push(call)
    }
    call.id = id ?? call.id
    call.name = name ?? call.name
    call.input += asText(given?.['arguments']) ?? ''
  }

  /** The call that a delta goes on with. Some servers leave the index out, or give all calls the same. */
  #continued({ index, id, name }: ToolCallMark): PendingToolCall | undefined {
    const isSame = (call: PendingToolCall): boolean => {
      if (index !== undefined) return call.index === index
      return id === undefined ? name === undefined : call.id === id
    }
    const known = this.#toolCalls.findLast(isSame)
    const isAnother = id !== undefined && name !== undefined && known?.id !== '' && known?.id !== id
    return isAnother ? undefined : known
  }
}

/** What a delta says of the call it belongs to. */
interface ToolCallMark {
  readonly index: number | undefined
  readonly id: string | undefined
  readonly name: string | undefined
}

/** Two say it in a text of its own, OpenRouter also in a list; that counts where the text is missing. */
function reasoningOf(delta: JsonObject): string | undefined {
  const text = asText(delta['reasoning']) ?? asText(delta['reasoning_content'])
  if (text !== undefined) return text
  const details = (asList(delta['reasoning_details']) ?? []).map((detail) => asObject(detail) ?? {})
  return asText(details.map((one) => asText(one['text']) ?? asText(one['summary']) ?? '').join(''))
}

/** What a server reports with status 200: beside the choices, inside one, or by its finish reason alone. */
function failureIn(chunk: JsonObject, choice: JsonObject): unknown {
  const error = isReported(choice['error']) ? choice['error'] : chunk['error']
  if (isReported(error)) return { error }
  return choice['finish_reason'] === 'error' ? { error: {} } : undefined
}

function isReported(error: JsonValue | undefined): boolean {
  return error !== undefined && error !== null
}

/** A call without arguments has none to parse. */
function parseInput(text: string): JsonValue | undefined {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
