import { asObject, asText } from '@imrs/core'
import type {
  AssistantMessage,
  ChatMessage,
  FileContent,
  JsonObject,
  ToolCall,
  UserContent,
} from '@imrs/core'

import { ownData } from '../shared/own-data.ts'
import type { CallTarget } from '../shared/own-data.ts'
import { withToolCallIds } from '../shared/tool-call-ids.ts'
import type { ToolCallIdRule } from '../shared/tool-call-ids.ts'
import { readThoughtData } from './anthropic-places.ts'
import type { ThoughtPlace } from './anthropic-places.ts'

/** A turn of the conversation as the API has it; neighbours with the same role are one turn. */
export interface AnthropicTurn {
  readonly role: 'user' | 'assistant'
  readonly content: readonly JsonObject[]
}

const IDS: ToolCallIdRule = { fits: /^[a-zA-Z0-9_-]+$/, length: 24 }

/** The conversation without what the system says. */
export function toAnthropicTurns(target: CallTarget): readonly AnthropicTurn[] {
  const turns: { role: AnthropicTurn['role']; content: JsonObject[] }[] = []
  for (const message of withToolCallIds(target.call.messages, IDS)) {
    const blocks = toBlocks(message, target)
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    // Empty text is refused, and so is a turn without any block.
    if (blocks.length === 0) continue
    if (last?.role === role) last.content.push(...blocks)
    else turns.push({ role, content: [...blocks] })
  }
  return turns.map(({ role, content }) => ({ role, content: withResultsFirst(content) }))
}

/**
 * Whether results of tool calls are sent whose round, from the last question on, does not begin with a
 * thought of the model that is called. Rounds that it began itself go on without further thoughts.
 */
export function goesOnWithoutThought(turns: readonly AnthropicTurn[]): boolean {
  const isQuestion = ({ role, content }: AnthropicTurn): boolean =>
    role === 'user' && !content.some(isResult)
  const round = turns.slice(turns.findLastIndex(isQuestion) + 1)
  const first = round.find(({ role }) => role === 'assistant')?.content[0]
  return first !== undefined && !THOUGHTS.has(asText(first['type']) ?? '')
}

const THOUGHTS: ReadonlySet<string> = new Set(['thinking', 'redacted_thinking'])

/** The answers to a turn's calls must come before anything else that is said. */
function withResultsFirst(blocks: readonly JsonObject[]): readonly JsonObject[] {
  return [...blocks.filter(isResult), ...blocks.filter((block) => !isResult(block))]
}

function isResult(block: JsonObject): boolean {
  return block['type'] === 'tool_result'
}

function toBlocks(message: ChatMessage, target: CallTarget): readonly JsonObject[] {
  switch (message.role) {
    case 'system':
      return []
    case 'user':
      return typeof message.content === 'string'
        ? toText(message.content)
        : message.content.flatMap(toContent)
    case 'assistant':
      return toAssistantBlocks(message, target)
    case 'tool':
      return [{ type: 'tool_result', tool_use_id: message.toolCallId, content: message.content }]
  }
}

function toText(text: string): readonly JsonObject[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }]
}

function toContent(content: UserContent): readonly JsonObject[] {
  if (content.type === 'text') return toText(content.text)
  const isImage = content.mediaType.startsWith('image/')
  return [{ type: isImage ? 'image' : 'document', source: toSource(content) }]
}

function toSource({ data, mediaType }: FileContent): JsonObject {
  return data.startsWith('https://')
    ? { type: 'url', url: data }
    : { type: 'base64', media_type: mediaType, data }
}

interface PlacedThought extends ThoughtPlace {
  readonly block: JsonObject
}

/** The thoughts that the model that is called signed itself; all others would be refused. */
function thoughtsOf(
  { reasoning = [] }: AssistantMessage,
  target: CallTarget,
): readonly PlacedThought[] {
  return reasoning.flatMap(({ text, providerData }) => {
    const own = ownData(providerData, target)
    const data = own === undefined ? undefined : readThoughtData(own)
    if (data === undefined) return []
    const { characters, toolCalls } = data
    const block: JsonObject =
      data.type === 'thinking'
        ? { type: 'thinking', thinking: text, signature: data.signature }
        : { type: 'redacted_thinking', data: data.data }
    return [{ characters, toolCalls, block }]
  })
}

/** Text, tool calls and thoughts in the order in which they came. */
function toAssistantBlocks(message: AssistantMessage, target: CallTarget): readonly JsonObject[] {
  // Text that ends in white space is refused where the model shall go on from it.
  const text = message.content.trimEnd()
  const calls = (message.toolCalls ?? []).map(toToolUse)
  const blocks: JsonObject[] = []
  let [characters, toolCalls] = [0, 0]
  for (const thought of thoughtsOf(message, target)) {
    blocks.push(...toText(text.slice(characters, thought.characters)))
    blocks.push(...calls.slice(toolCalls, thought.toolCalls), thought.block)
    characters = Math.max(characters, thought.characters)
    toolCalls = Math.max(toolCalls, thought.toolCalls)
  }
  return [...blocks, ...toText(text.slice(characters)), ...calls.slice(toolCalls)]
}

function toToolUse({ id, name, input }: ToolCall): JsonObject {
  return { type: 'tool_use', id, name, input: asObject(input) ?? { value: input } }
}
