import { asList, asText } from '@imrs/core'
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
import type { WireSettings } from './wire-settings.ts'

/** The conversation in OpenAI's words. */
export function toOpenAiMessages(
  target: CallTarget,
  settings: WireSettings,
): readonly JsonObject[] {
  const messages = withToolCallIds(target.call.messages, idRuleOf(target))
  return messages.map((message) => toOpenAiMessage(message, { target, settings }))
}

/** OpenAI's limit; the servers that copy it take at least as much. */
const OPENAI_IDS: ToolCallIdRule = { fits: /^.{1,40}$/s, length: 24 }
/** Mistral's models, wherever they run: their template checks it. */
const MISTRAL_IDS: ToolCallIdRule = { fits: /^[a-zA-Z0-9]{9}$/, length: 9 }
/** Anthropic's models behind an aggregator. */
const ANTHROPIC_IDS: ToolCallIdRule = { fits: /^[a-zA-Z0-9_-]{1,40}$/, length: 24 }

const MISTRAL_HOST = 'api.mistral.ai'
const MISTRAL_MODEL =
  /(?:^|[/:-])(?:mistral|mixtral|ministral|codestral|devstral|magistral|pixtral)/i
const ANTHROPIC_MODEL = /(?:^|\/)(?:anthropic\/|claude-)/

function idRuleOf({ provider, call }: CallTarget): ToolCallIdRule {
  const isMistral =
    new URL(provider.apiBase).hostname === MISTRAL_HOST || MISTRAL_MODEL.test(call.externalId)
  if (isMistral) return MISTRAL_IDS
  return ANTHROPIC_MODEL.test(call.externalId) ? ANTHROPIC_IDS : OPENAI_IDS
}

interface Context {
  readonly target: CallTarget
  readonly settings: WireSettings
}

function toOpenAiMessage(message: ChatMessage, context: Context): JsonObject {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.content }
    case 'user':
      return {
        role: 'user',
        content:
          typeof message.content === 'string'
            ? message.content
            : message.content.map(toContentPart),
      }
    case 'assistant':
      return { ...toAssistantMessage(message), ...reasoningOf(message, context) }
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content }
  }
}

function toAssistantMessage({ content, toolCalls = [] }: AssistantMessage): JsonObject {
  if (toolCalls.length === 0) return { role: 'assistant', content }
  return {
    role: 'assistant',
    content: content === '' ? null : content,
    tool_calls: toolCalls.map(toToolCall),
  }
}

function toToolCall({ id, name, input }: ToolCall): JsonObject {
  return { id, type: 'function', function: { name, arguments: JSON.stringify(input) } }
}

/** What the same model thought, in the form in which it came. */
function reasoningOf(
  { reasoning = [], toolCalls = [] }: AssistantMessage,
  { target, settings }: Context,
): JsonObject {
  const own = reasoning.flatMap(({ text, providerData }) => {
    const data = ownData(providerData, target)
    return data === undefined ? [] : [{ text, data }]
  })
  const details = own.flatMap(({ data }) => asList(data['reasoning_details']) ?? [])
  if (details.length > 0) return { reasoning_details: details }
  // Thoughts that led to no tool call are ignored by some hosts and refused by others.
  if (toolCalls.length === 0) return {}
  const thoughts = own.filter(({ data }) => asText(data['field']) === 'reasoning_content')
  const isWanted = thoughts.length > 0 || settings.reasoningStyle === 'switch'
  // DeepSeek refuses a call without the field, also when another model thought before it.
  return isWanted ? { reasoning_content: thoughts.map(({ text }) => text).join('') } : {}
}

function toContentPart(content: UserContent): JsonObject {
  if (content.type === 'text') return { type: 'text', text: content.text }
  if (content.mediaType.startsWith('image/')) {
    return { type: 'image_url', image_url: { url: toUrl(content) } }
  }
  if (content.mediaType.startsWith('audio/') && !isUrl(content.data)) {
    return { type: 'input_audio', input_audio: { data: content.data, format: formatOf(content) } }
  }
  // Hosts take PDFs as files, and little else.
  if (content.mediaType.startsWith('text/') && !isUrl(content.data)) {
    return { type: 'text', text: Buffer.from(content.data, 'base64').toString('utf8') }
  }
  return {
    type: 'file',
    file: { filename: content.name ?? 'file', file_data: toUrl(content) },
  }
}

function formatOf({ mediaType }: FileContent): string {
  const subtype = mediaType.slice('audio/'.length)
  return AUDIO_FORMATS[subtype] ?? subtype
}

/** Hosts want the name of the file's ending. */
const AUDIO_FORMATS: Readonly<Record<string, string>> = Object.freeze({
  mpeg: 'mp3',
  wave: 'wav',
  'x-wav': 'wav',
  'vnd.wave': 'wav',
})

function toUrl({ data, mediaType }: FileContent): string {
  return isUrl(data) ? data : `data:${mediaType};base64,${data}`
}

function isUrl(data: string): boolean {
  return data.startsWith('https://')
}
