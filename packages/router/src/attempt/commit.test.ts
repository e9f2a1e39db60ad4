import type { ProviderFailure } from '@imrs/core'
import type { FakeAnswer } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from '../__fixtures__/make-router.ts'

const broken: ProviderFailure = { kind: 'truncated', message: 'It broke off.' }

/** Auto over two models: `a` answers as given, `b` says `b`. */
async function askAfter(answer: FakeAnswer, request: { readonly allowEmpty?: boolean } = {}) {
  const made = await makeRouter({
    providers: [
      {
        models: ['a', 'b'],
        answer: ({ externalId }) => (externalId === 'a' ? answer : { text: 'b' }),
      },
    ],
  })
  const given = await made.router.chat({ ...hello, model: 'auto', ...request })
  return { ...made, messageId: given.messageId, parts: await read(given) }
}

describe('before the first visible part', () => {
  it.each<[string, FakeAnswer]>([
    ['nothing', { failure: broken }],
    ['white space', { text: [' ', '\n', '\t'], failure: broken }],
    ['white space alone, and finished', { text: ' \n ' }],
    ['a finish', {}],
  ])('%s commits to nothing: the next model answers alone', async (_name, answer) => {
    const { parts } = await askAfter(answer)
    expect(textOfParts(parts)).toBe('b')
    expect(parts.map(({ type }) => type)).toEqual(['decision', 'fallback', 'text-delta', 'end'])
  })

  it('white space is given out with what follows it, in its order', async () => {
    const { parts } = await askAfter({ text: ['\n', ' ', 'Hi', ' ', '!'] })
    expect(textOfParts(parts)).toBe('\n Hi !')
    expect(partsOf(parts, 'fallback')).toEqual([])
  })

  it('so much white space is meant: it commits, and what breaks then is an error', async () => {
    const { parts } = await askAfter({
      text: Array.from({ length: 70 }, () => '\n'),
      failure: broken,
    })
    expect(parts.at(-1)).toMatchObject({ type: 'error', failureKind: 'truncated' })
    expect(textOfParts(parts)).toBe('\n'.repeat(70))
  })

  it('an answer may be empty where the request allows it', async () => {
    const { parts } = await askAfter({ text: ' ' }, { allowEmpty: true })
    expect(parts.map(({ type }) => type)).toEqual(['decision', 'text-delta', 'end'])
    expect(parts.at(-1)).toMatchObject({ type: 'end', model: 'fake/a' })
  })
})

describe('after the first visible part', () => {
  it.each<[string, FakeAnswer, object]>([
    ['text', { text: 'half' }, { characters: 4, reasoningCharacters: 0, toolCalls: 0 }],
    ['thinking', { reasoning: 'Hmm.' }, { characters: 0, reasoningCharacters: 4, toolCalls: 0 }],
    [
      'a tool call',
      { toolCalls: [{ id: 'c1', name: 'pay', input: { eur: 5 } }] },
      { characters: 0, reasoningCharacters: 0, toolCalls: 1 },
    ],
  ])('%s is the end of failover: what was received is told', async (_name, answer, received) => {
    const { parts, providers } = await askAfter({ ...answer, failure: broken })
    expect(providers[0]?.calls).toHaveLength(1)
    expect(partsOf(parts, 'fallback')).toEqual([])
    expect(parts.at(-1)).toMatchObject({
      type: 'error',
      code: 'provider-error',
      failureKind: 'truncated',
      isRetryable: true,
      isRetrySafe: !('toolCalls' in answer),
      received,
      tried: [{ model: 'fake/a', failureKind: 'truncated', wasCalled: true }],
    })
  })

  it('thinking without an answer is an empty answer', async () => {
    const { parts } = await askAfter({ reasoning: 'Hmm.' })
    expect(parts.at(-1)).toMatchObject({ type: 'error', failureKind: 'empty' })
  })

  it('says what the answer cost so far, as well as it is known', async () => {
    const { router } = await makeRouter({
      providers: [
        {
          models: [{ externalId: 'a', pricing: { input: '2', output: '4' } }],
          answer: () => ({
            text: 'half',
            usage: { inputTokens: 1_000, outputTokens: 500 },
            failure: broken,
          }),
        },
      ],
    })
    const [error] = partsOf(await read(await router.chat(hello)), 'error')
    // (1,000 × $2 + 500 × $4) / 1,000,000
    expect(error?.costUsd).toBe(0.004)
  })
})
