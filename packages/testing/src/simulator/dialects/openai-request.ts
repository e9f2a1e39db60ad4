import type { ChatRequest, OfferedTool, ToolChoice, ToolResult } from '../chat-request.ts'
import type { Result } from '../failure.ts'
import { refuse, succeed } from '../failure.ts'
import { isRecord, listAt, numberAt, recordAt, textAt } from '../wire.ts'

const ROLES: ReadonlySet<string> = new Set([
  'system',
  'developer',
  'user',
  'assistant',
  'tool',
  'function',
])

/** Reads the body of `POST …/chat/completions`. */
export function parseOpenAiChat(body: unknown): Result<ChatRequest> {
  const model = textAt(body, 'model')
  if (model === undefined) {
    return refuse({ kind: 'invalid-request', message: 'you must provide a model parameter' })
  }
  const messages = listAt(body, 'messages')
  if (messages.length === 0) {
    const message =
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead."
    return refuse({ kind: 'invalid-request', message, parameter: 'messages' })
  }
  const wrong = messages.findIndex((message) => !ROLES.has(textAt(message, 'role') ?? ''))
  if (wrong >= 0) {
    const parameter = `messages[${wrong}].role`
    const message = `Invalid value for '${parameter}'. Supported values are: ${[...ROLES].map((role) => `'${role}'`).join(', ')}.`
    return refuse({ kind: 'invalid-request', message, parameter })
  }
  return succeed({
    model,
    isStream: isRecord(body) && body['stream'] === true,
    allText: messages.map(textOf).join('\n'),
    prompt: textOf(messages.findLast((message) => textAt(message, 'role') === 'user')),
    images: messages.reduce<number>((count, message) => count + imagesOf(message), 0),
    ...toolsOf(body),
    toolResult: toolResultOf(messages),
    outputSchema: outputSchemaOf(body),
    maxOutputTokens: numberAt(body, 'max_completion_tokens') ?? numberAt(body, 'max_tokens'),
    stop: stopOf(body),
    wantsReasoning: wantsReasoning(body),
    wantsStreamUsage: recordAt(body, 'stream_options')['include_usage'] === true,
    wantsObfuscation: recordAt(body, 'stream_options')['include_obfuscation'] !== false,
    wantsThoughts: true,
  })
}

function partsOf(message: unknown): readonly unknown[] {
  return listAt(message, 'content')
}

function textOf(message: unknown): string {
  const whole = textAt(message, 'content')
  return (
    whole ??
    partsOf(message)
      .map((part) => textAt(part, 'text') ?? '')
      .join('\n')
  )
}

function imagesOf(message: unknown): number {
  return partsOf(message).filter((part) => textAt(part, 'type') === 'image_url').length
}

function toolsOf(body: unknown): { tools: readonly OfferedTool[]; toolChoice: ToolChoice } {
  const tools = listAt(body, 'tools').flatMap((tool) => {
    const definition = recordAt(tool, 'function')
    const name = textAt(definition, 'name')
    return name === undefined ? [] : [{ name, parameters: definition['parameters'] }]
  })
  return { tools, toolChoice: toolChoiceOf(body) }
}

function toolChoiceOf(body: unknown): ToolChoice {
  const word = textAt(body, 'tool_choice')
  if (word === 'none' || word === 'required') return { kind: word }
  const name = textAt(recordAt(recordAt(body, 'tool_choice'), 'function'), 'name')
  return name === undefined ? { kind: 'auto' } : { kind: 'named', name }
}

function toolResultOf(messages: readonly unknown[]): ToolResult | undefined {
  const last = messages.at(-1)
  if (textAt(last, 'role') !== 'tool') return undefined
  const id = textAt(last, 'tool_call_id')
  const call = messages
    .flatMap((message) => listAt(message, 'tool_calls'))
    .find((candidate) => textAt(candidate, 'id') === id)
  return { name: textAt(recordAt(call, 'function'), 'name') ?? 'the tool', result: textOf(last) }
}

function outputSchemaOf(body: unknown): unknown {
  const format = recordAt(body, 'response_format')
  if (format['type'] === 'json_object') return true
  return format['type'] === 'json_schema' ? recordAt(format, 'json_schema')['schema'] : undefined
}

function stopOf(body: unknown): readonly string[] {
  const word = textAt(body, 'stop')
  const words = word === undefined ? listAt(body, 'stop') : [word]
  return words.filter((candidate): candidate is string => typeof candidate === 'string')
}

function wantsReasoning(body: unknown): boolean | undefined {
  const effort = textAt(body, 'reasoning_effort')
  if (effort !== undefined) return effort !== 'none'
  const reasoning = isRecord(body) ? body['reasoning'] : undefined
  if (!isRecord(reasoning)) return undefined
  return reasoning['enabled'] !== false && reasoning['effort'] !== 'none'
}
