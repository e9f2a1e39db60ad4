import type { ChatMessage, ChatRequest } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { estimateInputTokens } from './estimate-input-tokens.ts'

function tokensOf(content: string): number {
  return estimateInputTokens({ messages: [{ role: 'user', content }] })
}

function tokensOfFile(mediaType: string, data: string): number {
  const message: ChatMessage = { role: 'user', content: [{ type: 'file', mediaType, data }] }
  return estimateInputTokens({ messages: [message] }) - tokensOf('')
}

describe('estimated tokens', () => {
  // The counts are those of gpt-tokenizer's o200k_base for these sentences.
  it.each([
    ['The quick brown fox jumps over the lazy dog near the river bank.', 14],
    ['Съешь же ещё этих мягких французских булок, да выпей чаю.', 19],
    ['我今天想去公园散步，然后在咖啡馆里看一本书。', 19],
  ])('are within a third of what a real tokenizer counts: %s', (text, real) => {
    const estimated = tokensOf(text) - tokensOf('')
    expect(estimated).toBeGreaterThan(real * 0.67)
    expect(estimated).toBeLessThan(real * 1.33)
  })

  it.each([
    ['abcdefgh', 2],
    ['привет', 3],
    ['日本語', 3],
    ['한국어를', 3],
    ['สวัสดี', 3],
    ['', 0],
  ])('of %j are %d', (text, expected) => {
    expect(tokensOf(text) - tokensOf('')).toBe(expected)
  })

  it('never fall when a text grows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (head, tail) => {
        expect(tokensOf(head + tail)).toBeGreaterThanOrEqual(tokensOf(head))
      }),
    )
  })

  it.each([
    ['image/png', 4_000_000, 1_000],
    ['image/png', 4, 1_000],
    ['audio/mpeg', 4_000_000, 6_000],
    ['video/mp4', 4_000_000, 3_750],
    ['application/pdf', 4_000_000, 60_000],
    ['application/pdf', 40_000_000, 80_000],
    ['text/plain', 4_000, 750],
  ])('of a file of %s with %d characters of base64 are %d', (mediaType, length, expected) => {
    expect(tokensOfFile(mediaType, 'A'.repeat(length))).toBe(expected)
  })

  it('of a file behind an address are the least of its kind', () => {
    const address = `https://example.com/${'a'.repeat(10_000)}`
    expect(tokensOfFile('image/png', address)).toBe(1_000)
    expect(tokensOfFile('application/pdf', address)).toBe(1_000)
    expect(tokensOfFile('audio/mpeg', address)).toBe(100)
  })

  it.each<[string, Partial<ChatRequest>]>([
    ['tools', { tools: [{ name: 'add', description: 'Adds', parameters: { type: 'object' } }] }],
    [
      'a schema',
      { responseFormat: { type: 'json-schema', name: 'x', schema: { type: 'object' } } },
    ],
    [
      'tool calls',
      {
        messages: [
          {
            role: 'assistant',
            content: '',
            toolCalls: [{ id: '1', name: 'add', input: { a: 1 } }],
          },
        ],
      },
    ],
  ])('count %s', (_, request) => {
    expect(estimateInputTokens({ messages: [], ...request })).toBeGreaterThan(4)
  })
})
