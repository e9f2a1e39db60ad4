import type {
  AssistantMessage,
  ChatMessage,
  FileContent,
  JsonObject,
  ModelCall,
  ResponseFormat,
  ToolChoice,
  UserContent,
} from '@imrs/core'

import { isClosedSchema } from './closed-schema.ts'
import type { WireSettings } from './wire-settings.ts'

/** The body of `POST /chat/completions`. Fields that the call does not set are left out. */
export function toOpenAiRequest(call: ModelCall, settings: WireSettings): JsonObject {
  return withoutUndefined({
    model: call.externalId,
    messages: call.messages.map(toOpenAiMessage),
    tools: toTools(call),
    tool_choice: toToolChoice(call.toolChoice),
    response_format: toResponseFormat(call.responseFormat),
    [settings.maxTokensParameter]: call.maxOutputTokens,
    temperature: call.temperature,
    top_p: call.topP,
    stop: call.stop,
    seed: call.seed,
    ...(call.stream ? streamFields(settings) : {}),
  })
}

function streamFields({ streamUsage }: WireSettings): JsonObject {
  return streamUsage === 'requested'
    ? { stream: true, stream_options: { include_usage: true } }
    : { stream: true }
}

function toTools({ tools }: ModelCall): JsonObject[] | undefined {
  if (tools === undefined || tools.length === 0) return undefined
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: withoutUndefined({ name, description, parameters }),
  }))
}

function toToolChoice(choice: ToolChoice | undefined): string | JsonObject | undefined {
  if (choice === undefined || typeof choice === 'string') return choice
  return { type: 'function', function: { name: choice.toolName } }
}

function toResponseFormat(format: ResponseFormat | undefined): JsonObject | undefined {
  switch (format?.type) {
    case 'json-object':
      return { type: 'json_object' }
    case 'json-schema': {
      const { name, schema } = format
      // OpenAI refuses `strict` with a schema that leaves anything open.
      const strict = isClosedSchema(schema)
      return { type: 'json_schema', json_schema: { name, schema, ...(strict ? { strict } : {}) } }
    }
    default:
      return undefined
  }
}

function toOpenAiMessage(message: ChatMessage): JsonObject {
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
      return toAssistantMessage(message)
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content }
  }
}

function toAssistantMessage({ content, toolCalls = [] }: AssistantMessage): JsonObject {
  if (toolCalls.length === 0) return { role: 'assistant', content }
  return {
    role: 'assistant',
    content: content === '' ? null : content,
    tool_calls: toolCalls.map(({ id, name, input }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    })),
  }
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

function withoutUndefined(fields: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as JsonObject
}
