import type {
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  SharedV4Warning,
} from '@ai-sdk/provider'
import type { ChatMessage, ReasoningContent, ToolCall } from '@imrs/core'

import { plainJson } from '../shared/plain-json.ts'
import { fromPartOptions } from './provider-data.ts'
import { toUserContent } from './to-chat-files.ts'
import { toToolText } from './to-tool-text.ts'

/** A conversation in our words, and what of it was left out. */
export interface ChatMessages {
  readonly messages: readonly ChatMessage[]
  readonly warnings: readonly SharedV4Warning[]
}

/**
 * The AI SDK's prompt as messages of the router. One message of tool results becomes one message for
 * each; what models made in earlier answers and no model reads (files, sources) is left out with a
 * warning.
 *
 * @throws UnsupportedFunctionalityError for a file of the user's that cannot be sent.
 */
export function toChatMessages(prompt: LanguageModelV4Prompt): ChatMessages {
  const warnings: SharedV4Warning[] = []
  const messages = prompt.flatMap((message) => toMessages(message, warnings))
  return { messages, warnings }
}

type MessageOf<Role extends LanguageModelV4Message['role']> = Extract<
  LanguageModelV4Message,
  { role: Role }
>

function toMessages(
  message: LanguageModelV4Message,
  warnings: SharedV4Warning[],
): readonly ChatMessage[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: message.content }]
    case 'user':
      return [toUserMessage(message)]
    case 'assistant':
      return [toAssistantMessage(message, warnings)]
    case 'tool':
      return toToolMessages(message, warnings)
  }
}

function toUserMessage({ content }: MessageOf<'user'>): ChatMessage {
  const [first, ...others] = content
  // Plain text is what every model and every detector of tasks knows.
  if (first === undefined) return { role: 'user', content: '' }
  if (first.type === 'text' && others.length === 0) return { role: 'user', content: first.text }
  return {
    role: 'user',
    content: content.map((part) =>
      part.type === 'text' ? { type: 'text', text: part.text } : toUserContent(part),
    ),
  }
}

function toAssistantMessage(
  { content }: MessageOf<'assistant'>,
  warnings: SharedV4Warning[],
): ChatMessage {
  const texts: string[] = []
  const toolCalls: ToolCall[] = []
  const reasoning: ReasoningContent[] = []
  for (const part of content) {
    if (part.type === 'text') texts.push(part.text)
    else if (part.type === 'reasoning') {
      reasoning.push({ text: part.text, ...fromPartOptions(part.providerOptions) })
    } else if (part.type === 'tool-call' && part.providerExecuted !== true) {
      const { toolCallId: id, toolName: name, input, providerOptions } = part
      toolCalls.push({ id, name, input: plainJson(input), ...fromPartOptions(providerOptions) })
    } else warnings.push(leftOut(part.type))
  }
  return {
    role: 'assistant',
    content: texts.join(''),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    ...(reasoning.length === 0 ? {} : { reasoning }),
  }
}

function toToolMessages(
  { content }: MessageOf<'tool'>,
  warnings: SharedV4Warning[],
): readonly ChatMessage[] {
  return content.flatMap((part): readonly ChatMessage[] => {
    if (part.type !== 'tool-result') {
      warnings.push(leftOut(part.type))
      return []
    }
    const { text, warnings: found } = toToolText(part.output)
    warnings.push(...found)
    return [{ role: 'tool', toolCallId: part.toolCallId, content: text }]
  })
}

function leftOut(type: string): SharedV4Warning {
  return {
    type: 'unsupported',
    feature: `${type} in the conversation`,
    details: 'It was left out: only the provider that made it could read it.',
  }
}
