import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'

import { answerLevel, qualityOf, simulatedModel, startSimulator } from './index.ts'
import type { Simulator, SimulatorOptions } from './index.ts'

type OpenAiLike = 'openai' | 'openrouter' | 'requesty'

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  return simulator
}

function client(simulator: Simulator, dialect: OpenAiLike): OpenAI {
  return new OpenAI({
    baseURL: simulator.baseUrls[dialect],
    apiKey: simulator.keys[dialect],
    maxRetries: 0,
  })
}

const models: Readonly<Record<OpenAiLike, string>> = {
  openai: 'gpt-4o',
  openrouter: 'xiaomi/mimo-v2-flash',
  requesty: 'netmind/deepseek-ai/DeepSeek-R1-0528',
}
const messages = [{ role: 'user' as const, content: 'Write a TypeScript function that sorts rows' }]
const weatherTool = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
      required: ['city'],
    },
  },
}

describe.each(['openai', 'openrouter', 'requesty'] as const)('chat with %s', (dialect) => {
  it('answers', async () => {
    const simulator = await start()
    const answer = await client(simulator, dialect).chat.completions.create({
      model: models[dialect],
      messages,
    })
    const [choice] = answer.choices
    expect(choice).toMatchObject({ index: 0, finish_reason: 'stop' })
    expect(choice?.message.content).not.toBe('')
    expect(answer).toMatchObject({ object: 'chat.completion', model: models[dialect] })
    expect(answer.usage?.total_tokens).toBe(
      (answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0),
    )
    expect(simulator.calls).toHaveLength(1)
    expect(simulator.calls[0]).toMatchObject({
      dialect,
      operation: 'chat',
      task: 'code',
      isStream: false,
      outcome: 'completed',
      credential: 'valid',
      body: { messages },
    })
    expect(simulator.calls[0]?.headers).not.toHaveProperty('authorization')
  })

  it('streams the same answer', async () => {
    const simulator = await start()
    const openai = client(simulator, dialect)
    const whole = await openai.chat.completions.create({ model: models[dialect], messages })
    const stream = await openai.chat.completions.create({
      model: models[dialect],
      messages,
      stream: true,
      stream_options: { include_usage: true },
    })
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')
    expect(text).toBe(whole.choices[0]?.message.content)
    expect(chunks.length).toBeGreaterThan(5)
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage ?? {} })
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    expect(await simulator.calls.at(-1)?.closed).toBe('completed')
  })

  it('calls a tool that the prompt names, in several chunks, and then talks about its result', async () => {
    const simulator = await start()
    const openai = client(simulator, dialect)
    const model = dialect === 'requesty' ? 'openai/o3:flex' : models[dialect]
    const question = { role: 'user' as const, content: 'Use get weather for Paris in celsius' }
    const stream = openai.chat.completions.stream({
      model,
      messages: [question],
      tools: [weatherTool],
    })
    let argumentChunks = 0
    stream.on('tool_calls.function.arguments.delta', () => {
      argumentChunks += 1
    })
    const answer = await stream.finalChatCompletion()
    const [choice] = answer.choices
    const call = choice?.message.tool_calls?.[0]
    expect(choice?.finish_reason).toBe('tool_calls')
    if (call?.type !== 'function') throw new Error('no function was called')
    expect(call.function.name).toBe('get_weather')
    expect(JSON.parse(call.function.arguments)).toMatchObject({ unit: 'celsius' })
    expect(argumentChunks).toBeGreaterThan(2)

    const whole = await openai.chat.completions.create({
      model,
      messages: [question],
      tools: [weatherTool],
    })
    expect(whole.choices[0]?.message).toMatchObject({
      content: null,
      tool_calls: [{ function: { arguments: call.function.arguments } }],
    })

    const result = { role: 'tool' as const, tool_call_id: call.id, content: '21 degrees, clear' }
    const final = await openai.chat.completions.create({
      model,
      messages: [question, { role: 'assistant', tool_calls: [call] }, result],
      tools: [weatherTool],
    })
    expect(final.choices[0]?.finish_reason).toBe('stop')
    expect(final.choices[0]?.message.content).toContain('get_weather')
  })

  it('ends for length when the allowance is small', async () => {
    const answer = await client(await start(), dialect).chat.completions.create({
      model: models[dialect],
      messages,
      max_tokens: 4,
    })
    expect(answer.choices[0]?.finish_reason).toBe('length')
    expect(answer.usage?.completion_tokens).toBe(4)
  })
})

describe('chat', () => {
  it('calls a required tool though the prompt does not name it', async () => {
    const answer = await client(await start(), 'openai').chat.completions.create({
      model: 'gpt-4o',
      messages,
      tools: [weatherTool],
      tool_choice: 'required',
    })
    expect(answer.choices[0]?.finish_reason).toBe('tool_calls')
  })

  it('looks at images, and refuses them where the model is blind', async () => {
    const simulator = await start()
    const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AAAA' } }
    const withImage = [
      { role: 'user' as const, content: [{ type: 'text' as const, text: 'What is it?' }, image] },
    ]
    const openai = client(simulator, 'openai')
    const seen = await openai.chat.completions.create({ model: 'gpt-4o', messages: withImage })
    expect(seen.usage?.prompt_tokens).toBeGreaterThan(258)
    expect(simulator.calls[0]?.task).toBe('image')
    await expect(
      client(simulator, 'openrouter').chat.completions.create({
        model: 'xiaomi/mimo-v2-flash',
        messages: withImage,
      }),
    ).rejects.toMatchObject({ status: 404, message: expect.stringContaining('image input') })
  })

  it('gives JSON that fits the schema', async () => {
    const answer = await client(await start(), 'openai').chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'Plan 3 days in Rome' }],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'plan',
          strict: true,
          schema: {
            type: 'object',
            properties: {
              days: { type: 'integer', minimum: 1, maximum: 14 },
              stops: { type: 'array', items: { $ref: '#/$defs/stop' }, minItems: 1 },
            },
            required: ['days', 'stops'],
            $defs: { stop: { type: 'object', properties: { place: { type: 'string' } } } },
          },
        },
      },
    })
    expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toMatchObject({
      days: 3,
      stops: [{ place: expect.any(String) }, {}],
    })
  })

  it('bills OpenRouter answers, by the key, per generation and in the log', async () => {
    const simulator = await start()
    const { baseUrls, keys } = simulator
    const answer = await client(simulator, 'openrouter').chat.completions.create({
      model: 'xiaomi/mimo-v2-flash',
      messages,
    })
    const { usage } = answer
    const cost =
      (usage?.prompt_tokens ?? 0) * 0.000_000_09 + (usage?.completion_tokens ?? 0) * 0.000_000_29
    expect((usage as unknown as { cost: number }).cost).toBeCloseTo(cost, 12)
    expect(simulator.calls[0]?.costUsd).toBeCloseTo(cost, 12)
    const headers = { authorization: `Bearer ${keys.openrouter}` }
    const generation = await fetch(`${baseUrls.openrouter}/generation?id=${answer.id}`, { headers })
    expect(await generation.json()).toMatchObject({ data: { id: answer.id, cancelled: false } })
    const credits = await fetch(`${baseUrls.openrouter}/credits`, { headers })
    expect(await credits.json()).toMatchObject({ data: { total_usage: expect.closeTo(cost, 12) } })
  })

  it('thinks when OpenRouter is asked to, and counts it', async () => {
    const simulator = await start()
    const body = { model: 'xiaomi/mimo-v2-flash', messages, reasoning: { enabled: true } }
    const stream = await client(simulator, 'openrouter').chat.completions.create({
      ...body,
      stream: true,
    })
    let reasoning = ''
    for await (const chunk of stream) {
      const delta = chunk.choices[0]?.delta as { reasoning?: string } | undefined
      reasoning += delta?.reasoning ?? ''
    }
    expect(reasoning).not.toBe('')
    expect(simulator.calls[0]?.usage?.reasoningTokens).toBeGreaterThan(0)
  })

  it('sends OpenAI’s rate-limit headers', async () => {
    const { response } = await client(await start(), 'openai')
      .chat.completions.create({ model: 'gpt-4o', messages })
      .withResponse()
    expect(response.headers.get('x-ratelimit-limit-requests')).toBe('10000')
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('9999')
    expect(response.headers.get('x-ratelimit-reset-requests')).toBe('6ms')
    expect(response.headers.get('x-ratelimit-reset-tokens')).toMatch(/^\d+ms$/)
    expect(response.headers.get('x-request-id')).toMatch(/^req_/)
  })

  it('pads OpenAI’s chunks unless told not to, and sends no usage unasked', async () => {
    const openai = client(await start(), 'openai')
    const request = { model: 'gpt-4o', messages, stream: true as const }
    const padded = await openai.chat.completions.create(request)
    for await (const chunk of padded) {
      expect(chunk).toHaveProperty('obfuscation')
      expect(chunk).not.toHaveProperty('usage')
    }
    const plain = await openai.chat.completions.create({
      ...request,
      stream_options: { include_usage: true, include_obfuscation: false },
    })
    for await (const chunk of plain) {
      expect(chunk).not.toHaveProperty('obfuscation')
      expect(chunk).toHaveProperty('usage')
    }
  })

  it('answers as a script says', async () => {
    const simulator = await start()
    simulator.script(
      {},
      {
        type: 'respond',
        text: 'Exactly this.',
        finish: 'content-filter',
        usage: { inputTokens: 10, cachedInputTokens: 8, outputTokens: 5 },
        model: 'gpt-4o-2024-08-06',
      },
      { type: 'respond', toolCalls: [{ name: 'broken', arguments: '{"a":' }], usage: null },
      { type: 'empty' },
    )
    const ask = (): Promise<OpenAI.ChatCompletion> =>
      client(simulator, 'openai').chat.completions.create({ model: 'gpt-4o', messages })
    expect(await ask()).toMatchObject({
      model: 'gpt-4o-2024-08-06',
      choices: [{ message: { content: 'Exactly this.' }, finish_reason: 'content_filter' }],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 8 },
      },
    })
    const broken = await ask()
    expect(broken).not.toHaveProperty('usage')
    expect(broken.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      function: { name: 'broken', arguments: '{"a":' },
    })
    expect((await ask()).choices[0]).toMatchObject({ message: { content: '' } })
  })

  it('writes good and poor answers that a reader can tell apart, as `qualityOf` says', async () => {
    const simulator = await start()
    const model = simulator.models.find(({ id }) => id === 'gpt-4o')
    if (model === undefined) throw new Error('gpt-4o is missing')
    const prompt = 'Write a Python function that checks for a palindrome'
    const answer = await client(simulator, 'openai').chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: prompt }],
    })
    expect(simulator.calls[0]?.quality).toBe(qualityOf(model, prompt, simulator.seed))
    expect(answerLevel(qualityOf(model, prompt, simulator.seed))).toBe('good')
    expect(answer.choices[0]?.message.content).toContain('```python\ndef is_palindrome')
    simulator.replaceModels([simulatedModel({ ...model, skill: { default: 0 } })])
    const poor = await client(simulator, 'openai').chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: prompt }],
    })
    expect(poor.choices[0]?.message.content).not.toContain('def is_palindrome')
  })
})
