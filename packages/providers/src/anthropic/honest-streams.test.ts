import { describe, expect, it } from 'vitest'

import { answering, events, namedEvents } from '../__fixtures__/answering.ts'
import type { CapturedAnswer } from '../__fixtures__/answering.ts'
import { callOf } from '../__fixtures__/connect.ts'
import { outcomeOf } from '../__fixtures__/outcome.ts'
import { anthropic } from '../definitions/anthropic.ts'

const start = { type: 'message_start', message: { usage: { input_tokens: 3, output_tokens: 1 } } }
const block = (content_block: object, index = 0) => ({
  type: 'content_block_start',
  index,
  content_block,
})
const stop = (index = 0) => ({ type: 'content_block_stop', index })
const hi = [start, block({ type: 'text', text: 'Hi' }), stop()]
const reason = (stop_reason: string | null) => ({
  type: 'message_delta',
  delta: { stop_reason },
  usage: { output_tokens: 2 },
})
const end = { type: 'message_stop' }
const call = (input: string, index = 1) => [
  block({ type: 'tool_use', id: 'toolu_1', name: 'f', input: {} }, index),
  {
    type: 'content_block_delta',
    index,
    delta: { type: 'input_json_delta', partial_json: input },
  },
]
const CUT = new TypeError('terminated')
const usages = [{ inputTokens: 3, outputTokens: 2 }]

async function read(answer: CapturedAnswer) {
  return outcomeOf(answering(anthropic(), answer).adapter.chat(callOf('claude-sonnet-4-6')))
}

describe('a stream of Anthropic is finished', () => {
  it.each<readonly [string, CapturedAnswer, object]>([
    [
      'with its reason and its end mark',
      { body: namedEvents(...hi, reason('end_turn'), end) },
      { usages },
    ],
    ['with its reason alone', { body: namedEvents(...hi, reason('end_turn')) }, { usages }],
    [
      'when it is cut behind the reason',
      { body: namedEvents(...hi, reason('end_turn')), cut: CUT },
      { usages },
    ],
    [
      'at its end mark, whatever follows',
      { body: namedEvents(...hi, reason('end_turn'), end, ...hi, { type: 'error', error: {} }) },
      { text: 'Hi', usages },
    ],
    [
      'when its events have no names',
      { body: events(...hi, reason('end_turn'), end) },
      { text: 'Hi' },
    ],
    [
      'with the later of two reasons',
      { body: namedEvents(...hi, reason('max_tokens'), reason('end_turn'), end) },
      {},
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await read(answer)).toMatchObject({ text: 'Hi', end: 'stop', ...expected })
  })

  it('without waiting for the connection to close', async () => {
    const body = new TextEncoder().encode(namedEvents(...hi, reason('end_turn'), end))
    const open = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(body) })
    const fetch = () =>
      Promise.resolve(new Response(open, { headers: { 'content-type': 'text/event-stream' } }))
    const { adapter } = answering(anthropic(), { body: '' }, { fetch })
    expect(await outcomeOf(adapter.chat(callOf('claude-sonnet-4-6')))).toMatchObject({
      end: 'stop',
    })
  })
})

describe('a call without input', () => {
  it.each<readonly [string, CapturedAnswer]>([
    [
      'is whole when the model meant to stop',
      { body: namedEvents(...hi, ...call(''), stop(1), reason('tool_use'), end) },
    ],
    [
      'is whole when more comes after it',
      {
        body: namedEvents(
          ...call('', 0),
          stop(0),
          block({ type: 'text', text: 'Hi' }),
          stop(),
          reason('max_tokens'),
        ),
      },
    ],
    [
      'is whole in one piece',
      {
        body: JSON.stringify({
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'tool_use', id: 't', name: 'f', input: {} },
          ],
          stop_reason: 'tool_use',
        }),
      },
    ],
  ])('%s', async (_, answer) => {
    expect(await read(answer)).toMatchObject({ text: 'Hi', toolCalls: ['f'], end: 'tool-calls' })
  })
})

describe('a stream of Anthropic is a failure', () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }

  it.each<readonly [string, CapturedAnswer, object]>([
    [
      'without a reason',
      { body: namedEvents(...hi) },
      { text: 'Hi', end: 'truncated', usages: [] },
    ],
    ['with its end mark and no reason', { body: namedEvents(...hi, end) }, { end: 'truncated' }],
    [
      'with a reason of nothing',
      { body: namedEvents(...hi, reason(null), end) },
      { end: 'truncated' },
    ],
    ['cut off', { body: namedEvents(...hi), cut: CUT }, { text: 'Hi', end: 'truncated' }],
    ['of nothing', { body: '' }, { end: 'truncated' }],
    ['of pings', { body: namedEvents({ type: 'ping' }, { type: 'ping' }) }, { end: 'truncated' }],
    ['of garbage', { body: 'event: message_start\ndata: {oops}\n\n' }, { end: 'malformed' }],
    ['with an error', { body: namedEvents(...hi, error) }, { text: 'Hi', end: 'overloaded' }],
    ['with an error without a name', { body: events(...hi, error) }, { end: 'overloaded' }],
    [
      'with an error in words',
      { body: namedEvents({ type: 'error', error: 'no' }) },
      { end: 'unknown' },
    ],
    ['of JSON with an error', { body: JSON.stringify(error).split('') }, { end: 'overloaded' }],
    [
      'with a call that never ended',
      { body: namedEvents(...hi, ...call('{"x":1}'), reason('tool_use'), end) },
      { toolCalls: [], end: 'truncated', usages },
    ],
    [
      'with a call that is no JSON',
      { body: namedEvents(...hi, ...call('{"x"'), stop(1), reason('tool_use'), end) },
      { toolCalls: [], end: 'malformed', usages },
    ],
    [
      'with a call that the length cut off before its input',
      { body: namedEvents(...hi, ...call(''), stop(1), reason('max_tokens'), end) },
      { toolCalls: [], end: 'truncated' },
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await read(answer)).toMatchObject(expected)
  })
})
