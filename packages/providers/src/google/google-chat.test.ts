import type { ModelCall, ModelPart } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { createGate, startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { callOf, connect, readParts, textOfParts } from '../__fixtures__/connect.ts'
import { google } from '../definitions/google.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

const model = 'gemini-2.5-flash'
const dialect = 'google'

function adapter(credential = simulator.keys.google) {
  return connect(google({ apiBase: `${simulator.baseUrls.google}/v1beta` }), { credential })
}

function ask(changes: Partial<ModelCall> = {}): Promise<ModelPart[]> {
  return readParts(adapter().chat(callOf(model, changes)))
}

const usageOf = (parts: readonly ModelPart[]) =>
  parts.flatMap((part) => (part.type === 'usage' ? [part.usage] : []))

const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const

describe('a chat with Gemini', () => {
  it('gives text, usage and the finish, streamed and whole alike', async () => {
    const [streamed, whole] = [await ask({ stream: true }), await ask({ stream: false })]
    for (const parts of [streamed, whole]) {
      expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' })
      expect(usageOf(parts)).toHaveLength(1)
      expect(usageOf(parts)[0]?.outputTokens).toBeGreaterThan(0)
    }
    expect(streamed.length).toBeGreaterThan(3)
    expect(textOfParts(streamed)).not.toBe('')
    expect(textOfParts(whole)).toBe(textOfParts(streamed))
    expect(streamed.some(({ type }) => type === 'reasoning-delta')).toBe(false)
    expect(simulator.calls.map(({ isStream }) => isStream)).toEqual([true, false])
  })

  it.each([true, false])('counts cached and thought tokens in the totals (%s)', async (stream) => {
    const usage = { inputTokens: 100, cachedInputTokens: 60, outputTokens: 50, reasoningTokens: 20 }
    simulator.script({ dialect }, { type: 'respond', text: 'Hi', usage })
    expect(usageOf(await ask({ stream }))).toEqual([usage])
    simulator.script({ dialect }, { type: 'respond', text: 'Hi', usage: null })
    expect(usageOf(await ask({ stream }))).toEqual([])
  })

  it.each([
    ['length', 'length'],
    ['content-filter', 'content-filter'],
  ] as const)('ends with %s', async (finish, finishReason) => {
    simulator.script({ dialect }, { type: 'respond', text: 'Hi', finish })
    expect((await ask()).at(-1)).toEqual({ type: 'finish', finishReason })
  })

  it('sends what the call says', async () => {
    await ask({
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'file', mediaType: 'image/png', data: 'AAAA' },
            { type: 'file', mediaType: 'application/pdf', data: 'https://example.com/a.pdf' },
          ],
        },
      ],
      maxOutputTokens: 4000,
      temperature: 0.5,
      topP: 0.9,
      stop: ['END'],
      seed: 7,
      responseFormat: { type: 'text' },
    })
    expect(simulator.calls[0]?.body).toEqual({
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'What is this?' },
            { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
            { fileData: { mimeType: 'application/pdf', fileUri: 'https://example.com/a.pdf' } },
          ],
        },
      ],
      systemInstruction: expect.objectContaining({ parts: [{ text: 'Be brief.' }] }),
      generationConfig: {
        maxOutputTokens: 4000,
        temperature: 0.5,
        topP: 0.9,
        stopSequences: ['END'],
        seed: 7,
      },
    })
  })

  it.each([true, false])('calls a tool and hears its answer (streamed: %s)', async (stream) => {
    const question = { role: 'user', content: 'How warm is it in Paris?' } as const
    const asked = { externalId: 'gemini-3-flash-preview', tools: [weather], stream }
    const parts = await ask({ ...asked, messages: [question], toolChoice: 'required' })
    const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
    expect(calls).toEqual([
      {
        type: 'tool-call',
        toolCallId: expect.any(String),
        toolName: 'get_weather',
        input: { city: expect.any(String) },
        data: { thoughtSignature: expect.any(String) },
      },
    ])
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'tool-calls' })
    const [{ toolCallId, toolName, input } = { toolCallId: '', toolName: '', input: null }] = calls
    const answer = await ask({
      ...asked,
      messages: [
        question,
        { role: 'assistant', content: '', toolCalls: [{ id: toolCallId, name: toolName, input }] },
        { role: 'tool', toolCallId, content: '{"celsius":21}' },
      ],
    })
    expect(textOfParts(answer)).toContain('get_weather')
    expect(simulator.calls.map(({ body }) => body)).toMatchObject([
      {
        tools: [{ functionDeclarations: [{ parametersJsonSchema: weather.parameters }] }],
        toolConfig: { functionCallingConfig: { mode: 'ANY' } },
      },
      {
        contents: [
          { role: 'user' },
          { role: 'model', parts: [{ functionCall: { name: 'get_weather', args: input } }] },
          {
            role: 'user',
            parts: [{ functionResponse: { name: 'get_weather', response: { celsius: 21 } } }],
          },
        ],
      },
    ])
  })

  it.each([
    ['gemini-3-flash-preview', { thoughtSignature: 'skip_thought_signature_validator' }],
    ['gemini-2.5-flash', {}],
  ])('says to %s that a call has no signature where it must', async (externalId, signature) => {
    const toolCalls = ['a', 'b'].map((id) => ({ id, name: weather.name, input: { city: id } }))
    await ask({
      externalId,
      tools: [weather],
      messages: [
        { role: 'user', content: 'Compare' },
        { role: 'assistant', content: 'Looking', toolCalls },
        { role: 'tool', toolCallId: 'a', content: 'warm' },
        { role: 'tool', toolCallId: 'b', content: '[1]' },
      ],
    })
    const call = (city: string) => ({ functionCall: { name: weather.name, args: { city } } })
    const answer = (result: string) => ({
      functionResponse: { name: weather.name, response: { result } },
    })
    expect(simulator.calls[0]?.body).toHaveProperty('contents', [
      { role: 'user', parts: [{ text: 'Compare' }] },
      { role: 'model', parts: [{ text: 'Looking' }, { ...call('a'), ...signature }, call('b')] },
      { role: 'user', parts: [answer('warm'), answer('[1]')] },
    ])
  })

  it('gives several tool calls their own ids', async () => {
    const toolCalls = [
      { name: 'get_weather', arguments: { city: 'Paris' } },
      { name: 'get_weather', arguments: { city: 'Rome' } },
    ]
    simulator.script({ dialect }, { type: 'respond', text: '', toolCalls })
    const calls = (await ask({ tools: [weather] })).filter(({ type }) => type === 'tool-call')
    const ids = calls.map((call) => (call.type === 'tool-call' ? call.toolCallId : ''))
    expect(new Set(ids).size).toBe(2)
  })

  it('gives a tool call that is sent twice once', async () => {
    const toolCalls = [{ name: 'get_weather', arguments: { city: 'Paris' }, id: 'fc_1' }]
    const twice = { type: 'duplicate', what: 'chunk' } as const
    const respond = { type: 'respond', text: '', toolCalls } as const
    simulator.script({ dialect }, { type: 'combine', behaviours: [respond, twice] })
    const calls = (await ask({ tools: [weather] })).filter(({ type }) => type === 'tool-call')
    expect(calls).toMatchObject([{ toolCallId: 'fc_1', input: { city: 'Paris' } }])
  })

  it('gives JSON that fits the schema', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }
    const responseFormat = { type: 'json-schema', name: 'person', schema } as const
    const parts = await ask({ responseFormat })
    expect(JSON.parse(textOfParts(parts))).toEqual({ name: expect.any(String) })
    expect(simulator.calls[0]?.body).toMatchObject({
      generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema },
    })
  })
})

describe('ending a chat with Gemini', () => {
  it.each([true, false])('ends upstream with the signal’s reason (%s)', async (stream) => {
    const gate = createGate()
    const stage = stream ? 'between-chunks' : 'headers'
    simulator.script({ dialect }, { type: 'stall', stage, gate })
    const call = simulator.nextCall()
    const abort = new AbortController()
    const { signal } = abort
    const reading = readParts(adapter().chat(callOf(model, { stream }), { signal }))
    await gate.reached
    abort.abort(new Error('enough'))
    await expect(reading).rejects.toThrow('enough')
    expect(await (await call).closed).toBe('aborted-by-client')
  })

  it('ends upstream when the loop is left', async () => {
    const gate = createGate()
    simulator.script({ dialect }, { type: 'stall', stage: 'between-chunks', gate })
    const call = simulator.nextCall()
    for await (const part of adapter().chat(callOf(model))) {
      if (part.type === 'text-delta') break
    }
    expect(await (await call).closed).toBe('aborted-by-client')
  })

  it('sends nothing before the first pull, and all through the runtime', async () => {
    const addresses: string[] = []
    const runtime = {
      ...systemRuntime,
      fetch: (...[input, init]: Parameters<typeof fetch>) => {
        addresses.push(input instanceof Request ? input.url : String(input))
        return fetch(input, init)
      },
    }
    const { google: credential } = simulator.keys
    // Without a version: the preview one, which has every model.
    const definition = google({ apiBase: simulator.baseUrls.google })
    const parts = connect(definition, { credential, runtime }).chat(callOf(model))
    expect(addresses).toEqual([])
    await readParts(parts)
    expect(addresses).toEqual([expect.stringContaining(`/v1beta/models/${model}:stream`)])
  })
})
