import type { ChatMessage, ChatRequest } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { ConversationMemory } from './conversation-memory.ts'
import { conversationKeyOf, conversationOf } from './conversation-of.ts'

const agent = { tenantId: 't', agentId: 'a' }
const asked: ChatMessage = { role: 'user', content: 'And?' }
const answered: ChatMessage = { role: 'assistant', content: 'So.' }
const called: ChatMessage = {
  role: 'assistant',
  content: '',
  toolCalls: [{ id: 'c1', name: 'search', input: {} }],
}
const found: ChatMessage = { role: 'tool', toolCallId: 'c1', content: '42' }

function setUp() {
  const runtime = createTestRuntime()
  const memory = new ConversationMemory(runtime)
  const of = (messages: readonly ChatMessage[], changes: Partial<ChatRequest> = {}) => {
    const request: ChatRequest = { conversationId: 'c', messages, ...changes }
    return conversationOf(memory, { request, agent, inputTokens: 700 })
  }
  const put = (tokens: number) =>
    memory.put({ ...agent, conversationId: 'c' }, { modelId: 'p/a', tokens })
  return { runtime, of, put }
}

it('is who answered last, and what of the prompt may be cached there', () => {
  const { of, put } = setUp()
  put(500)
  const expected = { modelId: 'p/a', isToolLoop: false, promptTokens: 700, cachedTokens: 500 }
  expect(of([asked, answered, asked])).toEqual(expected)
  put(900)
  expect(of([asked, answered, asked])?.cachedTokens).toBe(700)
})

it('is nothing for a first message, another conversation, or one that this process has not seen', () => {
  const { of, put } = setUp()
  expect(of([asked, answered, asked])).toBeUndefined()
  put(500)
  expect(of([asked])).toBeUndefined()
  expect(of([asked, answered, asked], { conversationId: 'other' })).toBeUndefined()
  expect(of([asked, answered, asked], { conversationId: undefined })).toBeUndefined()
  const bySession = { conversationId: undefined, sessionId: 'c' }
  expect(of([asked, answered, asked], bySession)?.cachedTokens).toBe(500)
})

it('is in a loop of tool calls until the user speaks again', () => {
  const { of, put } = setUp()
  put(500)
  expect(of([asked, called, found])?.isToolLoop).toBe(true)
  expect(of([asked, called, found, answered, asked])?.isToolLoop).toBe(false)
})

it('knows the model of a loop by what it signed, also in another process', () => {
  const { of } = setUp()
  const providerData = { providerId: 'p', externalId: 'b', data: {} }
  const signed: ChatMessage = {
    role: 'assistant',
    content: '',
    toolCalls: [{ id: 'c1', name: 'search', input: {}, providerData }],
  }
  const expected = { modelId: 'p/b', isToolLoop: true, promptTokens: 700, cachedTokens: 0 }
  expect(of([asked, signed, found])).toEqual(expected)
  expect(of([asked, called, found])).toBeUndefined()
})

it('holds no cached prompt after five minutes, and still knows the model', async () => {
  const { runtime, of, put } = setUp()
  put(500)
  await runtime.advance(5 * 60_000)
  expect(of([asked, answered, asked])?.cachedTokens).toBe(500)
  await runtime.advance(1)
  expect(of([asked, answered, asked])).toMatchObject({ modelId: 'p/a', cachedTokens: 0 })
})

it('tells tenants, agents and conversations apart', () => {
  const request = { messages: [asked], conversationId: 'c', sessionId: 's' }
  expect(conversationKeyOf(request, agent)).toEqual({ ...agent, conversationId: 'c' })
  const memory = new ConversationMemory(createTestRuntime())
  memory.put({ ...agent, conversationId: 'c' }, { modelId: 'p/a', tokens: 1 })
  expect(memory.get({ tenantId: 'u', agentId: 'a', conversationId: 'c' })).toBeUndefined()
  expect(memory.get({ tenantId: 't', agentId: 'b', conversationId: 'c' })).toBeUndefined()
})
