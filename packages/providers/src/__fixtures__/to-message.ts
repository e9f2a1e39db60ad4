import type {
  AssistantMessage,
  JsonObject,
  ModelPart,
  ProviderData,
  ReasoningContent,
  ToolCall,
} from '@imrs/core'

import { textOfParts } from './connect.ts'

/** Who answered. */
export type Author = Pick<ProviderData, 'providerId' | 'externalId'>

/** The message that a host keeps of an answer, as the router gives it out. */
export function toMessage(parts: readonly ModelPart[], author: Author): AssistantMessage {
  const dataOf = (data: JsonObject | undefined) =>
    data === undefined ? {} : { providerData: { ...author, data } }
  const reasoning: ReasoningContent[] = []
  const toolCalls: ToolCall[] = []
  let thought = ''
  for (const part of parts) {
    if (part.type === 'reasoning-delta') thought += part.text
    else if (part.type === 'reasoning-end') {
      reasoning.push({ text: thought, ...dataOf(part.data) })
      thought = ''
    } else if (part.type === 'tool-call') {
      const { toolCallId: id, toolName: name, input, data } = part
      toolCalls.push({ id, name, input, ...dataOf(data) })
    }
  }
  if (thought !== '') reasoning.push({ text: thought })
  // As it would come back from a store.
  const message = { role: 'assistant', content: textOfParts(parts), toolCalls, reasoning } as const
  return JSON.parse(JSON.stringify(message)) as AssistantMessage
}

/** What is opaque in the data of a message: its signatures and what is encrypted. */
export function signaturesIn(message: AssistantMessage): readonly string[] {
  const { reasoning = [], toolCalls = [] } = message
  const data = [...reasoning, ...toolCalls].flatMap(({ providerData }) => providerData?.data ?? [])
  return [...JSON.stringify(data).matchAll(/"(?:signature|thoughtSignature|data)":"([^"]+)"/g)].map(
    ([, signature]) => signature ?? '',
  )
}
