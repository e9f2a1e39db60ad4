import type { AnswerPart, ChatMessage, FinishReason } from '@imrs/core'

import { finishReasonText } from './attributes.ts'

/** Longer texts are not put on a span. */
const MAX_CHARACTERS = 100_000

/** The messages of a request, as the conventions write them; files by their kind alone. */
export function inputMessages(messages: readonly ChatMessage[]): string | undefined {
  return bounded(messages.map((message) => ({ role: message.role, parts: partsOf(message) })))
}

function partsOf(message: ChatMessage): readonly object[] {
  if (message.role === 'tool') {
    return [{ type: 'tool_call_response', id: message.toolCallId, response: message.content }]
  }
  const { content } = message
  const parts: object[] = typeof content === 'string' ? [textPart(content)] : []
  if (typeof content !== 'string') {
    for (const part of content) {
      parts.push(
        part.type === 'text' ? textPart(part.text) : { type: 'file', mime_type: part.mediaType },
      )
    }
  }
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : []
  const asked = calls.map(({ id, name, input }) => ({
    type: 'tool_call',
    id,
    name,
    arguments: input,
  }))
  return [...parts, ...asked]
}

function textPart(content: string): object {
  return { type: 'text', content }
}

/** Collects the text of an answer as it is given out. */
export class OutputMessage {
  #text = ''
  readonly #calls: object[] = []

  add(part: AnswerPart): void {
    if (part.type === 'text-delta' && this.#text.length <= MAX_CHARACTERS) this.#text += part.text
    if (part.type === 'tool-call') {
      const { toolCallId: id, toolName: name, input } = part
      this.#calls.push({ type: 'tool_call', id, name, arguments: input })
    }
  }

  toText(finishReason: FinishReason | undefined): string | undefined {
    const parts = [...(this.#text === '' ? [] : [textPart(this.#text)]), ...this.#calls]
    const reason =
      finishReason === undefined ? {} : { finish_reason: finishReasonText(finishReason) }
    return bounded([{ role: 'assistant', parts, ...reason }])
  }
}

/** `undefined` when it is too long: half a JSON text is of no use. */
function bounded(messages: readonly object[]): string | undefined {
  const text = JSON.stringify(messages)
  return text.length > MAX_CHARACTERS ? undefined : text
}
