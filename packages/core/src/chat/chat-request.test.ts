import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { chatMessageSchema, filesOf, textOf } from './chat-message.ts'
import type { ChatMessage } from './chat-message.ts'
import { chatRequestSchema } from './chat-request.ts'
import type { ChatRequest } from './chat-request.ts'
import { tokenUsageSchema } from './token-usage.ts'

const image = { type: 'file', mediaType: 'image/png', data: 'iVBORw0KGgo=', name: 'a.png' } as const

const messages: readonly ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hello' },
  {
    role: 'user',
    content: [{ type: 'text', text: 'Look:' }, image, { type: 'text', text: 'Well?' }],
  },
  {
    role: 'assistant',
    content: '',
    toolCalls: [{ id: 'call-1', name: 'add', input: { a: 1, b: [null, 'x'] } }],
  },
  { role: 'tool', toolCallId: 'call-1', content: '2' },
]

/** `Required`: an example without every field would not show that the schema drops none. */
const request: Required<ChatRequest> = {
  messages,
  tools: [{ name: 'add', description: 'Adds', parameters: { type: 'object' } }],
  toolChoice: { toolName: 'add' },
  responseFormat: { type: 'json-schema', name: 'sum', schema: { type: 'number' } },
  maxOutputTokens: 100,
  temperature: 0,
  topP: 1,
  stop: ['END'],
  seed: 7,
  reasoningEffort: 'none',
  providerOptions: { openrouter: { provider: { order: ['fireworks'] } } },
  model: 'openai/gpt-4o',
  provider: 'openai',
  tenantId: 'default',
  agentId: 'mascot',
  userId: 'u1',
  sessionId: 's1',
  conversationId: 'c1',
  costQuality: 0.5,
  allowedModels: [],
  roles: ['admin'],
  stream: false,
  allowEmpty: true,
  unsupportedParameters: 'refuse',
}

describe('the schema of a request', () => {
  it('keeps every field', () => {
    expect(chatRequestSchema.parse(structuredClone(request))).toEqual(request)
    expect(chatRequestSchema.parse(JSON.parse(JSON.stringify(request)))).toEqual(request)
  })

  it.each<Partial<ChatRequest>>([
    { toolChoice: 'auto' },
    { toolChoice: 'none' },
    { toolChoice: 'required' },
    { responseFormat: { type: 'text' } },
    { responseFormat: { type: 'json-object' } },
  ])('takes %j', (part) => {
    expect(chatRequestSchema.parse({ messages, ...part })).toEqual({ messages, ...part })
  })

  it.each([
    { messages: [] },
    { messages: [{ role: 'user', content: [] }] },
    { messages: [{ role: 'robot', content: 'x' }] },
    { messages, temperature: 2.1 },
    { messages, maxOutputTokens: 0 },
    { messages, stop: [''] },
    { messages, seed: 0.5 },
    { messages, reasoningEffort: 'extreme' },
    { messages, providerOptions: { openrouter: 'fast' } },
    { messages, unsupportedParameters: 'ignore' },
    { messages, tenantId: '' },
    { messages, userId: 'u'.repeat(129) },
    { messages, tools: [{ name: 'has space', parameters: {} }] },
    { messages, allowedModels: null },
    null,
    'text',
  ])('refuses %j', (value) => {
    expect(chatRequestSchema.safeParse(value).success).toBe(false)
  })

  it('refuses a usage that is no count', () => {
    expect(tokenUsageSchema.safeParse({ inputTokens: -1, outputTokens: 0 }).success).toBe(false)
    expect(tokenUsageSchema.safeParse({ inputTokens: 1.5, outputTokens: 0 }).success).toBe(false)
  })
})

describe('the schema of a file', () => {
  const withFile = (part: object): object => ({ role: 'user', content: [{ ...image, ...part }] })

  it.each([
    { data: 'https://example.com/a.png' },
    { data: 'AAAA' },
    { data: 'AA==' },
    { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
    { mediaType: 'image/svg+xml' },
  ])('takes %j', (part) => {
    expect(chatMessageSchema.safeParse(withFile(part)).success).toBe(true)
  })

  it.each([
    { data: '' },
    { data: 'http://169.254.169.254/' },
    { data: 'file:///etc/passwd' },
    { data: 'data:image/png;base64,AAAA' },
    { data: 'not base64!' },
    { mediaType: 'png' },
    { mediaType: 'image/png; charset=x' },
  ])('refuses %j', (part) => {
    expect(chatMessageSchema.safeParse(withFile(part)).success).toBe(false)
  })
})

describe('what a message holds', () => {
  it('is its text, without its files, and its files, without its text', () => {
    expect(messages.map(textOf)).toEqual(['Be brief.', 'Hello', 'Look:\nWell?', '', '2'])
    expect(messages.map(filesOf)).toEqual([[], [], [image], [], []])
  })

  it('survives JSON for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (content) => {
        const message: ChatMessage = { role: 'user', content }
        expect(chatMessageSchema.parse(JSON.parse(JSON.stringify(message)))).toEqual(message)
        expect(textOf(message)).toBe(content)
      }),
    )
  })
})
