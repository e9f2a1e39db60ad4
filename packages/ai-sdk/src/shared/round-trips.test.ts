import type { ChatMessage, ModelCall, Provider, TokenUsage } from '@imrs/core'
import { modelParametersOf } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { toChatMessages } from '../model/to-chat-messages.ts'
import { toChatRequest } from '../model/to-chat-request.ts'
import { toCallOptions } from '../provider/to-call-options.ts'
import { toPrompt } from '../provider/to-prompt.ts'
import { fromSdkUsage, toSdkUsage } from './usage.ts'

const provider: Provider = {
  id: 'sdk',
  displayName: 'SDK',
  providerType: 'custom',
  apiBase: 'https://ai-sdk.invalid',
  modelsEndpoint: '/models',
  isActive: true,
  origin: 'code',
  settings: {},
  createdAtMs: 0,
  updatedAtMs: 0,
}

const text = fc.string({ unit: 'grapheme' })
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as never)
const base64 = fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes).toString('base64'))
const address = fc
  .webUrl({ validSchemes: ['https'], withQueryParameters: true })
  .map((url) => new URL(url).href)
const file = fc.record(
  {
    type: fc.constant('file' as const),
    mediaType: fc.constantFrom('image/png', 'application/pdf', 'audio/mpeg', 'text/plain'),
    data: fc.oneof(base64, address),
    name: text,
  },
  { requiredKeys: ['type', 'mediaType', 'data'] },
)
const message: fc.Arbitrary<ChatMessage> = fc.oneof(
  fc.record({ role: fc.constant('system' as const), content: text }),
  fc.record({ role: fc.constant('user' as const), content: text }),
  fc.record({
    role: fc.constant('user' as const),
    content: fc
      .tuple(fc.record({ type: fc.constant('text' as const), text }), file)
      .chain((both) => fc.shuffledSubarray(both, { minLength: 2 })),
  }),
  fc.record(
    {
      role: fc.constant('assistant' as const),
      content: text,
      toolCalls: fc.array(
        fc.record({ id: fc.string({ minLength: 1 }), name: fc.constant('add'), input: json }),
        { minLength: 1 },
      ),
    },
    { requiredKeys: ['role', 'content'] },
  ),
  fc.record({
    role: fc.constant('tool' as const),
    toolCallId: fc.string({ minLength: 1 }),
    content: text,
  }),
)

const callOf = (messages: readonly ChatMessage[], more: Partial<ModelCall> = {}): ModelCall => ({
  externalId: 'm',
  stream: true,
  messages,
  ...more,
})

describe('a conversation', () => {
  it('is the same after a trip through the words of the SDK', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1 }), (messages) => {
        const { messages: back, warnings } = toChatMessages(
          toPrompt({ provider, call: callOf(messages) }),
        )
        expect(back).toEqual(messages)
        expect(warnings).toEqual([])
      }),
    )
  })
})

describe('a request', () => {
  it('keeps its tools, its format and its parameters on that trip', () => {
    const setting = fc.record(
      {
        maxOutputTokens: fc.integer({ min: 1 }),
        temperature: fc.double({ min: 0, max: 2, noNaN: true }),
        topP: fc.double({ min: 0, max: 1, noNaN: true }),
        stop: fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }),
        seed: fc.integer(),
        reasoningEffort: fc.constantFrom(
          ...(['none', 'minimal', 'low', 'medium', 'high'] as const),
        ),
        tools: fc.constant([
          { name: 'add', description: 'Adds', parameters: { type: 'object', properties: {} } },
        ]),
        toolChoice: fc.constantFrom(
          ...(['auto', 'none', 'required', { toolName: 'add' }] as const),
        ),
        responseFormat: fc.constantFrom(
          { type: 'json-object' as const },
          { type: 'json-schema' as const, name: 'sum', schema: { type: 'number' } },
        ),
      },
      { requiredKeys: ['tools'] },
    )
    fc.assert(
      fc.property(setting, (given) => {
        const call = callOf([{ role: 'user', content: 'Hello' }], given)
        const options = toCallOptions({ provider, call }, new AbortController().signal)
        const { request, warnings } = toChatRequest({ modelId: 'auto', defaults: {} }, options)
        expect(modelParametersOf(request)).toEqual(modelParametersOf(call))
        const { tools, toolChoice, responseFormat } = request
        expect({ tools, toolChoice, responseFormat }).toEqual({
          tools: given.tools,
          toolChoice: given.toolChoice,
          responseFormat: given.responseFormat,
        })
        expect(warnings).toEqual([])
      }),
    )
  })
})

describe('usage', () => {
  const count = fc.nat()
  const usage: fc.Arbitrary<TokenUsage> = fc
    .record({ cached: count, written: count, fresh: count, thought: count, said: count })
    .chain(({ cached, written, fresh, thought, said }) =>
      fc.record(
        {
          inputTokens: fc.constant(cached + written + fresh),
          outputTokens: fc.constant(thought + said),
          cachedInputTokens: fc.constant(cached),
          cacheWriteTokens: fc.constant(written),
          reasoningTokens: fc.constant(thought),
        },
        { requiredKeys: ['inputTokens', 'outputTokens'] },
      ),
    )

  it('is the same after a trip through the words of the SDK', () => {
    fc.assert(
      fc.property(usage, (given) => {
        expect(fromSdkUsage(toSdkUsage(given))).toEqual(given)
      }),
    )
  })

  it('counts no token twice', () => {
    fc.assert(
      fc.property(usage, (given) => {
        const { inputTokens, outputTokens } = toSdkUsage(given)
        const { noCache, cacheRead = 0, cacheWrite = 0 } = inputTokens
        if (noCache !== undefined) {
          expect(noCache + (cacheRead ?? 0) + (cacheWrite ?? 0)).toBe(given.inputTokens)
        }
        if (outputTokens.text !== undefined) {
          expect(outputTokens.text + (outputTokens.reasoning ?? 0)).toBe(given.outputTokens)
        }
      }),
    )
  })

  it('is unknown when a total is, and the sum of its parts when those are known', () => {
    const none = {
      total: undefined,
      noCache: undefined,
      cacheRead: undefined,
      cacheWrite: undefined,
    }
    const nothing = { total: undefined, text: undefined, reasoning: undefined }
    expect(fromSdkUsage({ inputTokens: none, outputTokens: nothing })).toBeUndefined()
    expect(
      fromSdkUsage({ inputTokens: { ...none, total: 3 }, outputTokens: nothing }),
    ).toBeUndefined()
    expect(
      fromSdkUsage({
        inputTokens: { ...none, noCache: 3, cacheRead: 4 },
        outputTokens: { ...nothing, text: 5, reasoning: 1 },
      }),
    ).toEqual({ inputTokens: 7, outputTokens: 6, cachedInputTokens: 4, reasoningTokens: 1 })
    expect(
      fromSdkUsage({
        inputTokens: { ...none, total: Number.NaN },
        outputTokens: { ...nothing, total: -1 },
      }),
    ).toBeUndefined()
    expect(toSdkUsage(undefined)).toEqual({ inputTokens: none, outputTokens: nothing })
  })
})
