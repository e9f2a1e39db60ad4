import type { Content, Part } from '@google/genai'
import type {
  AssistantMessage,
  ChatMessage,
  JsonObject,
  ModelCall,
  ToolMessage,
  UserContent,
} from '@imrs/core'

import { asObject } from '../shared/foreign-json.ts'

/**
 * Gemini 3 refuses its own function calls without the signature of the thought behind them. Ours are
 * not kept, and calls may come from another model, so this stands in: the API's own word for it.
 */
const NO_SIGNATURE = 'skip_thought_signature_validator'

/** The conversation as Gemini's turns; neighbours with the same role are one turn. */
export function toContents({ externalId }: ModelCall, messages: readonly ChatMessage[]): Content[] {
  const toolNames = toolNamesOf(messages)
  const needsSignature = externalId.startsWith('gemini-') && !/^gemini-[12]\./.test(externalId)
  const turns: { role: string; parts: Part[] }[] = []
  for (const message of messages) {
    const parts = toParts(message, toolNames, needsSignature)
    const role = message.role === 'assistant' ? 'model' : 'user'
    const last = turns.at(-1)
    if (parts.length === 0) continue
    // All the answers to one turn's function calls must come in one turn.
    if (last?.role === role) last.parts.push(...parts)
    else turns.push({ role, parts: [...parts] })
  }
  return turns
}

/** Gemini wants the name of the function where others want the id of the call. */
function toolNamesOf(messages: readonly ChatMessage[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const message of messages) {
    if (message.role !== 'assistant') continue
    for (const { id, name } of message.toolCalls ?? []) names.set(id, name)
  }
  return names
}

function toParts(
  message: ChatMessage,
  toolNames: ReadonlyMap<string, string>,
  needsSignature: boolean,
): readonly Part[] {
  switch (message.role) {
    case 'system':
      return []
    case 'user':
      return typeof message.content === 'string'
        ? [{ text: message.content }]
        : message.content.map(toPart)
    case 'assistant':
      return toModelParts(message, needsSignature)
    case 'tool':
      return [toFunctionResponse(message, toolNames)]
  }
}

function toPart(content: UserContent): Part {
  if (content.type === 'text') return { text: content.text }
  const { data, mediaType: mimeType } = content
  return data.startsWith('https://')
    ? { fileData: { fileUri: data, mimeType } }
    : { inlineData: { data, mimeType } }
}

/** Ids stay here: Gemini matches answers to calls by their name and order. */
function toModelParts(
  { content, toolCalls = [] }: AssistantMessage,
  needsSignature: boolean,
): readonly Part[] {
  const calls = toolCalls.map(({ name, input }, index): Part => ({
    functionCall: { name, args: { ...asObject(input) } },
    ...(needsSignature && index === 0 ? { thoughtSignature: NO_SIGNATURE } : {}),
  }))
  return content === '' ? calls : [{ text: content }, ...calls]
}

function toFunctionResponse(
  { toolCallId, content }: ToolMessage,
  toolNames: ReadonlyMap<string, string>,
): Part {
  const name = toolNames.get(toolCallId) ?? toolCallId
  return { functionResponse: { name, response: { ...toResponse(content) } } }
}

/** Gemini takes an object only. */
function toResponse(content: string): JsonObject {
  try {
    const value: unknown = JSON.parse(content)
    return asObject(value) ?? { result: content }
  } catch {
    return { result: content }
  }
}
