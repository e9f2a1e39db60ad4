import type { Capability, ChatMessage, ChatRequest } from '@imrs/core'
import { fromCapabilityMask, LONG_CONTEXT_TOKENS } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { requiredCapabilities } from './required-capabilities.ts'

const hello: ChatMessage = { role: 'user', content: 'Hello' }

function required(request: Partial<ChatRequest>): readonly Capability[] {
  return fromCapabilityMask(requiredCapabilities({ messages: [hello], ...request }))
}

function withFiles(...mediaTypes: readonly string[]): ChatMessage {
  return {
    role: 'user',
    content: mediaTypes.map((mediaType) => ({ type: 'file', mediaType, data: 'AAAA' })),
  }
}

describe('required capabilities', () => {
  it('is text always, and nothing else for a plain request', () => {
    expect(required({})).toEqual(['text'])
    expect(required({ messages: [{ role: 'user', content: 'Write Python code' }] })).toEqual([
      'text',
    ])
  })

  it.each<[string, readonly Capability[]]>([
    ['image/png', ['text', 'vision']],
    ['IMAGE/WEBP', ['text', 'vision']],
    ['audio/wav', ['text', 'audio']],
    ['video/mp4', ['text', 'video']],
    ['application/pdf', ['text', 'document']],
    ['application/msword', ['text', 'document']],
    ['text/plain', ['text']],
  ])('asks for %s: %j', (mediaType, expected) => {
    expect(required({ messages: [withFiles(mediaType)] })).toEqual(expected)
  })

  it('counts the files of the whole conversation, since all of it is sent', () => {
    const messages = [withFiles('image/png', 'audio/mpeg'), withFiles('application/pdf'), hello]
    expect(required({ messages })).toEqual(['text', 'vision', 'audio', 'document'])
  })

  it('asks for function calling when tools are offered, not for an empty list', () => {
    expect(required({ tools: [{ name: 'add', parameters: {} }] })).toEqual([
      'text',
      'function_calling',
    ])
    expect(required({ tools: [] })).toEqual(['text'])
  })

  it('asks for function calling when the conversation holds tool calls', () => {
    const call = { id: '1', name: 'add', input: {} }
    expect(
      required({ messages: [hello, { role: 'assistant', content: '', toolCalls: [call] }] }),
    ).toEqual(['text', 'function_calling'])
    expect(
      required({ messages: [hello, { role: 'tool', toolCallId: '1', content: '2' }] }),
    ).toEqual(['text', 'function_calling'])
    expect(
      required({ messages: [hello, { role: 'assistant', content: '', toolCalls: [] }] }),
    ).toEqual(['text'])
  })

  it('asks for structured output only when a schema binds the answer', () => {
    expect(
      required({ responseFormat: { type: 'json-schema', name: 'answer', schema: {} } }),
    ).toEqual(['text', 'structured_output'])
    expect(required({ responseFormat: { type: 'json-object' } })).toEqual(['text'])
    expect(required({ responseFormat: { type: 'text' } })).toEqual(['text'])
  })

  it('asks for a long context from the bound on', () => {
    const overhead = 4
    const long = 'abcd'.repeat(LONG_CONTEXT_TOKENS - overhead)
    expect(required({ messages: [{ role: 'user', content: long }] })).toEqual([
      'text',
      'long_context',
    ])
    expect(required({ messages: [{ role: 'user', content: long.slice(4) }] })).toEqual(['text'])
  })
})
