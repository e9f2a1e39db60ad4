import type { FinishReason, JsonObject, JsonValue, ModelPart, TokenUsage } from '@imrs/core'

import { asList, asObject, asText } from '../shared/foreign-json.ts'
import { fromAnthropicUsage } from './anthropic-usage.ts'

/** What is not here, `pause_turn` among it, is a `stop`: nothing more will come. */
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = Object.freeze({
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
})

interface OpenBlock {
  readonly type: string
  readonly id: string
  readonly name: string
  input: string
}

/**
 * Reads the events of one answer in their order; an answer in one piece is read with
 * {@link readMessage}. Text comes out at once, a tool call when its block has ended.
 */
export class EventReader {
  readonly #answerTool: string | undefined
  readonly #blocks = new Map<number, OpenBlock>()
  #usage: JsonObject = {}
  #stopReason: string | undefined
  #isEnded = false
  #isUnreadable = false
  #toolCalls = 0

  /** `answerTool`: the tool whose input is the answer's text. */
  constructor(answerTool: string | undefined) {
    this.#answerTool = answerTool
  }

  /** Set once the API has said that the answer is complete. */
  get finishReason(): FinishReason | undefined {
    if (!this.#isEnded || this.#stopReason === undefined) return undefined
    const finishReason = FINISH_REASONS[this.#stopReason] ?? 'stop'
    if (this.#toolCalls > 0) return 'tool-calls'
    return finishReason === 'tool-calls' ? 'stop' : finishReason
  }

  /** The input of a tool call is no JSON: cut off when the answer was too long, else wrong. */
  get unreadable(): 'truncated' | 'malformed' | undefined {
    if (!this.#isUnreadable) return undefined
    return FINISH_REASONS[this.#stopReason ?? ''] === 'length' ? 'truncated' : 'malformed'
  }

  get usage(): TokenUsage | undefined {
    return fromAnthropicUsage(this.#usage)
  }

  read(value: unknown): readonly ModelPart[] {
    const event = asObject(value) ?? {}
    switch (event['type']) {
      case 'message_start':
        this.#note(asObject(event['message']) ?? {})
        return []
      case 'content_block_start':
        return this.#start(indexOf(event), asObject(event['content_block']) ?? {})
      case 'content_block_delta':
        return this.#continue(indexOf(event), asObject(event['delta']) ?? {})
      case 'content_block_stop':
        return this.#end(indexOf(event))
      case 'message_delta':
        this.#note({ ...asObject(event['delta']), usage: event['usage'] ?? null })
        return []
      case 'message_stop':
        this.#isEnded = true
        return []
      default:
        // What is not known yet is not needed yet.
        return []
    }
  }

  /** An answer in one piece. */
  readMessage(value: unknown): readonly ModelPart[] {
    const message = asObject(value) ?? {}
    const parts = (asList(message['content']) ?? []).flatMap((content, index) => {
      const block = asObject(content) ?? {}
      return [...this.#start(index, block), ...this.#end(index)]
    })
    this.#note(message)
    this.#isEnded = true
    return parts
  }

  #note(message: JsonObject): void {
    this.#stopReason = asText(message['stop_reason']) ?? this.#stopReason
    // Each report is the sum so far; what it leaves out has not changed.
    const told = Object.entries(asObject(message['usage']) ?? {}).filter(
      ([, value]) => value !== null,
    )
    this.#usage = { ...this.#usage, ...Object.fromEntries(told) }
  }

  #start(index: number, block: JsonObject): readonly ModelPart[] {
    const type = asText(block['type']) ?? ''
    const input = asObject(block['input'])
    this.#blocks.set(index, {
      type,
      id: asText(block['id']) ?? `call_${index}`,
      name: asText(block['name']) ?? '',
      // A stream begins with an empty object and sends the input after it.
      input: input === undefined || Object.keys(input).length === 0 ? '' : JSON.stringify(input),
    })
    return this.#continue(index, block)
  }

  #continue(index: number, delta: JsonObject): readonly ModelPart[] {
    const block = this.#blocks.get(index)
    const json = asText(delta['partial_json'])
    if (block !== undefined && json !== undefined) block.input += json
    const thinking = asText(delta['thinking'])
    if (thinking !== undefined) return [{ type: 'reasoning-delta', text: thinking }]
    const text = asText(delta['text'])
    return text === undefined ? [] : [{ type: 'text-delta', text }]
  }

  /** Tools that run at the provider are `server_tool_use`: nobody here has to call them. */
  #end(index: number): readonly ModelPart[] {
    const block = this.#blocks.get(index)
    this.#blocks.delete(index)
    if (block?.type !== 'tool_use') return []
    const input = parseInput(block.input)
    if (input === undefined || block.name === '') {
      this.#isUnreadable = true
      return []
    }
    if (block.name === this.#answerTool)
      return [{ type: 'text-delta', text: JSON.stringify(input) }]
    this.#toolCalls += 1
    return [{ type: 'tool-call', toolCallId: block.id, toolName: block.name, input }]
  }
}

function indexOf(event: JsonObject): number {
  return typeof event['index'] === 'number' ? event['index'] : 0
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
