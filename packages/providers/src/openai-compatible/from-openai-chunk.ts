import type { FinishReason, JsonObject, JsonValue, ModelPart } from '@imrs/core'

import { asList, asObject, asText } from '../shared/foreign-json.ts'
import { fromOpenAiUsage } from './openai-usage.ts'

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = Object.freeze({
  stop: 'stop',
  eos: 'stop',
  length: 'length',
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
  id: string
  name: string
  input: string
}

/**
 * Reads the chunks of one answer in their order. Text comes out at once; a tool call when it is
 * whole, which is at the finish.
 */
export class ChunkReader {
  readonly #toolCalls = new Map<number, PendingToolCall>()
  #finishReason: FinishReason | undefined

  /** Set once the server gave a finish reason. */
  get finishReason(): FinishReason | undefined {
    return this.#finishReason
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
    for (const [index, call] of [...this.#toolCalls].sort(([left], [right]) => left - right)) {
      const input = parseInput(call.input)
      if (input === undefined || call.name === '') return undefined
      const toolCallId = call.id === '' ? `call_${index}` : call.id
      parts.push({ type: 'tool-call', toolCallId, toolName: call.name, input })
    }
    return parts
  }

  #readChoice(choice: JsonObject, parts: ModelPart[]): void {
    const delta = asObject(choice['delta']) ?? asObject(choice['message']) ?? {}
    const reasoning = asText(delta['reasoning']) ?? asText(delta['reasoning_content'])
    if (reasoning !== undefined) parts.push({ type: 'reasoning-delta', text: reasoning })
    const text = asText(delta['content']) ?? asText(delta['refusal'])
    if (text !== undefined) parts.push({ type: 'text-delta', text })
    for (const [position, call] of (asList(delta['tool_calls']) ?? []).entries()) {
      this.#readToolCall(asObject(call) ?? {}, position)
    }
    const reason = asText(choice['finish_reason'])
    if (reason !== undefined) this.#finishReason = FINISH_REASONS[reason] ?? 'stop'
  }

  #readToolCall(call: JsonObject, position: number): void {
    const index = typeof call['index'] === 'number' ? call['index'] : position
    const known = this.#toolCalls.get(index) ?? { id: '', name: '', input: '' }
    const given = asObject(call['function'])
    this.#toolCalls.set(index, {
      id: asText(call['id']) ?? known.id,
      name: asText(given?.['name']) ?? known.name,
      input: known.input + (asText(given?.['arguments']) ?? ''),
    })
  }
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
