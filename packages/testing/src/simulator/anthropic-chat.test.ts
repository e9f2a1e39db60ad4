import Anthropic from '@anthropic-ai/sdk'
import type { APIError } from '@anthropic-ai/sdk'
import { describe, expect, it, onTestFinished } from 'vitest'

import { startSimulator } from './index.ts'
import type { Simulator, SimulatorOptions } from './index.ts'

async function start(
  options: SimulatorOptions & { readonly apiKey?: string } = {},
): Promise<{ simulator: Simulator; client: Anthropic }> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  const client = new Anthropic({
    apiKey: options.apiKey ?? simulator.keys.anthropic,
    baseURL: simulator.baseUrls.anthropic,
    maxRetries: 0,
    logLevel: 'off',
  })
  return { simulator, client }
}

const model = 'claude-sonnet-4-6'
const prompt = 'Write a Python function that sorts a list'
const messages = [{ role: 'user' as const, content: prompt }]
const question = { model, max_tokens: 4000, messages }
const weather = {
  name: 'get_weather',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } },
}

function textOf({ content }: Anthropic.Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
}

describe('the list of Anthropic', () => {
  it('is paged by the client, however small the pages are', async () => {
    const { simulator, client } = await start({ maxPageSize: 1 })
    const ids = []
    for await (const { id } of client.models.list({ limit: 1000 })) ids.push(id)
    const listed = simulator.models.filter(({ dialect }) => dialect === 'anthropic')
    expect(ids).toEqual(listed.map(({ id }) => id))
    expect(simulator.calls).toHaveLength(ids.length)
  })

  it('has rows of both years, and what has ended', async () => {
    const { client } = await start()
    const rows = new Map((await client.models.list()).data.map((row) => [row.id, row]))
    expect(rows.get(model)).toMatchObject({
      type: 'model',
      display_name: 'Claude Sonnet 4.6',
      created_at: '2026-02-17T00:00:00Z',
      max_input_tokens: 1_000_000,
      lifecycle: 'active',
      capabilities: { image_input: { supported: true } },
    })
    expect(Object.keys(rows.get('claude-haiku-4-5-20251001') ?? {})).toEqual([
      'type',
      'id',
      'display_name',
      'created_at',
    ])
    expect(rows.get('claude-2.1')).toMatchObject({ lifecycle: 'retired' })
  })

  it('gives one row, or says that there is none', async () => {
    const { client } = await start()
    expect(await client.models.retrieve(model)).toMatchObject({ id: model })
    await expect(client.models.retrieve('nobody')).rejects.toMatchObject({
      status: 404,
      type: 'not_found_error',
    })
    await expect(client.models.list({ after_id: 'nobody' })).rejects.toMatchObject({ status: 400 })
  })
})

describe('chat with Anthropic', () => {
  it('answers, and streams the same answer', async () => {
    const { simulator, client } = await start()
    const whole = await client.messages.create(question)
    expect(textOf(whole)).toContain('def ')
    expect(whole).toMatchObject({ stop_reason: 'end_turn', model, role: 'assistant' })
    const final = await client.messages.stream(question).finalMessage()
    expect(textOf(final)).toBe(textOf(whole))
    expect(final.usage.output_tokens).toBe(whole.usage.output_tokens)
    expect(final.usage.input_tokens).toBe(whole.usage.input_tokens)
    expect(simulator.calls[0]).toMatchObject({ dialect: 'anthropic', model, task: 'code' })
  })

  it('sends events in the order the API has', async () => {
    const { client } = await start()
    const types: string[] = []
    for await (const event of await client.messages.create({ ...question, stream: true })) {
      if (types.at(-1) !== event.type) types.push(event.type)
    }
    expect(types).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ])
  })

  it('thinks when asked to, and shows it', async () => {
    const { client } = await start()
    const thinking = { type: 'enabled' as const, budget_tokens: 1024 }
    const answer = await client.messages.stream({ ...question, thinking }).finalMessage()
    expect(answer.content[0]).toMatchObject({
      type: 'thinking',
      thinking: expect.stringMatching(/\w/),
      signature: expect.stringMatching(/\w/),
    })
    const silent = await client.messages.create(question)
    expect(silent.content.map(({ type }) => type)).toEqual(['text'])
  })

  it('calls tools, and talks about the result', async () => {
    const { client } = await start()
    const asked = [{ role: 'user' as const, content: 'How warm is it in Paris?' }]
    const order = {
      ...question,
      messages: asked,
      tools: [weather],
      tool_choice: { type: 'any' as const },
    }
    const whole = await client.messages.create(order)
    const [call] = whole.content
    expect(whole.stop_reason).toBe('tool_use')
    expect(call).toMatchObject({
      type: 'tool_use',
      id: expect.stringMatching(/^toolu_/),
      name: 'get_weather',
      input: { city: expect.any(String) },
    })
    const streamed = await client.messages.stream(order).finalMessage()
    expect(streamed.content[0]).toMatchObject({ name: 'get_weather', input: expect.anything() })
    if (call?.type !== 'tool_use') throw new Error('No call')
    const result = { type: 'tool_result' as const, tool_use_id: call.id, content: '21 degrees' }
    const final = await client.messages.create({
      ...question,
      tools: [weather],
      messages: [
        ...asked,
        { role: 'assistant', content: whole.content },
        { role: 'user', content: [result] },
      ],
    })
    expect(textOf(final)).toContain('get_weather')
  })

  it('sees images, and gives JSON that fits a schema', async () => {
    const { client } = await start()
    const source = { type: 'base64' as const, media_type: 'image/png' as const, data: 'AAAA' }
    const content = [
      { type: 'image' as const, source },
      { type: 'text' as const, text: 'what?' },
    ]
    const counted = await client.messages.countTokens({
      model,
      messages: [{ role: 'user', content }],
    })
    expect(counted.input_tokens).toBe(260)
    const schema = { type: 'object', properties: { rivers: { type: 'array' } } }
    const answer = await client.messages.create({
      ...question,
      output_config: { format: { type: 'json_schema', schema } },
    })
    expect(JSON.parse(textOf(answer))).toMatchObject({ rivers: expect.any(Array) })
  })

  it('counts what was cached apart from the input, and stops as a script says', async () => {
    const { simulator, client } = await start()
    const usage = { inputTokens: 100, cachedInputTokens: 90, outputTokens: 12, reasoningTokens: 0 }
    simulator.script({}, { type: 'respond', text: 'No.', finish: 'content-filter', usage })
    expect(await client.messages.create(question)).toMatchObject({
      stop_reason: 'refusal',
      usage: { input_tokens: 10, cache_read_input_tokens: 90, output_tokens: 12 },
    })
    const short = await client.messages.create({ ...question, max_tokens: 3 })
    expect(short.stop_reason).toBe('max_tokens')
  })

  it('refuses what the API refuses', async () => {
    const { client } = await start()
    const ask = (changes: object): Promise<unknown> =>
      client.messages.create({
        ...question,
        ...changes,
      } as Anthropic.MessageCreateParamsNonStreaming)
    for (const changes of [
      { max_tokens: 0 },
      { messages: [] },
      { messages: [{ role: 'developer', content: 'x' }] },
      { messages: [{ role: 'user', content: ' ' }] },
      { temperature: 1.5 },
    ]) {
      await expect(ask(changes)).rejects.toMatchObject({
        status: 400,
        type: 'invalid_request_error',
      })
    }
    for (const id of ['nobody', 'claude-2.1']) {
      await expect(ask({ model: id })).rejects.toMatchObject({ status: 404 })
    }
  })
})

describe('failures of Anthropic', () => {
  it('knows its keys', async () => {
    const { client } = await start({ apiKey: 'sk-ant-wrong' })
    await expect(client.models.list()).rejects.toMatchObject({
      status: 401,
      type: 'authentication_error',
    })
  })

  it('says when to come back, and is overloaded in its own way', async () => {
    const { simulator, client } = await start()
    const native = { form: 'native', delayMs: 6500 } as const
    simulator.script(
      {},
      { type: 'fail', failure: 'rate-limited', retryAfter: native },
      { type: 'status', status: 529 },
    )
    const limited = await client.messages.create(question).catch((error: unknown) => error)
    expect(limited).toMatchObject({ status: 429, type: 'rate_limit_error' })
    expect((limited as APIError<number, Headers>).headers.get('retry-after')).toBe('7')
    await expect(client.messages.create(question)).rejects.toMatchObject({
      status: 529,
      type: 'overloaded_error',
    })
  })

  it('breaks a stream with an event that the client throws', async () => {
    const { simulator, client } = await start()
    simulator.script({}, { type: 'stream-error', afterChunks: 2 })
    const stream = await client.messages.create({ ...question, stream: true })
    const read = async (): Promise<void> => {
      for await (const _event of stream);
    }
    await expect(read()).rejects.toMatchObject({ status: undefined, type: 'overloaded_error' })
  })

  it.each([
    ['cut short', { type: 'truncate', afterChunks: 2 }],
    ['never finished', { type: 'respond', finish: 'none' }],
  ] as const)('is %s without `message_stop`', async (_name, behaviour) => {
    const { simulator, client } = await start()
    simulator.script({}, behaviour)
    const types = new Set<string>()
    for await (const event of await client.messages.create({ ...question, stream: true })) {
      types.add(event.type)
    }
    expect(types).toContain('content_block_delta')
    expect(types).not.toContain('message_stop')
  })
})
