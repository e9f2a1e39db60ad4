import type {
  AssistantMessage,
  ChatMessage,
  FileContent,
  JsonObject,
  ToolCall,
  UserContent,
} from '@imrs/core'

import { asObject } from '../shared/foreign-json.ts'

/** A turn of the conversation as the API has it; neighbours with the same role are one turn. */
export interface AnthropicTurn {
  readonly role: 'user' | 'assistant'
  readonly content: readonly JsonObject[]
}

/** The conversation without what the system says. */
export function toAnthropicTurns(messages: readonly ChatMessage[]): readonly AnthropicTurn[] {
  const turns: { role: AnthropicTurn['role']; content: JsonObject[] }[] = []
  for (const message of messages) {
    const blocks = toBlocks(message)
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    // Empty text is refused, and so is a turn without any block.
    if (blocks.length === 0) continue
    if (last?.role === role) last.content.push(...blocks)
    else turns.push({ role, content: [...blocks] })
  }
  return turns.map(({ role, content }) => ({ role, content: withResultsFirst(content) }))
}

/** The answers to a turn's calls must come before anything else that is said. */
function withResultsFirst(blocks: readonly JsonObject[]): readonly JsonObject[] {
  const isResult = (block: JsonObject): boolean => block['type'] === 'tool_result'
  return [...blocks.filter(isResult), ...blocks.filter((block) => !isResult(block))]
}

function toBlocks(message: ChatMessage): readonly JsonObject[] {
  switch (message.role) {
    case 'system':
      return []
    case 'user':
      return typeof message.content === 'string'
        ? toText(message.content)
        : message.content.flatMap(toContent)
    case 'assistant':
      return toAssistantBlocks(message)
    case 'tool':
      return [
        {
          type: 'tool_result',
          tool_use_id: toId(message.toolCallId),
          content: message.content,
        },
      ]
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

/** Text that ends in white space is refused where the model shall go on from it. */
function toAssistantBlocks({ content, toolCalls = [] }: AssistantMessage): readonly JsonObject[] {
  return [...toText(content.trimEnd()), ...toolCalls.map(toToolUse)]
}

function toToolUse({ id, name, input }: ToolCall): JsonObject {
  return { type: 'tool_use', id: toId(id), name, input: asObject(input) ?? { value: input } }
}

/** Calls may come from another provider, whose ids have characters that are refused here. */
function toId(id: string): string {
  return id.replaceAll(/[^\w-]/g, '_')
}
