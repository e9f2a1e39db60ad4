import { asObject } from '@imrs/core'
import type {
  AssistantMessage,
  ChatMessage,
  JsonObject,
  ToolCall,
  ToolMessage,
  UserContent,
} from '@imrs/core'

import { ownData } from '../shared/own-data.ts'
import type { CallTarget } from '../shared/own-data.ts'
import { ANY_ID, withToolCallIds } from '../shared/tool-call-ids.ts'
import { readSignatureData, signatureOf } from './google-signatures.ts'
import type { SignedPart } from './google-signatures.ts'

/**
 * Gemini 3 refuses a turn of function calls whose first has no signature of the thought behind it.
 * Calls of other models have none, so this stands in: the API's own word for it.
 */
const NO_SIGNATURE = 'skip_thought_signature_validator'

/** A turn of the conversation as Gemini has it. */
interface Turn {
  readonly role: 'model' | 'user'
  readonly parts: JsonObject[]
}

interface Context {
  readonly target: CallTarget
  readonly needsSignature: boolean
  /** The calls of the conversation, in their order. */
  readonly calls: readonly ToolCall[]
}

/** The conversation as Gemini's turns; neighbours with the same role are one turn. */
export function toContents(target: CallTarget, messages: readonly ChatMessage[]): Turn[] {
  // No id is sent; but the same one may stand for two calls.
  const named = withToolCallIds(messages, ANY_ID)
  const { externalId } = target.call
  const context: Context = {
    target,
    needsSignature: externalId.startsWith('gemini-') && !/^gemini-[12]\./.test(externalId),
    calls: named.flatMap((message) =>
      message.role === 'assistant' ? (message.toolCalls ?? []) : [],
    ),
  }
  const turns: Turn[] = []
  for (const message of withResultsInOrder(named, context)) {
    const parts = toParts(message, context)
    const role = message.role === 'assistant' ? 'model' : 'user'
    const last = turns.at(-1)
    if (parts.length === 0) continue
    // All the answers to one turn's function calls must come in one turn.
    if (last?.role === role) last.parts.push(...parts)
    else turns.push({ role, parts: [...parts] })
  }
  return turns
}

/** Gemini matches answers to calls by their name and order: neighbouring results get that of their calls. */
function withResultsInOrder(
  messages: readonly ChatMessage[],
  { calls }: Context,
): readonly ChatMessage[] {
  const position = new Map(calls.map(({ id }, index) => [id, index]))
  const ordered = [...messages]
  for (let start = 0; start < ordered.length; start += 1) {
    let end = start
    while (ordered[end]?.role === 'tool') end += 1
    const results = ordered.slice(start, end).filter((message) => message.role === 'tool')
    const sorted = results.toSorted(
      (left, right) => (position.get(left.toolCallId) ?? 0) - (position.get(right.toolCallId) ?? 0),
    )
    ordered.splice(start, sorted.length, ...sorted)
    start = Math.max(start, end - 1)
  }
  return ordered
}

function toParts(message: ChatMessage, context: Context): readonly JsonObject[] {
  switch (message.role) {
    case 'system':
      return []
    case 'user':
      return typeof message.content === 'string'
        ? [{ text: message.content }]
        : message.content.map(toPart)
    case 'assistant':
      return toModelParts(message, context)
    case 'tool':
      return [toFunctionResponse(message, context)]
  }
}

function toPart(content: UserContent): JsonObject {
  if (content.type === 'text') return { text: content.text }
  const { data, mediaType: mimeType } = content
  return data.startsWith('https://')
    ? { fileData: { fileUri: data, mimeType } }
    : { inlineData: { data, mimeType } }
}

function toModelParts(message: AssistantMessage, context: Context): readonly JsonObject[] {
  const { content, reasoning = [], toolCalls = [] } = message
  const thoughts: JsonObject[] = []
  const signed: SignedText[] = []
  for (const { text, providerData } of reasoning) {
    const own = ownData(providerData, context.target)
    const data = own === undefined ? undefined : readSignatureData(own)
    if (data?.part === 'text') signed.push(data)
    else if (data !== undefined) {
      thoughts.push({ text, thought: true, thoughtSignature: data.signature })
    }
  }
  const calls = toolCalls.map((call, index) => toFunctionCall(call, context, index === 0))
  return [...thoughts, ...toTextParts(content, signed), ...calls]
}

type SignedText = Extract<SignedPart, { part: 'text' }>

/** Signed text stays a part of its own: it may not be joined with text that is not. */
function toTextParts(content: string, signed: readonly SignedText[]): readonly JsonObject[] {
  const parts: JsonObject[] = []
  let start = 0
  for (const { from, to, signature } of signed) {
    // Text that was changed since is not the text that was signed.
    if (from < start || to < from || to > content.length) continue
    if (from > start) parts.push({ text: content.slice(start, from) })
    parts.push({ text: content.slice(from, to), thoughtSignature: signature })
    start = to
  }
  if (start < content.length) parts.push({ text: content.slice(start) })
  return parts
}

/** Of calls that were made at once, only the first is signed. */
function toFunctionCall(
  { name, input, providerData }: ToolCall,
  { target, needsSignature }: Context,
  isFirst: boolean,
): JsonObject {
  const own = signatureOf(ownData(providerData, target) ?? {})
  const signature = own ?? (needsSignature && isFirst ? NO_SIGNATURE : undefined)
  return {
    functionCall: { name, args: { ...asObject(input) } },
    ...(signature === undefined ? {} : { thoughtSignature: signature }),
  }
}

/** Gemini wants the name of the function where others want the id of the call. */
function toFunctionResponse({ toolCallId, content }: ToolMessage, { calls }: Context): JsonObject {
  const name = calls.find(({ id }) => id === toolCallId)?.name ?? toolCallId
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
