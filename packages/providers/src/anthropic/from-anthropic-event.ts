import { asList, asObject, asText } from '@imrs/core'
import type { FinishReason, JsonObject, JsonValue, ModelPart, TokenUsage } from '@imrs/core'

import { toThoughtData } from './anthropic-places.ts'
import { fromAnthropicUsage } from './anthropic-usage.ts'

/** What is not here is a `stop`: nothing more will come. */
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = Object.freeze({
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  // The API had the model stop in the middle of what it does there.
  pause_turn: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
})

interface OpenBlock {
  readonly type: string
  readonly id: string
  readonly name: string
  /** Of a thought that is not shown. */
  readonly data: string
  input: string
  signature: string
}

/** How a reader treats what is its own business. */
export interface EventReaderOptions {
  /** The tool whose input is the answer's text. */
  readonly answerTool: string | undefined
  /** For tool calls without an id. */
  readonly newId: () => string
}

/**
 * Reads the events of one answer in their order; an answer in one piece is read with
 * {@link readMessage}. Text comes out at once, a tool call when its block has ended.
 */
export class EventReader {
  readonly #options: EventReaderOptions
  readonly #blocks = new Map<number, OpenBlock>()
  #usage: JsonObject = {}
  #isUsageFinal = false
  #stopReason: string | undefined
  #isEnded = false
  #isUnreadable = false
  /** A call without input: only what comes next tells whether its input was cut off. */
  #bareCall: ModelPart | undefined
  #toolCalls = 0
  #characters = 0

  constructor(options: EventReaderOptions) {
    this.#options = options
  }

  /**
   * Set once the API has said why the model stopped. That is said after the last block, so that the
   * answer is complete then, with the end mark after it and without.
   */
  get finishReason(): FinishReason | undefined {
    if (this.#stopReason === undefined) return undefined
    const finishReason = FINISH_REASONS[this.#stopReason] ?? 'stop'
    if (this.#toolCalls > 0) return 'tool-calls'
    return finishReason === 'tool-calls' ? 'stop' : finishReason
  }

  /** The API's own end mark has come: nothing is read after it. */
  get isEnded(): boolean {
    return this.#isEnded
  }

  /**
   * A tool call cannot be read: it was cut off, by the end of the answer or because that was too
   * long, or its input is no JSON.
   */
  get unreadable(): 'truncated' | 'malformed' | undefined {
    const isOpen = [...this.#blocks.values()].some(({ type }) => type === 'tool_use')
    if (isOpen || this.#bareCall !== undefined) return 'truncated'
    if (!this.#isUnreadable) return undefined
    return this.#isCutShort ? 'truncated' : 'malformed'
  }

  /** Set once the API has said what the answer took: what it says at its start is a placeholder. */
  get usage(): TokenUsage | undefined {
    return this.#isUsageFinal ? fromAnthropicUsage(this.#usage) : undefined
  }

  read(value: unknown): readonly ModelPart[] {
    const event = asObject(value) ?? {}
    switch (event['type']) {
      case 'message_start':
        this.#note(asObject(event['message']))
        return []
      case 'content_block_start':
        return this.#start(indexOf(event), asObject(event['content_block']))
      case 'content_block_delta':
        return this.#continue(indexOf(event), asObject(event['delta']))
      case 'content_block_stop':
        return this.#end(indexOf(event))
      case 'message_delta':
        this.#note({ ...asObject(event['delta']), usage: event['usage'] ?? null })
        this.#isUsageFinal ||= asObject(event['usage']) !== undefined
        return this.#isCutShort ? [] : this.#bareCalls()
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
    this.#note(message)
    this.#isUsageFinal = true
    const parts = (asList(message['content']) ?? []).flatMap((content, index) => {
      const block = asObject(content) ?? {}
      return [...this.#start(index, block), ...this.#end(index)]
    })
    return this.#isCutShort ? parts : [...parts, ...this.#bareCalls()]
  }

  get #isCutShort(): boolean {
    return FINISH_REASONS[this.#stopReason ?? ''] === 'length'
  }

  #bareCalls(): readonly ModelPart[] {
    const call = this.#bareCall
    this.#bareCall = undefined
    if (call === undefined) return []
    this.#toolCalls += 1
    return [call]
  }

  #note(message: JsonObject = {}): void {
    this.#stopReason = asText(message['stop_reason']) ?? this.#stopReason
    // Each report is the sum so far; what it leaves out has not changed.
    const told = Object.entries(asObject(message['usage']) ?? {}).filter(
      ([, value]) => value !== null,
    )
    this.#usage = { ...this.#usage, ...Object.fromEntries(told) }
  }

  #start(index: number, block: JsonObject = {}): readonly ModelPart[] {
    const input = asObject(block['input'])
    this.#blocks.set(index, {
      type: asText(block['type']) ?? '',
      id: asText(block['id']) ?? this.#options.newId(),
      name: asText(block['name']) ?? '',
      data: asText(block['data']) ?? '',
      // A stream begins with an empty object and sends the input after it.
      input: input === undefined || Object.keys(input).length === 0 ? '' : JSON.stringify(input),
      signature: '',
    })
    return [...this.#bareCalls(), ...this.#continue(index, block)]
  }

  #continue(index: number, delta: JsonObject = {}): readonly ModelPart[] {
    const block = this.#blocks.get(index)
    if (block !== undefined) {
      block.input += asText(delta['partial_json']) ?? ''
      block.signature += asText(delta['signature']) ?? ''
    }
    const thinking = asText(delta['thinking'])
    if (thinking !== undefined) return [{ type: 'reasoning-delta', text: thinking }]
    const text = asText(delta['text'])
    return text === undefined ? [] : [this.#said(text)]
  }

  /** Tools that run at the provider are `server_tool_use`: nobody here has to call them. */
  #end(index: number): readonly ModelPart[] {
    const block = this.#blocks.get(index)
    this.#blocks.delete(index)
    switch (block?.type) {
      case 'tool_use':
        return this.#toolCall(block)
      case 'thinking':
      case 'redacted_thinking':
        return [this.#thought(block)]
      default:
        return []
    }
  }

  #toolCall({ id, name, input: text }: OpenBlock): readonly ModelPart[] {
    const input = parseInput(text)
    if (input === undefined || name === '') {
      this.#isUnreadable = true
      return []
    }
    if (name === this.#options.answerTool) return [this.#said(JSON.stringify(input))]
    const call: ModelPart = { type: 'tool-call', toolCallId: id, toolName: name, input }
    if (text === '') {
      this.#bareCall = call
      return []
    }
    this.#toolCalls += 1
    return [call]
  }

  #thought({ type, signature, data }: OpenBlock): ModelPart {
    const place = { characters: this.#characters, toolCalls: this.#toolCalls }
    if (type === 'redacted_thinking' && data !== '') {
      return { type: 'reasoning-end', data: toThoughtData({ type, data, ...place }) }
    }
    if (type !== 'thinking' || signature === '') return { type: 'reasoning-end' }
    return { type: 'reasoning-end', data: toThoughtData({ type, signature, ...place }) }
  }

  #said(text: string): ModelPart {
    this.#characters += text.length
    return { type: 'text-delta', text }
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
