import type { AgentKey, ChatMessage, ChatRequest } from '@imrs/core'

import type { DecisionConversation } from '../decide/decision-input.ts'
import { lastUserIndex } from '../task/last-user-message.ts'
import type { ConversationKey, ConversationMemory } from './conversation-memory.ts'

export interface ConversationSource {
  readonly request: ChatRequest
  readonly agent: AgentKey
  readonly inputTokens: number
}

/** Names the conversation of a request; `undefined` when it has no id. */
export function conversationKeyOf(
  request: ChatRequest,
  { tenantId, agentId }: AgentKey,
): ConversationKey | undefined {
  const conversationId = request.conversationId ?? request.sessionId
  return conversationId === undefined ? undefined : { tenantId, agentId, conversationId }
}

/**
 * What a request goes on with: the model that answered last, as this process remembers, or as the
 * tool calls in the request say themselves. `undefined` for a request that goes on with nothing.
 */
export function conversationOf(
  memory: ConversationMemory,
  { request, agent, inputTokens }: ConversationSource,
): DecisionConversation | undefined {
  const { messages } = request
  if (!messages.some(({ role }) => role === 'assistant' || role === 'tool')) return undefined
  const newest = messages.slice(lastUserIndex(messages))
  const isToolLoop = newest.some(({ role }) => role === 'tool')
  const key = conversationKeyOf(request, agent)
  const last = key === undefined ? undefined : memory.get(key)
  const modelId = (isToolLoop ? callerOf(newest) : undefined) ?? last?.modelId
  if (modelId === undefined) return undefined
  const remembered = last?.modelId === modelId ? last.tokens : 0
  const cachedTokens = Math.min(remembered, inputTokens)
  return { modelId, isToolLoop, promptTokens: inputTokens, cachedTokens }
}

/** Some models sign their tool calls. */
function callerOf(messages: readonly ChatMessage[]): string | undefined {
  for (const message of messages.toReversed()) {
    if (message.role !== 'assistant') continue
    const signed = message.toolCalls?.find(({ providerData }) => providerData !== undefined)
    const data = signed?.providerData
    if (data !== undefined) return `${data.providerId}/${data.externalId}`
  }
  return undefined
}
