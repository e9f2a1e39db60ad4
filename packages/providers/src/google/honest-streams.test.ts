import { describe, expect, it } from 'vitest'

import { answering, events } from '../__fixtures__/answering.ts'
import type { CapturedAnswer } from '../__fixtures__/answering.ts'
import { callOf } from '../__fixtures__/connect.ts'
import { outcomeOf } from '../__fixtures__/outcome.ts'
import { google } from '../definitions/google.ts'

const said = (text: string, finishReason?: string) => ({
  candidates: [
    { content: { parts: [{ text }] }, ...(finishReason === undefined ? {} : { finishReason }) },
  ],
})
const finish = (finishReason: string) => ({ candidates: [{ finishReason }] })
const usage = (tokens: number) => ({
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: tokens },
})
const CUT = new TypeError('terminated')

async function read(answer: CapturedAnswer, stream = true) {
  const { adapter } = answering(google(), answer)
  return outcomeOf(adapter.chat(callOf('gemini-2.5-flash', { stream })))
}

describe('a stream of Gemini is finished', () => {
  it.each<readonly [string, CapturedAnswer, object]>([
    ['with a reason of its own', { body: events(said('Hi'), finish('STOP')) }, {}],
    [
      'with the reason on every response',
      { body: events(said('H', 'STOP'), said('i', 'STOP')) },
      {},
    ],
    ['with text behind the reason', { body: events(said('H', 'STOP'), said('i')) }, {}],
    [
      'with the later of two reasons',
      { body: events(said('Hi', 'STOP'), finish('MAX_TOKENS')) },
      { end: 'length' },
    ],
    [
      'with the usage of its last response',
      { body: events({ ...said('Hi'), ...usage(1) }, { ...finish('STOP'), ...usage(2) }) },
      { usages: [{ inputTokens: 3, outputTokens: 2 }] },
    ],
    [
      'behind comments',
      { body: `: hello\n${events(said('Hi'))}: x\n${events(finish('STOP'))}` },
      {},
    ],
    ['as one list', { body: JSON.stringify([said('H'), said('i', 'STOP')]) }, {}],
    [
      'by its first answer, when there are more',
      {
        body: events(
          said('Hi'),
          { candidates: [{ index: 1, content: { parts: [{ text: 'Ho' }] } }] },
          finish('STOP'),
        ),
      },
      {},
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await read(answer)).toMatchObject({ text: 'Hi', end: 'stop', ...expected })
  })
})

describe('a stream of Gemini is a failure', () => {
  const error = { error: { code: 503, message: 'Try later', status: 'UNAVAILABLE' } }

  it.each<readonly [string, CapturedAnswer, object]>([
    ['without a reason', { body: events(said('Hi')) }, { text: 'Hi', end: 'truncated' }],
    [
      'with a reason that says nothing',
      { body: events(said('Hi', 'FINISH_REASON_UNSPECIFIED')) },
      { end: 'truncated' },
    ],
    // The reason may come with every response, and there is no end mark.
    [
      'cut off, whatever reason it gave',
      { body: events(said('Hi', 'STOP')), cut: CUT },
      { text: 'Hi', end: 'truncated' },
    ],
    ['of nothing', { body: '' }, { end: 'truncated' }],
    ['of garbage', { body: `${events(said('Hi'))}data: oops\n\n` }, { end: 'malformed' }],
    ['of a page', { body: '<!DOCTYPE html>\n\n<html>\n\n' }, { end: 'malformed' }],
    ['with an error', { body: events(said('Hi'), error) }, { text: 'Hi', end: 'overloaded' }],
    [
      'of JSON with an error, in pieces',
      { body: JSON.stringify(error, undefined, 2).split('') },
      { end: 'overloaded' },
    ],
    ['of a list with an error', { body: JSON.stringify([error]) }, { end: 'overloaded' }],
    [
      'with an event that is one',
      { body: `event: error\n${events(error)}` },
      { end: 'overloaded' },
    ],
    [
      'with a call that makes no sense',
      { body: events({ ...finish('MALFORMED_FUNCTION_CALL'), ...usage(2) }) },
      { end: 'malformed', usages: [{ outputTokens: 2 }] },
    ],
    [
      'that refuses the prompt, and costs nevertheless',
      { body: events({ promptFeedback: { blockReason: 'SAFETY' }, ...usage(0) }) },
      { end: 'content-filtered', usages: [{ inputTokens: 3 }] },
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await read(answer)).toMatchObject(expected)
  })

  it('in one piece is the same', async () => {
    const contentType = 'application/json'
    expect(await read({ body: JSON.stringify(error), contentType }, false)).toMatchObject({
      end: 'overloaded',
    })
    expect(await read({ body: '{"candidates":[{', contentType }, false)).toMatchObject({
      end: 'truncated',
    })
    expect(await read({ body: '{}', contentType }, false)).toMatchObject({ end: 'truncated' })
  })
})
