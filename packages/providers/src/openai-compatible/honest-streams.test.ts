import { describe, expect, it } from 'vitest'

import { answering, events } from '../__fixtures__/answering.ts'
import type { CapturedAnswer } from '../__fixtures__/answering.ts'
import { callOf } from '../__fixtures__/connect.ts'
import { outcomeOf } from '../__fixtures__/outcome.ts'
import { openai } from '../definitions/openai.ts'

const choice = (delta: object, finish_reason: string | null = null, index = 0) => ({
  choices: [{ index, delta, finish_reason }],
})
const text = (content: string, finish: string | null = null) => choice({ content }, finish)
const finish = (reason: string) => choice({}, reason)
const usage = (output: number) => ({
  choices: [],
  usage: { prompt_tokens: 3, completion_tokens: output, total_tokens: 3 + output },
})
const tool = (fields: object) => choice({ tool_calls: [{ index: 0, ...fields }] })
const named = tool({ id: 'a', function: { name: 'f', arguments: '' } })
const input = (part: string) => tool({ function: { arguments: part } })
const DONE = 'data: [DONE]\n\n'
const CUT = new TypeError('terminated')

async function read(answer: CapturedAnswer, stream = true) {
  const { adapter } = answering(openai(), answer)
  return outcomeOf(adapter.chat(callOf('gpt-4o', { stream })))
}

describe('a stream of the OpenAI family is finished', () => {
  it.each<readonly [string, CapturedAnswer, object]>([
    ['with a finish reason', { body: events(text('Hi'), finish('stop')) }, { end: 'stop' }],
    [
      'with a field for errors in which there is none',
      { body: events({ ...text('Hi'), error: '' }, { ...finish('stop'), error: null }) },
      { text: 'Hi', end: 'stop' },
    ],
    [
      'with the end mark after it, whatever follows',
      { body: `${events(text('Hi'), finish('stop'))}${DONE}${events(text(' there'))}` },
      { text: 'Hi', end: 'stop' },
    ],
    [
      'with the reason on the last text',
      { body: events(text('H'), text('i', 'stop')) },
      { text: 'Hi' },
    ],
    [
      'with text behind the reason',
      { body: events(text('H', 'stop'), text('i')) },
      { text: 'Hi', end: 'stop' },
    ],
    [
      'with the reason twice',
      { body: events(text('Hi'), finish('stop'), finish('stop')) },
      { end: 'stop' },
    ],
    [
      'with two reasons, the later',
      { body: events(text('Hi'), finish('stop'), finish('length')) },
      { end: 'length' },
    ],
    [
      'with a call and then a plain reason',
      { body: events(named, input('{}'), finish('tool_calls'), finish('stop')) },
      { toolCalls: ['f'], end: 'tool-calls' },
    ],
    [
      'with calls announced that never came',
      { body: events(text('Hi'), finish('tool_calls')) },
      { end: 'stop' },
    ],
    [
      'when the connection is cut behind the reason',
      { body: events(text('Hi'), finish('stop')), cut: CUT },
      { text: 'Hi', end: 'stop' },
    ],
    [
      'when half an event is behind the reason',
      { body: `${events(text('Hi'), finish('stop'))}data: {"choices":[],"us` },
      { text: 'Hi', end: 'stop', usages: [] },
    ],
    [
      'with the usage behind the reason, once',
      { body: `${events(text('Hi'), finish('stop'), usage(2))}${DONE}` },
      { usages: [{ inputTokens: 3, outputTokens: 2 }] },
    ],
    [
      'with the usage so far in every event, and counts the last',
      {
        body: events({ ...text('H'), usage: usage(1).usage }, usage(2), finish('stop'), usage(3)),
      },
      { usages: [{ inputTokens: 3, outputTokens: 3 }] },
    ],
    [
      'by its first answer, when there are more',
      { body: events(text('Hi'), choice({ content: 'Ho' }, 'stop', 1), finish('length')) },
      { text: 'Hi', end: 'length' },
    ],
    [
      'in Mistral’s pieces',
      {
        body: events(
          choice({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }] }),
          choice({ content: [{ type: 'text', text: 'Hi' }] }, 'stop'),
        ),
      },
      { text: 'Hi', reasoning: 'Hm', end: 'stop' },
    ],
    [
      'without a blank line at the end',
      { body: events(text('Hi'), finish('stop')).trimEnd() },
      { end: 'stop' },
    ],
    [
      'called plain text',
      { body: events(text('Hi'), finish('stop')), contentType: 'text/plain' },
      { end: 'stop' },
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await read(answer)).toMatchObject(expected)
  })
})

describe('a stream of the OpenAI family is a failure', () => {
  const error = { message: 'Overloaded', code: 'server_overloaded' }

  it.each<readonly [string, CapturedAnswer, object]>([
    ['without any reason', { body: events(text('Hi')) }, { text: 'Hi', end: 'truncated' }],
    ['with nothing but the end mark', { body: DONE }, { end: 'truncated' }],
    [
      'with the end mark and no reason',
      { body: `${events(text('Hi'))}${DONE}` },
      { end: 'truncated' },
    ],
    [
      'with the usage and no reason',
      { body: `${events(text('Hi'), usage(1))}${DONE}` },
      { end: 'truncated' },
    ],
    ['cut off', { body: events(text('Hi')), cut: CUT }, { text: 'Hi', end: 'truncated' }],
    ['cut off in an event', { body: `${events(text('Hi'))}data: {"cho` }, { end: 'truncated' }],
    ['of nothing', { body: '' }, { end: 'truncated' }],
    ['of nothing, as JSON', { body: '', contentType: 'application/json' }, { end: 'truncated' }],
    ['of comments', { body: ': keep-alive\n\n: keep-alive\n\n' }, { end: 'truncated' }],
    ['of garbage', { body: events(text('Hi')) + 'data: oops\n\n' }, { end: 'malformed' }],
    ['of a page', { body: '<html>', contentType: 'text/html' }, { end: 'malformed' }],
    ['of a page that is called a stream', { body: '<html><body>' }, { end: 'malformed' }],
    ['with an error', { body: events(text('Hi'), { error }) }, { text: 'Hi', end: 'overloaded' }],
    ['with an error of no fields', { body: events(text('Hi'), { error: {} }) }, { end: 'unknown' }],
    [
      'with an error behind the reason',
      { body: events(finish('stop'), { error }) },
      { end: 'overloaded' },
    ],
    [
      'with an error in a choice',
      { body: events({ choices: [{ index: 0, delta: {}, error }] }) },
      { end: 'overloaded' },
    ],
    [
      'with an event that is one',
      { body: `event: error\ndata: ${JSON.stringify(error)}\n\n` },
      { end: 'overloaded' },
    ],
    [
      'with an event in plain words',
      { body: 'event: error\ndata: engine overloaded\n\n' },
      { end: 'overloaded' },
    ],
    ['that ends with an error', { body: events(text('Hi'), finish('error')) }, { end: 'unknown' }],
    [
      'that DeepSeek breaks off',
      { body: events(text('Hi'), finish('insufficient_system_resource')) },
      { end: 'overloaded' },
    ],
    ['that vLLM breaks off', { body: events(text('Hi'), finish('abort')) }, { end: 'truncated' }],
    [
      'of JSON with an error, called a stream, in pieces',
      { body: JSON.stringify({ error }).split('') },
      { end: 'overloaded' },
    ],
    [
      'that costs nevertheless',
      { body: events(text('Hi'), usage(2), { error }) },
      { end: 'overloaded', usages: [{ inputTokens: 3, outputTokens: 2 }] },
    ],
    [
      'with a call that is no JSON',
      { body: events(named, input('{"x"'), finish('tool_calls'), usage(2)) },
      { toolCalls: [], end: 'malformed', usages: [{ outputTokens: 2 }] },
    ],
    [
      'with a call that the length cut off',
      { body: events(named, input('{"x"'), finish('length')) },
      { toolCalls: [], end: 'truncated' },
    ],
    [
      'with a call that the length cut off before its input',
      { body: events(named, finish('length')) },
      { toolCalls: [], end: 'truncated' },
    ],
    [
      'filtered before the first word',
      { body: events(finish('content_filter')) },
      { end: 'content-filtered' },
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await read(answer)).toMatchObject(expected)
  })
})

describe('an answer of the OpenAI family in one piece', () => {
  const whole = (fields: object) => JSON.stringify({ choices: [fields] })
  const json = 'application/json'

  it.each<readonly [string, CapturedAnswer, object]>([
    [
      'is finished with a reason',
      { body: whole({ message: { content: 'Hi' }, finish_reason: 'stop' }), contentType: json },
      { text: 'Hi', end: 'stop' },
    ],
    [
      'may come as a stream',
      { body: events(text('Hi'), finish('stop')) },
      { text: 'Hi', end: 'stop' },
    ],
    [
      'without a reason broke off',
      { body: whole({ message: { content: 'Hi' } }) },
      { end: 'truncated' },
    ],
    ['of nothing broke off', { body: '', contentType: json }, { end: 'truncated' }],
    ['without choices broke off', { body: '{}', contentType: json }, { end: 'truncated' }],
    ['cut off broke off', { body: '{"choices":[{"mess', contentType: json }, { end: 'truncated' }],
    [
      'cut with its connection broke off',
      { body: '{"choices"', contentType: json, cut: CUT },
      { end: 'truncated' },
    ],
    [
      'with an error in it failed',
      { body: '{"error":"overloaded"}', contentType: json },
      { end: 'overloaded' },
    ],
    ['of words is no answer', { body: 'sorry', contentType: json }, { end: 'malformed' }],
  ])('%s', async (_, answer, expected) => {
    expect(await read(answer, false)).toMatchObject(expected)
  })
})
