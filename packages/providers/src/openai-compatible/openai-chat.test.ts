import type { FailureKind, ModelPart, ProviderError } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { createGate, startSimulator } from '@imrs/testing/simulator'
import type { Behaviour, Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { callOf, connect, readParts, textOfParts } from '../__fixtures__/connect.ts'
import { openRouter } from '../definitions/open-router.ts'
import { openai } from '../definitions/openai.ts'
import { requesty } from '../definitions/requesty.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

const dialects = ['openai', 'openrouter', 'requesty'] as const
type Dialect = (typeof dialects)[number]

const chatModels: Record<Dialect, string> = {
  openai: 'gpt-4o',
  openrouter: 'xiaomi/mimo-v2-flash',
  requesty: '',
}

function adapterOf(dialect: Dialect, credential = simulator.keys[dialect]) {
  const factory = { openai, openrouter: openRouter, requesty }[dialect]
  return connect(factory({ apiBase: simulator.baseUrls[dialect] }), { credential })
}

function modelOf(dialect: Dialect): string {
  if (dialect !== 'requesty') return chatModels[dialect]
  const model = simulator.models.find((one) => one.dialect === 'requesty' && one.kind === 'chat')
  return model?.id ?? ''
}

function failureOf(error: unknown): ProviderError['failure'] {
  return (error as ProviderError).failure
}

const usageOf = (parts: readonly ModelPart[]) =>
  parts.flatMap((part) => (part.type === 'usage' ? [part] : []))

describe.each(dialects)('a chat with %s', (dialect) => {
  it('gives text, usage and the finish, streamed and whole alike', async () => {
    const answers = []
    for (const stream of [true, false]) {
      const call = callOf(modelOf(dialect), { stream })
      const parts = await readParts(adapterOf(dialect).chat(call))
      expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' })
      expect(usageOf(parts)).toHaveLength(1)
      expect(usageOf(parts)[0]?.usage.outputTokens).toBeGreaterThan(0)
      answers.push(textOfParts(parts))
    }
    expect(answers[0]).not.toBe('')
    expect(answers[1]).toBe(answers[0])
  })

  it('counts cached and reasoning tokens as parts of the totals', async () => {
    const usage = { inputTokens: 100, cachedInputTokens: 60, outputTokens: 50, reasoningTokens: 20 }
    simulator.script({ dialect }, { type: 'respond', text: 'Hi', usage })
    const parts = await readParts(adapterOf(dialect).chat(callOf(modelOf(dialect))))
    expect(usageOf(parts)[0]?.usage).toMatchObject(usage)
  })

  it('refuses a wrong key without repeating it', async () => {
    const chat = adapterOf(dialect, 'sk-wrong-key-123456').chat(callOf(modelOf(dialect)))
    const error: unknown = await readParts(chat).catch((thrown: unknown) => thrown)
    expect(failureOf(error).kind).toBe('credentials')
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('wrong-key')
    expect((error as Error).cause).toBeUndefined()
  })

  const unavailable: readonly FailureKind[] = ['overloaded', 'unavailable']
  const faults: readonly (readonly [string, Behaviour, FailureKind | readonly FailureKind[]])[] = [
    ['a refused connection', { type: 'disconnect' }, 'connect'],
    ['a stream without an end', { type: 'truncate', afterChunks: 2 }, 'truncated'],
    ['a reset in mid-stream', { type: 'reset', afterChunks: 2 }, 'truncated'],
    ['an error in mid-stream', { type: 'stream-error', afterChunks: 2 }, unavailable],
    ['a 200 with an error', { type: 'success-with-error' }, unavailable],
    ['a 503', { type: 'status', status: 503 }, unavailable],
    ['a 500', { type: 'status', status: 500 }, 'unavailable'],
    [
      'an HTML page',
      { type: 'status', status: 502, body: '<html>Bad gateway</html>' },
      'unavailable',
    ],
    ['a page in place of a stream', { type: 'status', status: 200, body: '<html>' }, 'malformed'],
    ['a cut frame', { type: 'malformed', afterChunks: 1 }, 'malformed'],
  ]
  it.each(faults)('%s fails', async (_name, behaviour, kind) => {
    simulator.script({ dialect }, behaviour)
    const error: unknown = await readParts(adapterOf(dialect).chat(callOf(modelOf(dialect)))).catch(
      (thrown: unknown) => thrown,
    )
    expect([kind].flat()).toContain(failureOf(error).kind)
  })

  it.each(['seconds', 'date', 'milliseconds', 'native'] as const)(
    'a 429 says how long to wait (%s)',
    async (form) => {
      const retryAfter = { form, delayMs: 20_000 }
      simulator.script({ dialect }, { type: 'fail', failure: 'rate-limited', retryAfter })
      const error: unknown = await readParts(
        adapterOf(dialect).chat(callOf(modelOf(dialect))),
      ).catch((thrown: unknown) => thrown)
      expect(failureOf(error).kind).toBe('rate-limited')
      expect(failureOf(error).retryAfterMs).toBeGreaterThan(15_000)
      expect(failureOf(error).retryAfterMs).toBeLessThanOrEqual(20_000)
    },
  )

  it('ends upstream when the signal aborts, with the signal’s reason', async () => {
    const gate = createGate()
    simulator.script({ dialect }, { type: 'stall', stage: 'between-chunks', gate })
    const call = simulator.nextCall()
    const abort = new AbortController()
    const reading = readParts(
      adapterOf(dialect).chat(callOf(modelOf(dialect)), { signal: abort.signal }),
    )
    await gate.reached
    abort.abort(new Error('enough'))
    await expect(reading).rejects.toThrow('enough')
    expect(await (await call).closed).toBe('aborted-by-client')
  })

  it('ends upstream when the loop is left', async () => {
    const gate = createGate()
    simulator.script({ dialect }, { type: 'stall', stage: 'between-chunks', gate })
    const call = simulator.nextCall()
    for await (const part of adapterOf(dialect).chat(callOf(modelOf(dialect)))) {
      if (part.type === 'text-delta') break
    }
    expect(await (await call).closed).toBe('aborted-by-client')
  })

  it('sends nothing before it is read, and nothing when it was aborted before', async () => {
    const chat = adapterOf(dialect).chat(callOf(modelOf(dialect)), { signal: AbortSignal.abort() })
    expect(simulator.calls).toEqual([])
    await expect(readParts(chat)).rejects.toThrow()
    expect(simulator.calls).toEqual([])
  })

  it('does not mind where the bytes are cut', async () => {
    const text = 'Grüße 👋 – ein Fluss'
    for (const bytesPerWrite of [1, 2, 3, 5, 7, 64]) {
      simulator.script(
        { dialect },
        {
          type: 'combine',
          behaviours: [
            { type: 'respond', text },
            { type: 'framing', bytesPerWrite, lineEnding: '\r\n', withComments: true },
          ],
        },
      )
      const parts = await readParts(adapterOf(dialect).chat(callOf(modelOf(dialect))))
      expect(textOfParts(parts)).toBe(text)
      expect(parts.at(-1)?.type).toBe('finish')
    }
  })
})

describe('tools', () => {
  const tools = [
    {
      name: 'weather',
      description: 'Weather of a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
    },
  ]

  it.each([true, false])('come whole (stream: %s), and take their results back', async (stream) => {
    const toolCalls = [
      { name: 'weather', arguments: { city: 'Bern' } },
      { name: 'weather', arguments: { city: 'Genève' } },
    ]
    simulator.script({ dialect: 'openai' }, { type: 'respond', toolCalls })
    const call = callOf('gpt-4o', { stream, tools, toolChoice: 'required' })
    const parts = await readParts(adapterOf('openai').chat(call))
    const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
    expect(calls.map(({ toolName, input }) => ({ name: toolName, arguments: input }))).toEqual(
      toolCalls,
    )
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'tool-calls' })

    const after = await readParts(
      adapterOf('openai').chat(
        callOf('gpt-4o', {
          stream,
          tools,
          messages: [
            ...call.messages,
            {
              role: 'assistant',
              content: '',
              toolCalls: calls.map(({ toolCallId, toolName, input }) => ({
                id: toolCallId,
                name: toolName,
                input,
              })),
            },
            ...calls.map(
              ({ toolCallId }) =>
                ({ role: 'tool', toolCallId, content: '{"degrees": 12}' }) as const,
            ),
          ],
        }),
      ),
    )
    expect(textOfParts(after)).not.toBe('')
  })

  it('with broken input are malformed, not a call', async () => {
    const toolCalls = [{ name: 'weather', arguments: '{"city": "Be' }]
    simulator.script({ dialect: 'openai' }, { type: 'respond', toolCalls })
    await expect(
      readParts(adapterOf('openai').chat(callOf('gpt-4o', { tools }))),
    ).rejects.toMatchObject({ failure: { kind: 'malformed' } })
  })
})

describe('an answer in one piece', () => {
  const whole = (body: string, type = 'application/json') => {
    const fetch = async () => new Response(body, { headers: { 'content-type': type } })
    const adapter = connect(openai(), { credential: 'key', runtime: { ...systemRuntime, fetch } })
    return readParts(adapter.chat(callOf('gpt-4o', { stream: false })))
  }
  const filtered = (content: string) =>
    JSON.stringify({ choices: [{ message: { content }, finish_reason: 'content_filter' }] })

  it.each([
    ['{"choices":[{"message":{"content":"he', 'application/json', 'truncated'],
    ['{"choices"]}', 'application/json', 'malformed'],
    ['<html>hello</html>', 'text/html', 'malformed'],
    [filtered(''), 'application/json', 'content-filtered'],
  ])('%s is a failure', async (body, type, kind) => {
    await expect(whole(body, type)).rejects.toMatchObject({ failure: { kind } })
  })

  it('that was filtered half-way is given as far as it came', async () => {
    expect(await whole(filtered('Once'))).toEqual([
      { type: 'headers' },
      { type: 'text-delta', text: 'Once' },
      { type: 'finish', finishReason: 'content-filter' },
    ])
  })
})

describe('what else can be asked', () => {
  it('a schema that leaves something open is not called strict, and text is sent as text', async () => {
    const data = Buffer.from('Grüße').toString('base64')
    const schema = { type: 'object', properties: { colour: { type: 'string' } } }
    await readParts(
      adapterOf('openai').chat(
        callOf('gpt-4o', {
          messages: [{ role: 'user', content: [{ type: 'file', mediaType: 'text/plain', data }] }],
          responseFormat: { type: 'json-schema', name: 'answer', schema },
        }),
      ),
    )
    expect(simulator.calls[0]?.body).toMatchObject({
      messages: [{ content: [{ type: 'text', text: 'Grüße' }] }],
      response_format: { json_schema: { name: 'answer', schema } },
    })
    expect(JSON.stringify(simulator.calls[0]?.body)).not.toContain('strict')
  })

  it('an image is sent as one, and a schema brings JSON', async () => {
    const image = { type: 'file', mediaType: 'image/png', data: 'aGVsbG8=' } as const
    const schema = {
      type: 'object',
      properties: { colour: { type: 'string' } },
      required: ['colour'],
      additionalProperties: false,
    }
    const parts = await readParts(
      adapterOf('openai').chat(
        callOf('gpt-4o', {
          messages: [{ role: 'user', content: [{ type: 'text', text: 'Which colour?' }, image] }],
          responseFormat: { type: 'json-schema', name: 'answer', schema },
        }),
      ),
    )
    expect(JSON.parse(textOfParts(parts))).toHaveProperty('colour')
    expect(simulator.calls[0]?.body).toMatchObject({
      messages: [
        {
          content: [
            { type: 'text' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,aGVsbG8=' } },
          ],
        },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true } },
    })
  })

  it('limits and sampling go under the names the host takes', async () => {
    const settings = { maxOutputTokens: 7, temperature: 0.5, topP: 0.9, stop: ['x'], seed: 3 }
    for (const dialect of ['openai', 'openrouter'] as const) {
      await readParts(adapterOf(dialect).chat(callOf(modelOf(dialect), settings)))
    }
    const shared = { temperature: 0.5, top_p: 0.9, stop: ['x'], seed: 3 }
    expect(simulator.calls[0]?.body).toMatchObject({ ...shared, max_completion_tokens: 7 })
    expect(simulator.calls[1]?.body).toMatchObject({ ...shared, max_tokens: 7 })
    expect(simulator.calls[0]?.body).not.toHaveProperty('usage')
  })

  it('an answer that was cut short says so', async () => {
    simulator.script({ dialect: 'openai' }, { type: 'respond', text: 'cut', finish: 'length' })
    const parts = await readParts(adapterOf('openai').chat(callOf('gpt-4o')))
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'length' })
  })

  it('thinking is kept apart from the answer', async () => {
    simulator.script(
      { dialect: 'openrouter' },
      { type: 'respond', text: 'Done.', reasoning: 'Let me think.' },
    )
    const parts = await readParts(adapterOf('openrouter').chat(callOf(modelOf('openrouter'))))
    const reasoning = parts.map((part) => (part.type === 'reasoning-delta' ? part.text : ''))
    expect(reasoning.join('')).toBe('Let me think.')
    expect(textOfParts(parts)).toBe('Done.')
  })

  it('the cost that OpenRouter reports comes in nano-dollars', async () => {
    const parts = await readParts(adapterOf('openrouter').chat(callOf(modelOf('openrouter'))))
    const { costUsd } = simulator.calls[0] ?? {}
    expect(costUsd).toBeGreaterThan(0)
    expect(usageOf(parts)[0]?.reportedCostNanoUsd).toBe(Math.round((costUsd ?? 0) * 1e9))
  })
})
