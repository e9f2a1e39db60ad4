import { describe, expect, it } from 'vitest'

import { ChunkReader } from './from-openai-chunk.ts'

const delta = (fields: object, finish?: string) => ({
  choices: [{ delta: fields, ...(finish === undefined ? {} : { finish_reason: finish }) }],
})
const call = (fields: object, name?: string, text?: string) => ({
  ...fields,
  function: {
    ...(name === undefined ? {} : { name }),
    ...(text === undefined ? {} : { arguments: text }),
  },
})
const calls = (...toolCalls: readonly object[]) => delta({ tool_calls: toolCalls })

function newReader(): ChunkReader {
  let made = 0
  return new ChunkReader(() => `made-${(made += 1)}`)
}

function readAll(chunks: readonly unknown[]): ChunkReader {
  const reader = newReader()
  for (const chunk of chunks) reader.read(chunk)
  return reader
}

const first = { type: 'tool-call', toolCallId: 'a', toolName: 'f', input: { x: 1 } }
const second = { type: 'tool-call', toolCallId: 'b', toolName: 'g', input: {} }

describe('tool calls', () => {
  it.each([
    [
      'in pieces, by their index',
      [
        calls(call({ index: 0, id: 'a' }, 'f', '')),
        calls(call({ index: 0 }, undefined, '{"x"')),
        calls(call({ index: 1, id: 'b' }, 'g')),
        calls(call({ index: 0 }, undefined, ':1}')),
      ],
    ],
    [
      'without an index, by their id',
      [
        calls(call({ id: 'a' }, 'f', '{"x":')),
        calls(call({ id: 'a' }, undefined, '1}')),
        calls(call({ id: 'b' }, 'g', '{}')),
      ],
    ],
    [
      'without an index, going on without an id',
      [
        calls(call({ id: 'a' }, 'f', '{"x":')),
        calls(call({}, undefined, '1}')),
        calls(call({ id: 'b' }, 'g', '{}')),
      ],
    ],
    [
      'all with the same index',
      [
        calls(call({ index: 0, id: 'a' }, 'f', '{"x":1}')),
        calls(call({ index: 0, id: 'b' }, 'g', '{}')),
      ],
    ],
    ['whole, side by side', [calls(call({ id: 'a' }, 'f', '{"x":1}'), call({ id: 'b' }, 'g', ''))]],
  ])('come whole when they are sent %s', (_, chunks) => {
    expect(readAll(chunks).toolCalls()).toEqual([first, second])
  })

  it('without ids get their own', () => {
    const reader = readAll([calls(call({}, 'f', '{}'), call({}, 'g', '{}'))])
    expect(reader.toolCalls()).toMatchObject([
      { toolCallId: 'made-1', toolName: 'f' },
      { toolCallId: 'made-2', toolName: 'g' },
    ])
  })

  it('are none when one cannot be read', () => {
    expect(readAll([calls(call({ id: 'a' }, 'f', '{"x"'))]).toolCalls()).toBeUndefined()
  })
})

describe('thinking', () => {
  const details = [{ type: 'reasoning.text', text: 'Let ' }, { summary: 'me' }, { data: '…' }]
  it.each([
    [{ reasoning: 'Hm', reasoning_details: details }, 'Hm'],
    [{ reasoning_content: 'Hm' }, 'Hm'],
    [{ reasoning: null, reasoning_details: details }, 'Let me'],
  ])('is read from %j once', (fields, text) => {
    const reader = newReader()
    expect(reader.read(delta(fields))).toEqual({
      kind: 'parts',
      parts: [{ type: 'reasoning-delta', text }],
    })
    expect(reader.hasContent).toBe(false)
  })
})

it.each([
  ['stop', 'stop'],
  ['length', 'length'],
  ['model_length', 'length'],
  // They never came.
  ['tool_calls', 'stop'],
  ['content_filter', 'content-filter'],
  ['something new', 'stop'],
])('the finish reason %s is %s', (reason, expected) => {
  expect(readAll([delta({}, reason)]).finishReason).toBe(expected)
})
