import type { Provider } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { rowOf } from '../__fixtures__/connect.ts'
import { openaiCompatible } from '../definitions/openai-compatible.ts'
import { openAnswer } from './answer-body.ts'

const provider: Provider = rowOf(openaiCompatible({ id: 'acme', apiBase: 'https://acme.example' }))

function bodyOf(pieces: readonly string[], onCancel?: () => void): ReadableStream<Uint8Array> {
  const left = [...pieces]
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = left.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(new TextEncoder().encode(piece))
    },
    ...(onCancel === undefined ? {} : { cancel: onCancel }),
  })
}

async function read(contentType: string, ...pieces: readonly string[]) {
  const headers = { 'content-type': contentType }
  const answer = await openAnswer(provider, new Response(bodyOf(pieces), { headers }))
  if (answer.kind === 'whole') return answer.value
  const values: unknown[] = []
  for await (const { value } of answer.payloads) values.push(value)
  return values
}

const SSE = 'text/event-stream'
const JSON_TYPE = 'application/json'

describe('an answer', () => {
  it.each<readonly [string, string, string, unknown]>([
    ['a stream', SSE, 'data: {"a":1}\n\ndata: 2\n\n', [{ a: 1 }, 2]],
    ['a stream that is called text', 'text/plain', 'data: 1\n\n', [1]],
    ['a stream that is called nothing', '', 'data: 1\n\n', [1]],
    ['a stream with a comment first', SSE, ': hi\n\ndata: 1\n\n', [1]],
    ['a stream with an end mark', SSE, 'data: 1\n\ndata: [DONE]\n\ndata: {"late"\n\n', [1]],
    ['a stream of nothing', SSE, '', []],
    ['a stream of blank lines', SSE, '\n\n\n', []],
    ['an error event in plain words', SSE, 'event: error\ndata: no\n\n', ['no']],
    ['JSON', JSON_TYPE, '{"a":1}', { a: 1 }],
    ['JSON after blank lines', JSON_TYPE, '\n\n  {"a":1}\n', { a: 1 }],
    ['JSON that is called a stream', SSE, '{"error":{"code":500}}', { error: { code: 500 } }],
    ['JSON that is called text', 'text/plain', '{"error":1}', { error: 1 }],
    ['a list that is called a stream', SSE, '[{"a":1},\n{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['JSON that is a word', JSON_TYPE, '"sorry"', 'sorry'],
  ])('is read as what it is: %s', async (...[, contentType, body, expected]) => {
    expect(await read(contentType, body)).toEqual(expected)
    expect(await read(contentType, ...body.split(''))).toEqual(expected)
  })

  it.each<readonly [string, string, string, string]>([
    ['a web page', 'text/html', '<html>', 'malformed'],
    ['a web page without a tag', 'text/html; charset=utf-8', 'Bad gateway', 'malformed'],
    ['a web page that is called a stream', SSE, '\n<!DOCTYPE html>', 'malformed'],
    ['JSON without its end', JSON_TYPE, '{"a":"b', 'truncated'],
    ['a list without its end', SSE, '[{"a":1},', 'truncated'],
    ['JSON that is none', JSON_TYPE, '{"a"}', 'malformed'],
    ['words that are called JSON', JSON_TYPE, 'sorry', 'malformed'],
    ['an event that is no JSON', SSE, 'data: sorry\n\n', 'malformed'],
    ['an event without its end', SSE, 'data: {"a":1}\n\ndata: {"a', 'truncated'],
  ])('fails: %s', async (...[, contentType, body, kind]) => {
    await expect(read(contentType, body)).rejects.toMatchObject({ failure: { kind } })
    await expect(read(contentType, ...body.split(''))).rejects.toMatchObject({ failure: { kind } })
  })

  it('whose last event lacks its blank line, but nothing else, is complete', async () => {
    expect(await read(SSE, 'data: 1\n\ndata: {"a":1}')).toEqual([1, { a: 1 }])
  })

  it('that is larger than anything is given up', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024).fill(120)),
    })
    const start = new TransformStream<Uint8Array, Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: ')),
    })
    const answer = await openAnswer(provider, new Response(endless.pipeThrough(start)))
    if (answer.kind !== 'events') throw new Error('It is a stream')
    const iterator = answer.payloads[Symbol.asyncIterator]()
    await expect(iterator.next()).rejects.toMatchObject({
      failure: { kind: 'malformed', message: expect.stringContaining('64 MB') },
    })
  })

  it('that is left early is cancelled', async () => {
    let isCancelled = false
    const body = bodyOf(['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n'], () => {
      isCancelled = true
    })
    const answer = await openAnswer(provider, new Response(body))
    if (answer.kind !== 'events') throw new Error('It is a stream')
    for await (const { value } of answer.payloads) {
      expect(value).toBe(1)
      break
    }
    answer.tail.leave()
    expect(isCancelled).toBe(true)
  })
})
