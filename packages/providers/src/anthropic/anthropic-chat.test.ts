import type { ModelCall, ModelPart } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { createGate, startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { callOf, connect, readParts, textOfParts } from '../__fixtures__/connect.ts'
import { anthropic } from '../definitions/anthropic.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

const model = 'claude-sonnet-4-6'

function adapter(credential = simulator.keys.anthropic) {
  return connect(anthropic({ apiBase: simulator.baseUrls.anthropic }), { credential })
}

function ask(changes: Partial<ModelCall> = {}): Promise<ModelPart[]> {
  return readParts(adapter().chat(callOf(model, changes)))
}

const usageOf = (parts: readonly ModelPart[]) =>
  parts.flatMap((part) => (part.type === 'usage' ? [part.usage] : []))

const bodyOf = () => simulator.calls.at(-1)?.body as Record<string, unknown>

/** An adapter whose provider answers with this. */
function answering(body: unknown, contentType = 'text/event-stream') {
  const text = Array.isArray(body)
    ? body
        .map(
          (event: { type: string }) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
        )
        .join('')
    : JSON.stringify(body)
  const fetch = async () => new Response(text, { headers: { 'content-type': contentType } })
  return connect(anthropic(), { credential: 'k', runtime: { ...systemRuntime, fetch } })
}

const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const

describe('a chat with Anthropic', () => {
  it('gives text, usage and the finish, streamed and whole alike', async () => {
    const [streamed, whole] = [await ask({ stream: true }), await ask({ stream: false })]
    for (const parts of [streamed, whole]) {
      expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' })
      expect(usageOf(parts)).toHaveLength(1)
      expect(usageOf(parts)[0]?.outputTokens).toBeGreaterThan(1)
    }
    expect(streamed.length).toBeGreaterThan(3)
    expect(textOfParts(streamed)).not.toBe('')
    expect(textOfParts(whole)).toBe(textOfParts(streamed))
    expect(usageOf(whole)).toEqual(usageOf(streamed))
    expect(simulator.calls.map(({ isStream }) => isStream)).toEqual([true, false])
  })

  it.each([true, false])('counts cached tokens in the totals (%s)', async (stream) => {
    const usage = { inputTokens: 100, cachedInputTokens: 60, outputTokens: 50, reasoningTokens: 0 }
    simulator.script({}, { type: 'respond', text: 'Hi', usage })
    const { inputTokens, cachedInputTokens, outputTokens } = usage
    expect(usageOf(await ask({ stream }))).toEqual([
      { inputTokens, cachedInputTokens, outputTokens, cacheWriteTokens: 0 },
    ])
    simulator.script({}, { type: 'respond', text: 'Hi', usage: null })
    expect(usageOf(await ask({ stream }))).toEqual([])
  })

  it('counts written and thought tokens, the latest report of each', async () => {
    const message = {
      usage: {
        input_tokens: 10,
        cache_creation_input_tokens: 200,
        cache_read_input_tokens: 3000,
        output_tokens: 1,
      },
    }
    const usage = {
      input_tokens: null,
      output_tokens: 70,
      output_tokens_details: { thinking_tokens: 40 },
    }
    const events = [
      { type: 'message_start', message },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
      { type: 'message_stop' },
    ]
    expect(usageOf(await readParts(answering(events).chat(callOf(model))))).toEqual([
      {
        inputTokens: 3210,
        cachedInputTokens: 3000,
        cacheWriteTokens: 200,
        outputTokens: 70,
        reasoningTokens: 40,
      },
    ])
  })

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    // It was not done.
    ['pause_turn', 'length'],
    ['something_new', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'content-filter'],
  ])('ends a %s with %s', async (stop_reason, finishReason) => {
    const whole = { content: [{ type: 'text', text: 'Hi' }], stop_reason }
    const parts = await readParts(answering(whole, 'application/json').chat(callOf(model)))
    expect(parts).toEqual([
      { type: 'headers' },
      { type: 'text-delta', text: 'Hi' },
      { type: 'finish', finishReason },
    ])
  })

  it.each([true, false])('shows thoughts apart from the answer (%s)', async (stream) => {
    simulator.script({}, { type: 'respond', text: 'Four.', reasoning: 'Two and two.' })
    const parts = await ask({ stream })
    const thoughts = parts.flatMap((part) => (part.type === 'reasoning-delta' ? [part.text] : []))
    expect(thoughts.join('')).toBe('Two and two.')
    expect(textOfParts(parts)).toBe('Four.')
  })

  it('sends what the call says', async () => {
    await ask({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'system', content: 'Be kind.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'file', mediaType: 'image/png', data: 'AAAA' },
            { type: 'file', mediaType: 'application/pdf', data: 'https://example.com/a.pdf' },
          ],
        },
        { role: 'user', content: ' ' },
        { role: 'user', content: 'Well?' },
      ],
      maxOutputTokens: 4000,
      temperature: 1.5,
      topP: 0.9,
      stop: ['END', '\n'],
      seed: 7,
      responseFormat: { type: 'text' },
    })
    expect(bodyOf()).toEqual({
      model,
      max_tokens: 4000,
      system: 'Be brief.\n\nBe kind.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
            { type: 'text', text: 'Well?' },
          ],
        },
      ],
      stop_sequences: ['END'],
      temperature: 1,
      stream: true,
    })
  })

  it('always says how long an answer may be', async () => {
    await ask()
    expect(bodyOf()['max_tokens']).toBe(64_000)
    await ask({ externalId: 'claude-opus-9' }).catch(() => undefined)
    expect(bodyOf()['max_tokens']).toBe(4096)
  })

  it('leaves out what newer models refuse', async () => {
    await ask({ topP: 0.5 })
    expect(bodyOf()).toMatchObject({ top_p: 0.5 })
    await ask({ externalId: 'claude-opus-9', topP: 0.5, temperature: 0 }).catch(() => undefined)
    expect(Object.keys(bodyOf())).toEqual(['model', 'max_tokens', 'messages', 'stream'])
  })

  it('says as the user what only the system says', async () => {
    await ask({ messages: [{ role: 'system', content: 'Say hello.' }] })
    expect(bodyOf()['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Say hello.' }] },
    ])
  })

  it.each([true, false])('calls a tool and hears its answer (streamed: %s)', async (stream) => {
    const question = { role: 'user', content: 'How warm is it in Paris?' } as const
    const asked = { tools: [weather], stream }
    const parts = await ask({ ...asked, messages: [question], toolChoice: 'required' })
    const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
    expect(calls).toEqual([
      {
        type: 'tool-call',
        toolCallId: expect.stringMatching(/^toolu_/),
        toolName: 'get_weather',
        input: { city: expect.any(String) },
      },
    ])
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'tool-calls' })
    expect(bodyOf()).toMatchObject({
      tools: [{ name: 'get_weather', input_schema: weather.parameters }],
      tool_choice: { type: 'any' },
    })
    const final = await ask({
      ...asked,
      messages: [
        question,
        {
          role: 'assistant',
          content: 'Let me see. ',
          toolCalls: [{ id: 'functions.get_weather:0', name: 'get_weather', input: 'Paris' }],
        },
        { role: 'user', content: 'Hurry!' },
        { role: 'tool', toolCallId: 'functions.get_weather:0', content: '21 degrees' },
      ],
    })
    expect(textOfParts(final)).toContain('get_weather')
    const id = expect.stringMatching(/^[A-Za-z0-9]{24}$/)
    expect(bodyOf()['messages']).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me see.' },
          { type: 'tool_use', id, name: 'get_weather', input: { value: 'Paris' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: id, content: '21 degrees' },
          { type: 'text', text: 'Hurry!' },
        ],
      },
    ])
  })

  it.each([
    ['auto', { type: 'auto' }],
    ['none', { type: 'none' }],
    ['required', { type: 'any' }],
    [{ toolName: 'get_weather' }, { type: 'tool', name: 'get_weather' }],
    [undefined, undefined],
  ] as const)('has the tool choice %j', async (toolChoice, sent) => {
    await ask({ tools: [weather], toolChoice })
    expect(bodyOf()['tool_choice']).toEqual(sent)
    await ask({ tools: [], toolChoice })
    expect(bodyOf()['tool_choice']).toBeUndefined()
  })

  it('leaves the calls of tools that run at the provider to it', async () => {
    const call = { type: 'server_tool_use', id: 'x', name: 'web_search', input: { query: 'q' } }
    const whole = { content: [call, { type: 'text', text: 'Hi' }], stop_reason: 'end_turn' }
    const parts = await readParts(answering(whole, 'application/json').chat(callOf(model)))
    expect(parts.map(({ type }) => type)).toEqual(['headers', 'text-delta', 'finish'])
  })
})

describe('a structured answer of Anthropic', () => {
  const schema = {
    type: 'object',
    properties: { rivers: { type: 'array', items: { type: 'string' } } },
  } as const
  const responseFormat = { type: 'json-schema', name: 'rivers', schema } as const
  const older = { externalId: 'claude-3-haiku-20240307', maxOutputTokens: 4000, responseFormat }

  it.each([true, false])('is held to the schema (streamed: %s)', async (stream) => {
    const parts = await ask({ responseFormat, stream })
    expect(JSON.parse(textOfParts(parts))).toEqual({ rivers: expect.any(Array) })
    expect(bodyOf()['output_config']).toMatchObject({
      format: { type: 'json_schema', schema: { type: 'object', additionalProperties: false } },
    })
    expect(schema).not.toHaveProperty('additionalProperties')
  })

  it.each([true, false])('comes from older models through a tool (%s)', async (stream) => {
    const parts = await ask({ ...older, stream })
    expect(JSON.parse(textOfParts(parts))).toEqual({ rivers: expect.any(Array) })
    expect(parts.some(({ type }) => type === 'tool-call')).toBe(false)
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' })
    expect(bodyOf()).toMatchObject({
      tools: [{ name: 'rivers', input_schema: schema }],
      tool_choice: { type: 'tool', name: 'rivers' },
    })
  })

  it.each([
    ['none', { type: 'tool', name: 'rivers' }],
    ['auto', { type: 'any' }],
    ['required', { type: 'any' }],
    [{ toolName: 'get_weather' }, { type: 'tool', name: 'get_weather' }],
  ] as const)('leaves older models the tools, with the choice %j', async (toolChoice, sent) => {
    await ask({ ...older, tools: [weather], toolChoice })
    expect(bodyOf()).toMatchObject({
      tools: [{ name: 'get_weather' }, { name: 'rivers' }],
      tool_choice: sent,
    })
  })

  it('without a schema is asked for in words', async () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Rivers?' },
    ] as const
    await ask({ responseFormat: { type: 'json-object' }, messages })
    expect(bodyOf()['system']).toMatch(/^Be brief\.\n\nAnswer with one JSON object/)
  })
})

describe('leaving a chat with Anthropic', () => {
  it('sends nothing before the first pull', async () => {
    adapter().chat(callOf(model))
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(readParts(adapter().chat(callOf(model), { signal }))).rejects.toThrow('enough')
    expect(simulator.calls).toEqual([])
  })

  it.each(['headers', 'first-chunk', 'between-chunks'] as const)(
    'ends the request when the signal aborts while it waits for %s',
    async (stage) => {
      const gate = createGate()
      simulator.script({}, { type: 'stall', stage, gate })
      const abort = new AbortController()
      const reading = readParts(adapter().chat(callOf(model), { signal: abort.signal }))
      await gate.reached
      abort.abort(new Error('enough'))
      await expect(reading).rejects.toThrow('enough')
      expect(await simulator.calls[0]?.closed).toBe('aborted-by-client')
    },
  )

  it('ends the request when the reader leaves', async () => {
    const gate = createGate()
    simulator.script({}, { type: 'stall', stage: 'between-chunks', afterChunks: 1, gate })
    for await (const part of adapter().chat(callOf(model))) {
      if (part.type === 'text-delta') break
    }
    expect(await simulator.calls[0]?.closed).toBe('aborted-by-client')
  })
})
