import { getEventListeners } from 'node:events'

import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { ModelCall, ModelPart } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { aProvider, finishOf, noUsage, scriptedModel } from '../__fixtures__/scripted-model.ts'
import type { ScriptedModel } from '../__fixtures__/scripted-model.ts'
import { aiSdkChat } from './ai-sdk-chat.ts'

const hello: ModelCall = {
  externalId: 'scripted-1',
  stream: true,
  messages: [{ role: 'user', content: 'Hello' }],
}

const chat = (model: ScriptedModel, call: Partial<ModelCall> = {}, signal?: AbortSignal) =>
  aiSdkChat(
    { model, provider: aProvider, runtime: createTestRuntime() },
    { ...hello, ...call },
    { signal },
  )

async function read(parts: AsyncIterable<ModelPart>): Promise<ModelPart[]> {
  const all: ModelPart[] = []
  for await (const part of parts) all.push(part)
  return all
}

const said = (delta: string): LanguageModelV4StreamPart => ({ type: 'text-delta', id: '0', delta })
const called = (input: string, more = {}): LanguageModelV4StreamPart => ({
  type: 'tool-call',
  toolCallId: 'c1',
  toolName: 'add',
  input,
  ...more,
})

describe('an answer of a model of the SDK', () => {
  it('is the head, text and thoughts as they come, usage, tool calls, the finish', async () => {
    const own = { anthropic: { signature: 'abc' } }
    const model = scriptedModel([
      { type: 'stream-start', warnings: [] },
      { type: 'reasoning-start', id: 'r' },
      { type: 'reasoning-delta', id: 'r', delta: 'Hm' },
      { type: 'reasoning-end', id: 'r', providerMetadata: own },
      called('{"a":1}', { providerMetadata: own }),
      { type: 'text-start', id: '0' },
      said('He'),
      said(''),
      said('llo'),
      { type: 'text-end', id: '0' },
      {
        type: 'finish',
        finishReason: { unified: 'tool-calls', raw: 'tool_use' },
        usage: {
          inputTokens: { total: 5, noCache: 3, cacheRead: 2, cacheWrite: 0 },
          outputTokens: { total: 4, text: 3, reasoning: 1 },
        },
      },
    ])
    expect(await read(chat(model))).toEqual([
      { type: 'headers' },
      { type: 'reasoning-delta', text: 'Hm' },
      { type: 'reasoning-end', data: own },
      { type: 'text-delta', text: 'He' },
      { type: 'text-delta', text: 'llo' },
      {
        type: 'usage',
        usage: {
          inputTokens: 5,
          outputTokens: 4,
          cachedInputTokens: 2,
          cacheWriteTokens: 0,
          reasoningTokens: 1,
        },
      },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'add', input: { a: 1 }, data: own },
      { type: 'finish', finishReason: 'tool-calls' },
    ])
  })

  it('is the same in one piece', async () => {
    const model = scriptedModel([], {
      whole: {
        content: [
          { type: 'reasoning', text: 'Hm' },
          { type: 'text', text: 'Hello' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'add', input: '' },
        ],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: noUsage,
        warnings: [],
      },
    })
    expect(await read(chat(model, { stream: false }))).toEqual([
      { type: 'reasoning-delta', text: 'Hm' },
      { type: 'reasoning-end' },
      { type: 'text-delta', text: 'Hello' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'add', input: {} },
      { type: 'finish', finishReason: 'tool-calls' },
    ])
  })

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['other', 'stop'],
    // Announced, but there are none.
    ['tool-calls', 'stop'],
    ['content-filter', 'content-filter'],
  ] as const)('that finished with %s finishes with %s', async (unified, finishReason) => {
    const parts = await read(chat(scriptedModel([said('Hi'), finishOf(unified)])))
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason })
  })

  it.each<[string, readonly LanguageModelV4StreamPart[]]>([
    ['truncated', [said('Hi')]],
    ['truncated', [said('Hi'), { ...finishOf('interrupted') }]],
    [
      'truncated',
      [
        said('Hi'),
        { type: 'finish', usage: noUsage, finishReason: { unified: 'other', raw: undefined } },
      ],
    ],
    ['truncated', [called('{"a":'), finishOf('length')]],
    ['malformed', [called('{"a":'), finishOf('tool-calls')]],
    ['unavailable', [said('Hi'), finishOf('error')]],
    ['content-filtered', [finishOf('content-filter')]],
    [
      'overloaded',
      [said('Hi'), { type: 'error', error: { message: 'x', statusCode: 503 } }, finishOf()],
    ],
  ])('that broke is %s and has no finish (%#)', async (kind, parts) => {
    const got: ModelPart[] = []
    const reading = async (): Promise<void> => {
      for await (const part of chat(scriptedModel(parts))) got.push(part)
    }
    await expect(reading()).rejects.toMatchObject({ failure: { kind }, providerId: 'sdk' })
    expect(got.map(({ type }) => type)).not.toContain('finish')
    expect(got.map(({ type }) => type)).not.toContain('tool-call')
  })

  it('leaves out what the provider called itself', async () => {
    const model = scriptedModel([called('{}', { providerExecuted: true }), said('Hi'), finishOf()])
    expect((await read(chat(model))).map(({ type }) => type)).toEqual([
      'headers',
      'text-delta',
      'finish',
    ])
  })
})

describe('a call', () => {
  it('asks nothing before it is read', async () => {
    const model = scriptedModel([said('Hi'), finishOf()])
    const parts = chat(model)
    expect(model.calls).toEqual([])
    await read(parts)
    expect(model.calls).toHaveLength(1)
  })

  it('gives a model back its own thoughts, and those of no other', async () => {
    const data = { anthropic: { signature: 'abc' } }
    const model = scriptedModel([said('Hi'), finishOf()])
    const thought = (externalId: string) => ({
      text: externalId,
      providerData: { providerId: 'sdk', externalId, data },
    })
    await read(
      chat(model, {
        messages: [
          { role: 'user', content: 'Hello' },
          {
            role: 'assistant',
            content: '',
            reasoning: [thought('scripted-1'), thought('other'), { text: 'unsigned' }],
            toolCalls: [
              {
                id: 'c1',
                name: 'add',
                input: {},
                providerData: thought('scripted-1').providerData,
              },
            ],
          },
          { role: 'tool', toolCallId: 'c1', content: '2' },
          { role: 'tool', toolCallId: 'c2', content: '3' },
        ],
      }),
    )
    expect(model.calls[0]?.prompt.slice(1)).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'scripted-1', providerOptions: data },
          {
            type: 'tool-call',
            toolCallId: 'c1',
            toolName: 'add',
            input: {},
            providerOptions: data,
          },
        ],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 'c1',
            toolName: 'add',
            output: { type: 'text', value: '2' },
          },
          {
            type: 'tool-result',
            toolCallId: 'c2',
            toolName: 'c2',
            output: { type: 'text', value: '3' },
          },
        ],
      },
    ])
  })

  it('passes the options of the provider on, in the form of the SDK', async () => {
    const model = scriptedModel([said('Hi'), finishOf()])
    await read(
      chat(model, { providerOptions: { sdk: { openai: { user: 'x' } }, other: { a: 1 } } }),
    )
    expect(model.calls[0]?.providerOptions).toEqual({ openai: { user: 'x' } })
    await expect(
      read(chat(model, { providerOptions: { sdk: { user: 'x' } } })),
    ).rejects.toMatchObject({
      failure: { kind: 'invalid-request' },
      message: expect.stringContaining('`providerOptions.sdk.user`'),
    })
  })

  it('sends a file by address only to a model that reads it', async () => {
    const model = scriptedModel([said('Hi'), finishOf()])
    const withFile = (data: string, mediaType = 'image/png'): Partial<ModelCall> => ({
      messages: [{ role: 'user', content: [{ type: 'file', mediaType, data }] }],
    })
    await read(chat(model, withFile('https://ok.example/a.png')))
    await read(chat(model, withFile('AAAA')))
    expect(model.calls.map(({ prompt }) => prompt[0]?.content[0])).toEqual([
      {
        type: 'file',
        mediaType: 'image/png',
        data: { type: 'url', url: new URL('https://ok.example/a.png') },
      },
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } },
    ])
    for (const call of [
      withFile('https://other.example/a.png'),
      withFile('https://ok.example/a.pdf', 'application/pdf'),
    ]) {
      await expect(read(chat(model, call))).rejects.toMatchObject({
        failure: { kind: 'model-unfit' },
      })
    }
    expect(model.calls).toHaveLength(2)
  })
})

describe('a call that is left', () => {
  it('is aborted with the reason, also when the model does not listen', async () => {
    const model = scriptedModel([said('Hi')], { isDeaf: true })
    const abort = new AbortController()
    const parts = chat(model, {}, abort.signal)
    expect((await parts.next()).value).toEqual({ type: 'headers' })
    await parts.next()
    const waiting = parts.next()
    await model.silent
    const reason = new Error('enough')
    abort.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(model.cancelled()).toBe(1)
    expect(model.calls[0]?.abortSignal?.aborted).toBe(true)
    expect(getEventListeners(abort.signal, 'abort')).toEqual([])
  })

  it('ends the request when the loop is left', async () => {
    const model = scriptedModel([said('Hi'), said('there')], { isDeaf: true })
    const { signal } = new AbortController()
    for await (const part of chat(model, {}, signal)) if (part.type === 'text-delta') break
    expect(model.cancelled()).toBe(1)
    expect(model.calls[0]?.abortSignal?.aborted).toBe(true)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('asks nothing when it was aborted before', async () => {
    const model = scriptedModel([said('Hi'), finishOf()])
    await expect(read(chat(model, {}, AbortSignal.abort('no')))).rejects.toBe('no')
    expect(model.calls).toEqual([])
  })

  it('leaves nothing on the signal when it is over', async () => {
    const { signal } = new AbortController()
    await read(chat(scriptedModel([said('Hi'), finishOf()]), {}, signal))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})
