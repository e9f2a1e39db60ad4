import type { AssistantMessage, ChatMessage, JsonValue, ToolCall } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import { z } from 'zod'

import { openAiContentSchema, toUserContent } from './openai-content.ts'
import type { OpenAiContent } from './openai-content.ts'

interface OpenAiToolCall {
  readonly id: string
  readonly type?: 'function' | undefined
  readonly function: { readonly name: string; readonly arguments: string }
}

type Text = string | readonly { readonly type: 'text'; readonly text: string }[]

/** A message as OpenAI's API writes it. What it has beyond this is not read. */
export type OpenAiMessage =
  | { readonly role: 'system' | 'developer'; readonly content: Text }
  | { readonly role: 'user'; readonly content: string | readonly OpenAiContent[] }
  | {
      readonly role: 'assistant'
      readonly content?: Text | null | undefined
      readonly refusal?: string | null | undefined
      readonly tool_calls?: readonly OpenAiToolCall[] | null | undefined
    }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: Text }

const textSchema: z.ZodType<Text> = z.union([
  z.string(),
  z.array(z.object({ type: z.literal('text'), text: z.string() })),
])

const toolCallSchema: z.ZodType<OpenAiToolCall> = z.object({
  id: z.string().min(1),
  type: z.literal('function').optional(),
  function: z.object({ name: z.string().min(1), arguments: z.string() }),
})

export const openAiMessageSchema: z.ZodType<OpenAiMessage> = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: textSchema }),
  z.object({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(openAiContentSchema).min(1)]),
  }),
  z.object({
    role: z.literal('assistant'),
    content: textSchema.nullish(),
    refusal: z.string().nullish(),
    tool_calls: z.array(toolCallSchema).nullish(),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string().min(1), content: textSchema }),
])

export function toChatMessages(messages: readonly OpenAiMessage[]): readonly ChatMessage[] {
  return messages.map(toChatMessage)
}

function toChatMessage(message: OpenAiMessage, index: number): ChatMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: textOf(message.content) }
    case 'user':
      return {
        role: 'user',
        content:
          typeof message.content === 'string'
            ? message.content
            : message.content.map(toUserContent),
      }
    case 'assistant':
      return toAssistantMessage(message, index)
    case 'tool':
      return {
        role: 'tool',
        toolCallId: message.tool_call_id,
        content: textOf(message.content),
      }
  }
}

function toAssistantMessage(
  message: Extract<OpenAiMessage, { role: 'assistant' }>,
  index: number,
): AssistantMessage {
  const calls = message.tool_calls ?? []
  const content = textOf(message.content ?? message.refusal ?? '')
  if (calls.length === 0) return { role: 'assistant', content }
  const toolCalls = calls.map((call, place): ToolCall => ({
    id: call.id,
    name: call.function.name,
    input: inputOf(call, `messages[${index}].tool_calls[${place}].function.arguments`),
  }))
  return { role: 'assistant', content, toolCalls }
}

function inputOf(call: OpenAiToolCall, field: string): JsonValue {
  if (call.function.arguments === '') return {}
  try {
    return JSON.parse(call.function.arguments) as JsonValue
  } catch (cause) {
    throw new ImrsError('invalid-request', `\`${field}\`: is not JSON`, { field, cause })
  }
}

function textOf(content: Text): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n')
}
