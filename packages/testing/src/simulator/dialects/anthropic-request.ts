import type { ChatRequest, OfferedTool, ToolChoice, ToolResult } from '../chat-request.ts'
import type { Result } from '../failure.ts'
import { refuse, succeed } from '../failure.ts'
import { isRecord, listAt, numberAt, recordAt, textAt } from '../wire.ts'
import { complaintAboutConversation } from './anthropic-conversation.ts'

/** Reads the body of `POST /messages` as strictly as Anthropic does. */
export function parseAnthropicChat(body: unknown): Result<ChatRequest> {
  const message = complaintAbout(body) ?? complaintAboutConversation(body)
  if (message !== undefined) return refuse({ kind: 'invalid-request', message })
  const messages = listAt(body, 'messages')
  const blocks = messages.flatMap(blocksOf)
  return succeed({
    model: textAt(body, 'model') ?? '',
    isStream: isRecord(body) && body['stream'] === true,
    allText: [systemOf(body), ...messages.map(textOf)].join('\n'),
    prompt: textOf(messages.findLast((one) => roleOf(one) === 'user' && textOf(one) !== '')),
    images: blocks.filter((block) => textAt(block, 'type') === 'image').length,
    tools: toolsOf(body),
    toolChoice: toolChoiceOf(body),
    toolResult: toolResultOf(messages),
    outputSchema: recordAt(recordAt(body, 'output_config'), 'format')['schema'],
    maxOutputTokens: numberAt(body, 'max_tokens'),
    stop: listAt(body, 'stop_sequences').filter((word) => typeof word === 'string'),
    wantsReasoning: wantsReasoning(body),
    wantsStreamUsage: true,
    wantsObfuscation: false,
    wantsThoughts: wantsReasoning(body) === true,
  })
}

/** What Anthropic refuses and others let pass. */
function complaintAbout(body: unknown): string | undefined {
  const messages = listAt(body, 'messages')
  if (textAt(body, 'model') === undefined) return 'model: Field required'
  const maxTokens = numberAt(body, 'max_tokens')
  if (maxTokens === undefined) return 'max_tokens: Field required'
  if (maxTokens < 1) return 'max_tokens: Input should be greater than or equal to 1'
  if (messages.length === 0) return 'messages: at least one message is required'
  for (const [index, message] of messages.entries()) {
    const complaint = complaintAboutMessage(message)
    if (complaint !== undefined) return `messages.${index}${complaint}`
  }
  const temperature = numberAt(body, 'temperature') ?? 0
  return temperature > 1 ? 'temperature: range: 0..1' : undefined
}

function complaintAboutMessage(message: unknown): string | undefined {
  const role = textAt(message, 'role')
  if (role !== 'user' && role !== 'assistant') {
    return `: Unexpected role "${role ?? ''}". Use the top-level \`system\` parameter.`
  }
  const isEmpty = blocksOf(message).some(
    (block) => textAt(block, 'type') === 'text' && (textAt(block, 'text') ?? '').trim() === '',
  )
  return isEmpty ? ': text content blocks must be non-empty' : undefined
}

function roleOf(message: unknown): string {
  return textAt(message, 'role') ?? ''
}

function blocksOf(message: unknown): readonly unknown[] {
  const text = textAt(message, 'content')
  return text === undefined ? listAt(message, 'content') : [{ type: 'text', text }]
}

function textOf(message: unknown): string {
  return blocksOf(message)
    .flatMap((block) => textAt(block, 'text') ?? [])
    .join('\n')
}

function systemOf(body: unknown): string {
  return textAt(body, 'system') ?? textOf({ content: listAt(body, 'system') })
}

function toolsOf(body: unknown): readonly OfferedTool[] {
  return listAt(body, 'tools').flatMap((tool) => {
    const name = textAt(tool, 'name')
    return name === undefined ? [] : [{ name, parameters: recordAt(tool, 'input_schema') }]
  })
}

function toolChoiceOf(body: unknown): ToolChoice {
  const choice = recordAt(body, 'tool_choice')
  switch (choice['type']) {
    case 'any':
      return { kind: 'required' }
    case 'none':
      return { kind: 'none' }
    case 'tool':
      return { kind: 'named', name: textAt(choice, 'name') ?? '' }
    default:
      return { kind: 'auto' }
  }
}

/** The result carries the id of the call; the name stands with the call. */
function toolResultOf(messages: readonly unknown[]): ToolResult | undefined {
  const result = blocksOf(messages.at(-1)).find((block) => textAt(block, 'type') === 'tool_result')
  if (result === undefined) return undefined
  const id = textAt(result, 'tool_use_id')
  const call = messages
    .flatMap(blocksOf)
    .find((block) => textAt(block, 'type') === 'tool_use' && textAt(block, 'id') === id)
  const content = textAt(result, 'content') ?? textOf({ content: listAt(result, 'content') })
  return { name: textAt(call, 'name') ?? 'the tool', result: content }
}

function wantsReasoning(body: unknown): boolean | undefined {
  const type = textAt(recordAt(body, 'thinking'), 'type')
  return type === undefined ? undefined : type !== 'disabled'
}
